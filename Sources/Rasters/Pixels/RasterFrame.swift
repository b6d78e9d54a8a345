import CGDAL
import Mesh

/// Where the pixels of a file lie, to tell which files are parts of one raster.
struct RasterFrame {
  let width: Int
  let height: Int
  let affine: PixelAffine
  let definition: String

  /// `nil` for a file that does not say its place: what is wrong with it is told when it is read.
  init?(_ path: String, _ input: RasterInput) throws(RasterError) {
    let dataset = try Dataset(reading: virtualPath(path), options: input.openOptions)
    var t = [Double](repeating: 0, count: 6)
    guard GDALGetGeoTransform(dataset.handle, &t) == CE_None, t.allSatisfy(\.isFinite), t[1] * t[5] - t[2] * t[4] != 0
    else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    if let stated = GDALGetSpatialRef(dataset.handle), OSRExportToWkt(stated, &text) != OGRERR_NONE { return nil }
    defer { VSIFree(text) }
    definition = input.referenceSystem ?? text.map { String(cString: $0) } ?? ""
    affine = PixelAffine(t)
    width = Int(GDALGetRasterXSize(dataset.handle))
    height = Int(GDALGetRasterYSize(dataset.handle))
  }

  /// The first pixel counted in pixels of another frame, to the right and down; `nil` where the two are no parts of one raster:
  /// another system, pixels of another size, or such that do not lie on each other.
  func place(in other: RasterFrame) -> (column: Int, row: Int)? {
    let (a, b) = (affine, other.affine)
    guard definition == other.definition, a.isAxisParallel, b.isAxisParallel else { return nil }
    let (dx, dy) = ((a.x0 - b.x0) / b.xPerColumn, (a.y0 - b.y0) / b.yPerRow)
    // What the far side of the file is off by.
    let drift = max(
      abs(a.xPerColumn / b.xPerColumn - 1) * Double(width), abs(a.yPerRow / b.yPerRow - 1) * Double(height))
    guard drift < Self.tolerance, abs(dx - dx.rounded()) < Self.tolerance, abs(dy - dy.rounded()) < Self.tolerance
    else {
      return nil
    }
    return (Int(saturating: dx.rounded()), Int(saturating: dy.rounded()))
  }

  /// Parts of a pixel.
  private static let tolerance = 0.02
}

extension RasterMosaic {
  /// Files that are parts of one raster.
  struct Kind {
    fileprivate let frame: RasterFrame?
    fileprivate(set) var files: [String]
    fileprivate var places: [(columns: Range<Int>, rows: Range<Int>)] = []

    /// How many of the files share pixels with an earlier one.
    var overlapping: Int {
      let order = places.indices.sorted { places[$0].columns.lowerBound < places[$1].columns.lowerBound }
      var covered: Set<Int> = []
      for (i, first) in order.enumerated() {
        for second in order[(i + 1)...] {
          guard places[second].columns.lowerBound < places[first].columns.upperBound else { break }
          if places[first].rows.overlaps(places[second].rows) { covered.insert(max(first, second)) }
        }
      }
      return covered.count
    }
  }

  /// Sorts files by the raster they are parts of, each kind in the order of the files.
  ///
  /// - Parameters:
  ///   - files: Real or virtual paths.
  ///   - input: How they are opened.
  /// - Returns: The kinds, in the order of their first files.
  /// - Throws: What opening a file throws.
  static func kinds(of files: [String], _ input: RasterInput) throws(RasterError) -> [Kind] {
    var kinds: [Kind] = []
    for file in files {
      guard let frame = try RasterFrame(file, input) else {
        kinds.append(Kind(frame: nil, files: [file]))
        continue
      }
      let known = kinds.lazy.enumerated().compactMap { number, kind in
        kind.frame.flatMap { frame.place(in: $0) }.map { (number, $0) }
      }.first
      let (number, place) = known ?? (kinds.count, (0, 0))
      if known == nil { kinds.append(Kind(frame: frame, files: [])) }
      kinds[number].files.append(file)
      kinds[number].places.append(
        (place.column..<place.column + frame.width, place.row..<place.row + frame.height))
    }
    return kinds
  }
}
