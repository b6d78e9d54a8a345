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

  private static func block(_ place: Int, _ size: Int) -> Int {
    place >= 0 ? place / size : (place - size + 1) / size
  }

  package var count: Int { height * width }

  /// The unit of a cell; rows of units count from the south. `nil` outside the units.
  package func unit(of code: Mesh3Code) -> Int? {
    let (y, x) = (Self.block(code.row, blockCells) - south, Self.block(code.column, blockCells) - west)
    return (0..<height).contains(y) && (0..<width).contains(x) ? y * width + x : nil
  }

  /// The unit of each cell of a grid inside the units' grid, in the grid's order.
  package func units(of cells: MeshGrid) -> [Int] {
    precondition(grid.contains(cells), "cells \(cells) outside \(grid)")
    return (0..<cells.count).map { index in
      let y = Self.block(cells.north - 1 - index / cells.width, blockCells) - south
      return y * width + Self.block(cells.west + index % cells.width, blockCells) - west
    }
  }

  /// The cells of each unit, as places in the units' grid.
  package var cellsOfUnits: [[Int]] {
    var result = [[Int]](repeating: [], count: count)
    for (cell, unit) in units(of: grid).enumerated() { result[unit].append(cell) }
    return result
  }
}
