/// A file of polygons or lines as the user names it: any format OGR reads, also `.gz` and `.zip`.
package struct VectorInput: Hashable, Sendable, Encodable {
  package var path: String
  /// The layer's name; the first layer if `nil`.
  package var layer: String?
  /// Which features, as in SQL: `N03_001 = '鳥取県'`; all if `nil`.
  package var filter: String?
  /// Replaces the file's own reference system.
  package var referenceSystem: String?
  /// Encoding of the attributes where the file does not say and it is neither UTF-8 nor CP932.
  package var encoding: String?

  package init(
    _ path: String, layer: String? = nil, filter: String? = nil, referenceSystem: String? = nil, encoding: String? = nil
  ) {
    self.path = path
    self.layer = layer
    self.filter = filter
    self.referenceSystem = referenceSystem
    self.encoding = encoding
  }

  /// Another file that is read in the same way.
  init(_ path: String, as other: VectorInput) {
    self = other
    self.path = path
  }

  /// The features whose attribute has one of some values.
  package init(
    _ path: String, layer: String? = nil, attribute: String, values: [String], referenceSystem: String? = nil
  ) {
    let list = values.map { "'" + $0.replacing("'", with: "''") + "'" }.joined(separator: ", ")
    let name = attribute.replacing("\"", with: "\"\"")
    self.init(path, layer: layer, filter: "\"\(name)\" IN (\(list))", referenceSystem: referenceSystem)
  }
}

/// A polygon on the lattice: an outer ring and its holes, closed or not, in either direction. Coordinates are in cells:
/// `x = 80 (longitude − 100)`, `y = 120 latitude`.
struct LatticePolygon: Sendable {
  var rings: [[SIMD2<Double>]]

  /// The rings in degrees, longitude (x) and latitude (y).
  var degrees: [[SIMD2<Double>]] { rings.map { ring in ring.map { SIMD2($0.x / 80 + 100, $0.y / 120) } } }
}
