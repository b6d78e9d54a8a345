import Synchronization

/// A file of boundaries, read once a process: area, coast, names and towns of every run come from it.
package final class BoundaryFile: Sendable {
  struct Feature: Sendable {
    /// The attributes as text, in the order of `fields`.
    let texts: [String]
    let polygons: [LatticePolygon]
  }

  /// Names of the attributes.
  let fields: [String]
  let features: [Feature]
  /// Rings of all polygons, longitude and latitude in degrees.
  package let rings: [[SIMD2<Double>]]
  private let path: String
  private let recognised: [String]
  private let all = Mutex<AreaPolygons?>(nil)

  private static let known = Mutex<[String: (stamp: String, file: BoundaryFile)]>([:])

  /// The file as it is now; what has not changed is not read again.
  ///
  /// - Parameter path: Polygons of any OGR format.
  /// - Returns: The same object as before where the file is the same.
  /// - Throws: What opening and reading throws.
  package static func read(_ path: String) throws(RasterError) -> BoundaryFile {
    let stamp = FileStamp(path).description
    if let known = known.withLock({ $0[path] }), known.stamp == stamp { return known.file }
    let file = try BoundaryFile(path)
    known.withLock { $0[path] = (stamp, file) }
    return file
  }

  private init(_ path: String) throws(RasterError) {
    let table = try FeatureTable(VectorInput(path))
    var features: [Feature] = []
    let (_, recognised) = try table.forEachPolygon(fields: Array(table.fields.indices), tokyoGrid: nil) {
      features.append(Feature(texts: $0, polygons: $1))
    }
    (self.path, fields, self.features, self.recognised) = (path, table.fields, features, recognised)
    rings = features.flatMap { $0.polygons.flatMap(\.degrees) }
  }

  /// All polygons as one area.
  ///
  /// - Throws: `malformed` for a file without polygons.
  package func whole() throws(RasterError) -> AreaPolygons {
    if let known = all.withLock(\.self) { return known }
    let area = try area(of: features, lacking: "no polygon in it")
    all.withLock { $0 = area }
    return area
  }

  /// The polygons whose attribute has a value, whatever the case of its letters, as in SQL.
  ///
  /// - Throws: `malformed` where no polygon has it.
  package func area(where attribute: String, is value: String) throws(RasterError) -> AreaPolygons {
    let place = place(of: attribute)
    let wanted = value.lowercased()
    return try area(
      of: features.filter { feature in place.map { feature.texts[$0].lowercased() == wanted } ?? false },
      lacking: "no polygon has \(attribute) = \(value)")
  }

  /// Every value of some attributes, without the empty one; attributes that the file lacks are passed over.
  package func values(of attributes: [String]) -> Set<String> {
    let places = attributes.compactMap(place)
    return Set(features.flatMap { feature in places.map { feature.texts[$0] } }.filter { !$0.isEmpty })
  }

  private func place(of attribute: String) -> Int? {
    fields.firstIndex { $0.lowercased() == attribute.lowercased() }
  }

  private func area(of features: [Feature], lacking reason: String) throws(RasterError) -> AreaPolygons {
    let polygons = features.flatMap(\.polygons)
    guard !polygons.isEmpty else {
      throw .malformed(
        path: path, reason: reason, remedy: "the attributes are: \(fields.joined(separator: ", "))")
    }
    return try AreaPolygons(polygons, path: path, featureCount: features.count, recognised: recognised)
  }
}
