package import Mesh

/// The name of the polygon that each cell's centre lies in; cells in none have no entry, of several the first counts.
///
/// - Parameters:
///   - codes: The cells.
///   - input: Polygons of any OGR format.
///   - attribute: Holds the names; polygons with an empty one are skipped.
/// - Returns: Names by cell.
/// - Throws: What opening throws; `malformed` when there is no such attribute.
package func polygonNames(
  of codes: [Mesh3Code], in input: VectorInput, attribute: String
) throws(RasterError) -> [Mesh3Code: String] {
  guard let first = codes.first else { return [:] }
  let (south, north) = codes.reduce((first.row, first.row)) { (min($0.0, $1.row), max($0.1, $1.row)) }
  let (west, east) = codes.reduce((first.column, first.column)) { (min($0.0, $1.column), max($0.1, $1.column)) }
  let grid = MeshGrid(south: south, west: west, height: north - south + 1, width: east - west + 1)
  let table = try FeatureTable(input)
  let field = try table.field(attribute)
  var names: [Mesh3Code: String] = [:]
  _ = try table.forEachPolygon(fields: [field], tokyoGrid: nil) { texts, polygons in
    guard let name = texts.first, !name.isEmpty, !polygons.isEmpty else { return }
    var inside = Layer<UInt8>(grid: grid, filledWith: 0)
    for polygon in polygons { markCellsInside(polygon, on: &inside) }
    for code in codes where names[code] == nil {
      if let index = grid.index(of: code), inside.values[index] != 0 { names[code] = name }
    }
  }
  return names
}

/// The values that attributes of a file of polygons have.
///
/// - Parameters:
///   - input: Polygons of any OGR format.
///   - attributes: Names; those the file lacks are passed over.
/// - Returns: Every value of each, without the empty one.
/// - Throws: What opening and reading throws.
package func attributeValues(of input: VectorInput, among attributes: [String]) throws(RasterError) -> Set<String> {
  let table = try FeatureTable(input)
  let places = attributes.compactMap { name in
    table.fields.firstIndex { $0.lowercased() == name.lowercased() }
  }
  var values: Set<String> = []
  try table.forEachRow(fields: places) { texts in values.formUnion(texts.filter { !$0.isEmpty }) }
  return values
}
