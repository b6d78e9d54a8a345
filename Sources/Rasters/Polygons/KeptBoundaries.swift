import Foundation
import Statistics

/// What was read of a file of boundaries, kept for the next process: OGR takes half a second for those of all Japan.
///
/// It serves as long as the file is the one that was read, by what the system says of it (`FileStamp`). A file that is damaged
/// or about something else is as good as none. Its bytes: the length of a JSON header, the header, the points on the lattice,
/// a seal; all numbers little-endian.
struct KeptBoundaries {
  /// Goes up when the same boundaries would be kept otherwise.
  private static let version = 1
  /// Fewer points are read as fast from the file itself.
  static let fewPoints = 10_000

  private let source: String
  private let path: String
  private let key: String

  private struct Header: Codable {
    struct Feature: Codable {
      let texts: [String]
      /// Points of each ring, by polygons.
      let rings: [[Int]]
    }

    let key: String
    let fields: [String]
    let recognised: [String]
    let features: [Feature]
  }

  /// - Parameters:
  ///   - source: The boundaries.
  ///   - stamp: What the system says of them.
  ///   - folder: Where they are kept.
  init(of source: String, stamp: String, in folder: String) {
    self.source = source
    path = "\(folder)/boundaries-\(SHA256.hexadecimal(of: source.utf8).prefix(16)).bin"
    let libraries = libraryVersions().sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    key = (["boundaries, version \(Self.version)", source, stamp] + libraries).joined(separator: "\n")
  }

  /// The boundaries; `nil` where they are not kept as they are now.
  func read() -> BoundaryFile? {
    guard let bytes = try? Seal.contents(of: path), bytes.count >= 8 else { return nil }
    return bytes.withUnsafeBytes { bytes in
      let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
      guard length <= UInt64(bytes.count - 8),
        let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[8..<8 + Int(length)])), header.key == key
      else { return nil }
      let counts = header.features.flatMap { $0.rings.flatMap(\.self) }
      var place = 8 + Int(length)
      guard counts.allSatisfy((0...bytes.count).contains), place + 16 * counts.reduce(0, +) == bytes.count else {
        return nil
      }
      func ring(_ count: Int) -> [SIMD2<Double>] {
        defer { place += 16 * count }
        func number(_ offset: Int) -> Double {
          Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        }
        return (0..<count).map { SIMD2(number(place + 16 * $0), number(place + 16 * $0 + 8)) }
      }
      let features = header.features.map { feature in
        BoundaryFile.Feature(
          texts: feature.texts, polygons: feature.rings.map { LatticePolygon(rings: $0.map(ring)) })
      }
      return BoundaryFile(source, fields: header.fields, features, recognised: header.recognised)
    }
  }

  /// Keeps boundaries of many points; where the folder is not there yet, so that a look alone makes none, or cannot be written
  /// to, the next process reads them itself again.
  func write(_ file: BoundaryFile) {
    let points = file.features.flatMap { $0.polygons.flatMap { $0.rings.flatMap(\.self) } }
    let folder = (path as NSString).deletingLastPathComponent
    guard points.count >= Self.fewPoints, FileManager.default.fileExists(atPath: folder) else { return }
    let header = Header(
      key: key, fields: file.fields, recognised: file.recognised,
      features: file.features.map { feature in
        Header.Feature(texts: feature.texts, rings: feature.polygons.map { $0.rings.map(\.count) })
      })
    guard let text = try? JSONEncoder().encode(header) else { return }
    var bytes = Data()
    func append(_ number: UInt64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    append(UInt64(text.count))
    bytes += text
    for point in points {
      append(point.x.bitPattern)
      append(point.y.bitPattern)
    }
    bytes += bytes.withUnsafeBytes { Seal.ending(of: $0) }
    try? writeAtomically(bytes, to: path)
  }
}
