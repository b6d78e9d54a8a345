package import Mesh

/// An area given by polygons: its cells, and its outline for drawing.
package struct AreaPolygons: Sendable {
  /// Whether the centre of the cell is inside, on the smallest grid that holds all such cells. An island that holds no
  /// centre has the cell that holds most of it: nobody's island is missing from the map.
  package let cells: Layer<Bool>
  /// Rings of all polygons, longitude (x) and latitude (y) in degrees, JGD2011; first and last point may be equal.
  package let boundary: [[SIMD2<Double>]]
  /// How many features the filter kept.
  package let featureCount: Int
  /// What was unusual about the file.
  package let recognised: [String]

  /// - Parameters:
  ///   - input: The file and the filter.
  ///   - tokyoGrid: Shifts for files on Tokyo datum.
  /// - Throws: `notFound`, `cannotOpen`, `noReferenceSystem`, `badReferenceSystem`, or `malformed` when the filter keeps
  ///   nothing or no cell's centre is inside.
  package init(_ input: VectorInput, tokyoGrid: TokyoGrid? = nil) throws(RasterError) {
    let table = try FeatureTable(input)
    var polygons: [LatticePolygon] = []
    var count = 0
    let (_, recognised) = try table.forEachPolygon(fields: [], tokyoGrid: tokyoGrid) { _, found in
      count += 1
      polygons += found
    }
    guard !polygons.isEmpty else {
      throw .malformed(
        path: input.path, reason: input.filter.map { "no polygon has \($0)" } ?? "no polygon in it",
        remedy: "the attributes are: \(table.fields.joined(separator: ", "))")
    }
    try self.init(polygons, path: input.path, featureCount: count, recognised: recognised)
  }

  init(
    _ polygons: [LatticePolygon], path: String, featureCount: Int, recognised: [String] = []
  ) throws(RasterError) {
    let points = polygons.flatMap { $0.rings.flatMap { $0 } }
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    guard let west = xs.min(), let east = xs.max(), let south = ys.min(), let north = ys.max(), west >= 0, south >= 0,
      east <= 8_000, north <= 8_000
    else {
      throw .malformed(
        path: path, reason: "the polygons reach out of the lattice of mesh codes (latitude 0-66.6, longitude 100-200)",
        remedy: "check the file's reference system")
    }
    let (row, column) = (Int(south), Int(west))
    let box = MeshGrid(south: row, west: column, height: Int(north) - row + 1, width: Int(east) - column + 1)
    var marked = Layer<UInt8>(grid: box, filledWith: 0)
    for polygon in polygons { markCellsInside(polygon, on: &marked) }
    for polygon in polygons { if let cell = polygon.cellOfSmallIsland { marked[cell.y, cell.x, on: box] = 1 } }
    guard let tight = marked.extentOfMarkedCells else {
      throw .malformed(
        path: path, reason: "no centre of a 1-km cell lies in the polygons", remedy: "give a larger area or mesh codes")
    }
    cells = Layer(grid: tight, values: marked.cropped(to: tight, fill: 0).values.map { $0 != 0 })
    boundary = polygons.flatMap(\.degrees)
    self.featureCount = featureCount
    self.recognised = recognised
  }
}

extension Layer<UInt8> {
  /// The smallest grid that holds all cells that are not 0; `nil` when there is none.
  fileprivate var extentOfMarkedCells: MeshGrid? {
    var (top, bottom, left, right) = (grid.height, -1, grid.width, -1)
    for y in 0..<grid.height {
      for x in 0..<grid.width where self[y, x] != 0 {
        (top, bottom) = (min(top, y), max(bottom, y))
        (left, right) = (min(left, x), max(right, x))
      }
    }
    guard bottom >= 0 else { return nil }
    return MeshGrid(
      south: grid.north - 1 - bottom, west: grid.west + left, height: bottom - top + 1, width: right - left + 1)
  }
}
