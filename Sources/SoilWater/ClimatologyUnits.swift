package import Mesh

/// The squares of cells that share a climatology, by their place on the lattice: an area cut otherwise has the same units.
package struct ClimatologyUnits: Hashable, Sendable {
  package let grid: MeshGrid
  package let blockCells: Int
  /// Lattice row and column of the first unit, in blocks.
  package let south: Int
  package let west: Int
  package let height: Int
  package let width: Int

  package init(grid: MeshGrid, blockCells: Int) {
    precondition(blockCells > 0, "blocks of \(blockCells) cells")
    self.grid = grid
    self.blockCells = blockCells
    south = Self.block(grid.south, blockCells)
    west = Self.block(grid.west, blockCells)
    height = Self.block(grid.north - 1, blockCells) - south + 1
    width = Self.block(grid.east - 1, blockCells) - west + 1
  }

  static func block(_ place: Int, _ size: Int) -> Int {
    place >= 0 ? place / size : (place - size + 1) / size
  }

  package var count: Int { height * width }

  /// The unit of a cell; rows of units count from the south. `nil` outside the units.
  package func unit(of code: Mesh3Code) -> Int? { unit(row: code.row, column: code.column) }

  /// The same by the cell's place on the lattice.
  func unit(row: Int, column: Int) -> Int? {
    let (y, x) = (Self.block(row, blockCells) - south, Self.block(column, blockCells) - west)
    return (0..<height).contains(y) && (0..<width).contains(x) ? y * width + x : nil
  }

  /// Whether the grid holds all cells of a unit.
  package func isWhole(_ unit: Int) -> Bool {
    let (row, column) = ((south + unit / width) * blockCells, (west + unit % width) * blockCells)
    return grid.contains(MeshGrid(south: row, west: column, height: blockCells, width: blockCells))
  }

  /// The cells of each unit, as places in the units' grid; none of a unit that the grid cuts: what its rest says depends on
  /// who asked.
  package var cellsOfUnits: [[Int]] {
    var result = [[Int]](repeating: [], count: count)
    for cell in 0..<grid.count {
      guard let unit = unit(row: grid.north - 1 - cell / grid.width, column: grid.west + cell % grid.width) else {
        preconditionFailure("a cell of the grid without a unit")
      }
      if isWhole(unit) { result[unit].append(cell) }
    }
    return result
  }
}
