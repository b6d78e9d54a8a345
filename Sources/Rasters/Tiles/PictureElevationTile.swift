import CGDAL
import Mesh

/// A tile of a web map whose colours code heights: `14/14552/6451.png`, `14_14552_6451.png`.
///
/// The file itself says neither its place, which its name tells, nor its coding, which the user tells: a picture looks like any other.
struct PictureElevationTile: ElevationTile {
  let path: String
  let coding: ElevationCoding
  let width = side
  let height = side
  let pixelsPerUnit: SIMD2<Double>
  let west: Int
  let north: Int
  /// Web Mercator.
  let referenceSystem = "EPSG:3857"
  let rank = 0

  private static let side = 256
  private static let deepestZoom = 24

  /// `nil` where the name tells no place.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - coding: Of its colours.
  init?(_ path: String, coding: ElevationCoding) {
    guard let (zoom, x, y) = Self.place(in: path) else { return nil }
    self.path = path
    self.coding = coding
    // Half of the side of the square world, m.
    let edge = Double.pi * 6_378_137
    pixelsPerUnit = SIMD2(repeating: Double(Self.side << zoom) / (2 * edge))
    west = x * Self.side - (Self.side << zoom) / 2
    north = (Self.side << zoom) / 2 - y * Self.side
  }

  /// Zoom, column and row in the last three numbers of a path that ends in `.png`.
  static func place(in path: String) -> (zoom: Int, x: Int, y: Int)? {
    let lower = path.lowercased()
    guard lower.hasSuffix(".png") else { return nil }
    let words = lower.dropLast(4).split(omittingEmptySubsequences: false) { "/_-}".contains($0) }
    let numbers = words.suffix(3).map { $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil }
    guard numbers.count == 3, let zoom = numbers[0], let x = numbers[1], let y = numbers[2],
      (0...deepestZoom).contains(zoom), x < 1 << zoom, y < 1 << zoom
    else { return nil }
    return (zoom, x, y)
  }

  func heights(_ bytes: [UInt8]) throws(RasterError) -> [Float] {
    try withMemoryFile(bytes, suffix: ".png") { (name) throws(RasterError) in
      let dataset: Dataset
      do { dataset = try Dataset(reading: name) } catch { throw RasterError.damaged(path, "is no picture") }
      let (width, height) = (GDALGetRasterXSize(dataset.handle), GDALGetRasterYSize(dataset.handle))
      let bands = GDALGetRasterCount(dataset.handle)
      guard width == Int32(Self.side), height == Int32(Self.side), bands >= 3 else {
        throw .malformed(
          path: path,
          reason: "is a picture of \(width) x \(height) pixels and \(bands) bands, no tile of coded heights",
          remedy: "give tiles of 256 x 256 pixels in three colours")
      }
      let count = Self.side * Self.side
      func band(_ number: Int32) throws(RasterError) -> [UInt8] {
        var values = [UInt8](repeating: 0, count: count)
        CPLErrorReset()
        guard let band = GDALGetRasterBand(dataset.handle, number),
          GDALRasterIO(band, GF_Read, 0, 0, width, height, &values, width, height, GDT_Byte, 0, 0) == CE_None
        else { throw RasterError.damaged(path, "is cut or damaged") }
        return values
      }
      let (red, green, blue) = (try band(1), try band(2), try band(3))
      let alpha = bands >= 4 ? try band(4) : []
      return (0..<count).map { i in
        alpha.isEmpty || alpha[i] > 0 ? coding.height(red: red[i], green: green[i], blue: blue[i]) : .nan
      }
    }
  }
}
