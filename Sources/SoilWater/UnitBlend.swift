package import Mesh

/// How much the units around a cell count there: bilinear between the middles of the four that surround it.
///
/// With the cell at place `p` of the `n` of its unit, along each axis the offset from the middle `o = p − (n − 1)/2` gives
/// the next unit on that side the weight `|o|/n` and the cell's own the rest. So what a cell is compared with changes from
/// cell to cell, and the squares of the units do not show on a map. Weights depend on the cell's place on the lattice alone.
/// - Source: METHOD.md 2.2, step 8.
package struct UnitBlend: Sendable {
  /// A unit, by its steps from the cell's own, and its weight.
  struct Share: Hashable, Sendable {
    let north: Int
    let east: Int
    let weight: Double
  }

  private let blockCells: Int
  /// The shares along an axis, by place in the unit; the cell's own unit comes first.
  private let axis: [[(step: Int, weight: Double)]]

  package init(blockCells: Int) {
    self.blockCells = blockCells
    axis = (0..<blockCells).map { place in
      let offset = (Double(place) - Double(blockCells - 1) / 2) / Double(blockCells)
      return offset == 0 ? [(0, 1)] : [(0, 1 - abs(offset)), (offset > 0 ? 1 : -1, abs(offset))]
    }
  }

  private func axis(at place: Int) -> [(step: Int, weight: Double)] {
    axis[place - ClimatologyUnits.block(place, blockCells) * blockCells]
  }

  /// The units of a cell of the lattice, its own first; weights above 0, one in all.
  func shares(row: Int, column: Int) -> [Share] {
    axis(at: row).flatMap { north in
      axis(at: column).map { east in
        Share(north: north.step, east: east.step, weight: north.weight * east.weight)
      }
    }
  }

  /// All cells that the values of a cell rest on: the whole of its units.
  package func surroundings(of cell: Mesh3Code) -> MeshGrid {
    func span(_ place: Int) -> (first: Int, count: Int) {
      let steps = axis(at: place).map(\.step)
      let (low, high) = (steps.min() ?? 0, steps.max() ?? 0)
      return ((ClimatologyUnits.block(place, blockCells) + low) * blockCells, (high - low + 1) * blockCells)
    }
    let (rows, columns) = (span(cell.row), span(cell.column))
    return MeshGrid(south: rows.first, west: columns.first, height: rows.count, width: columns.count)
  }
}

extension ClimatologySettings {
  /// How far from a cell, in rows or columns, the units reach that its values rest on: an area and so many cells around it
  /// hold them whole.
  package var reach: Int { blockCells - 1 + blockCells / 2 }
}
