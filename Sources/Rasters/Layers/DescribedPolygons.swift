/// Polygons of one feature with what is said of it, for a table of a GeoPackage.
package struct DescribedPolygons: Sendable {
  package enum Value: Sendable {
    case text(String)
    case whole(Int)
    /// `nil` becomes NULL.
    case number(Float?)
  }

  /// Each an outline and its holes, longitude and latitude in degrees.
  package let polygons: [[[SIMD2<Double>]]]
  /// Column names with values; the same columns in each feature of a table.
  package let values: [(name: String, value: Value)]

  package init(polygons: [[[SIMD2<Double>]]], values: [(name: String, value: Value)]) {
    self.polygons = polygons
    self.values = values
  }
}
