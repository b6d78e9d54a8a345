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
  /// What was unusual about the file.
  let recognised: [String]
  private let all = Mutex<AreaPolygons?>(nil)

  private static let known = Mutex<[String: (stamp: String, file: BoundaryFile)]>([:])

  /// The file as it is now; what has not changed is not read again.
  ///
  /// - Parameters:
  ///   - path: Polygons of any OGR format.
  ///   - folder: Keeps what was read for the next process, where that takes long (`KeptBoundaries`).
  /// - Returns: The same object as before where the file is the same.
  /// - Throws: What opening and reading throws.
  package static func read(_ path: String, keepingIn folder: String? = nil) throws(RasterError) -> BoundaryFile {
    let stamp = FileStamp(path).description
    if let known = known.withLock({ $0[path] }), known.stamp == stamp { return known.file }
    let kept = folder.map { KeptBoundaries(of: path, stamp: stamp, in: $0) }
    let file: BoundaryFile
    if let found = kept?.read() {
      file = found
    } else {
      file = try BoundaryFile(reading: path)
      kept?.write(file)
    }
    known.withLock { $0[path] = (stamp, file) }
    return file
  }

  private convenience init(reading path: String) throws(RasterError) {
    let table = try FeatureTable(VectorInput(path))
    var features: [Feature] = []
    let (_, recognised) = try table.forEachPolygon(fields: Array(table.fields.indices), tokyoGrid: nil) {
      features.append(Feature(texts: $0, polygons: $1))
    }
    self.init(path, fields: table.fields, features, recognised: recognised)
  }

  init(_ path: String, fields: [String], _ features: [Feature], recognised: [String]) {
    (self.path, self.fields, self.features, self.recognised) = (path, fields, features, recognised)
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
