public import Foundation

/// Polygons of one ring with attributes of text, as a shapefile of a Japanese agency has them: CP932 throughout, nothing that says so.
public struct ShapefileWriter {
  public let fields: [String]
  public let features: [(ring: [SIMD2<Double>], texts: [String])]
  /// Contents of the `.prj`; none where it is `nil`.
  public let projection: String?

  /// Each ring clockwise and closed.
  public init(
    fields: [String], features: [(ring: [SIMD2<Double>], texts: [String])], projection: String? = Self.jgd2000
  ) {
    (self.fields, self.features, self.projection) = (fields, features, projection)
  }

  public static let jgd2000 = """
    GEOGCS["GCS_JGD_2000",DATUM["D_JGD_2000",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],\
    UNIT["Degree",0.0174532925199433]]
    """
  public static let tokyo = """
    GEOGCS["GCS_Tokyo",DATUM["D_Tokyo",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],\
    UNIT["Degree",0.0174532925199433]]
    """

  /// The files of the shapefile: endings with their bytes.
  public var files: [(ending: String, bytes: Data)] {
    let shapes = features.map { shape($0.ring) }
    var index = Data()
    var body = Data()
    for (number, shape) in shapes.enumerated() {
      index += big(50 + body.count / 2) + big(shape.count / 2)
      body += big(number + 1) + big(shape.count / 2) + shape
    }
    let main = header(bytes: 100 + body.count) + body
    var files = [("shp", main), ("shx", header(bytes: 100 + index.count) + index), ("dbf", table)]
    if let projection { files.append(("prj", Data(projection.utf8))) }
    return files
  }

  private static let width = 40

  private var table: Data {
    let count = 32 + 32 * fields.count + 1
    var bytes = Data([3, 123, 1, 1]) + little32(features.count)
    bytes += little16(count) + little16(1 + Self.width * fields.count) + Data(count: 20)
    for field in fields {
      bytes += padded(field, to: 11, with: 0) + Data([0x43, 0, 0, 0, 0, UInt8(Self.width), 0]) + Data(count: 14)
    }
    bytes.append(0x0D)
    for feature in features {
      bytes.append(0x20)
      for text in feature.texts { bytes += padded(text, to: Self.width, with: 0x20) }
    }
    return bytes + Data([0x1A])
  }

  private func padded(_ text: String, to count: Int, with filler: UInt8) -> Data {
    let bytes = (text.data(using: .shiftJIS) ?? Data()).prefix(count)
    return bytes + Data(repeating: filler, count: count - bytes.count)
  }

  private func shape(_ ring: [SIMD2<Double>]) -> Data {
    little32(5) + box(ring) + little32(1) + little32(ring.count) + little32(0)
      + ring.reduce(Data()) { $0 + double($1.x) + double($1.y) }
  }

  private func box(_ points: [SIMD2<Double>]) -> Data {
    let low = points.reduce(points[0]) { pointwiseMin($0, $1) }
    let high = points.reduce(points[0]) { pointwiseMax($0, $1) }
    return double(low.x) + double(low.y) + double(high.x) + double(high.y)
  }

  private func header(bytes: Int) -> Data {
    big(9_994) + Data(count: 20) + big(bytes / 2) + little32(1_000) + little32(5) + box(features.flatMap(\.ring))
      + Data(count: 32)
  }

  private func big(_ value: Int) -> Data { withUnsafeBytes(of: Int32(value).bigEndian) { Data($0) } }
  private func little32(_ value: Int) -> Data { withUnsafeBytes(of: Int32(value).littleEndian) { Data($0) } }
  private func little16(_ value: Int) -> Data { withUnsafeBytes(of: Int16(value).littleEndian) { Data($0) } }
  private func double(_ value: Double) -> Data { withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) } }
}
