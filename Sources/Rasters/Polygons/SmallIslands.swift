import Mesh

extension LatticePolygon {
  /// Rocks below this size, in cells of about a square kilometre, have no cell of their own: nobody lives on them.
  private static let smallestIsland = 0.02
  /// Larger polygons hold a centre, or are slivers between others.
  private static let mostCells = 16.0

  /// Row and column on the lattice of the cell that holds most of the polygon, where it holds no cell's centre and is no
  /// rock; of equals the most southern, then western.
  var cellOfSmallIsland: (y: Int, x: Int)? {
    guard let ring = rings.first, let first = ring.first else { return nil }
    let low = ring.reduce(first) { pointwiseMin($0, $1) }
    let high = ring.reduce(first) { pointwiseMax($0, $1) }
    guard (high.x - low.x) * (high.y - low.y) <= Self.mostCells, low.x >= 0, low.y >= 0 else { return nil }
    let (row, column) = (Int(low.y), Int(low.x))
    let box = MeshGrid(south: row, west: column, height: Int(high.y) - row + 1, width: Int(high.x) - column + 1)
    var inside = Layer<UInt8>(grid: box, filledWith: 0)
    markCellsInside(self, on: &inside)
    guard !inside.values.contains(1) else { return nil }
    var areas = [Double](repeating: 0, count: box.count)
    addAreas(of: self, on: box, to: &areas, offset: 0)
    guard areas.reduce(0, +) >= Self.smallestIsland, let most = areas.max() else { return nil }
    let cell = areas.lastIndex(of: most) ?? 0
    return (box.north - 1 - cell / box.width, box.west + cell % box.width)
  }
}

extension Layer {
  /// A cell by its row and column on the whole lattice.
  subscript(row: Int, column: Int, on box: MeshGrid) -> Value {
    get { self[box.north - 1 - row, column - box.west] }
    set { self[box.north - 1 - row, column - box.west] = newValue }
  }
}
