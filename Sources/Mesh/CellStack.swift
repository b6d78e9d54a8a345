/// Values of several bands that can be had at some cells: a `LayerStack` of a whole grid, or a `CellStack` of just these.
package protocol CellValues<Value>: Sendable {
  associatedtype Value: Sendable

  /// - Parameter cells: On the grid of the values.
  /// - Returns: Shape `(bands, cells)`.
  func values(at cells: CellSet) -> [Value]
}

/// Several bands of values at some cells of a grid.
package struct CellStack<Value: Sendable>: CellValues {
  package let cells: CellSet
  package let bands: Int
  /// Shape `(bands, cells)`.
  package var values: [Value]

  package init(cells: CellSet, bands: Int, values: [Value]) {
    precondition(
      values.count == cells.count * bands, "\(values.count) values for \(bands) bands of \(cells.count) cells")
    self.cells = cells
    self.bands = bands
    self.values = values
  }

  package func values(at cells: CellSet) -> [Value] {
    precondition(cells == self.cells, "values at other cells")
    return values
  }

  package func band(_ band: Int) -> ArraySlice<Value> { values[band * cells.count..<(band + 1) * cells.count] }

  /// The values at cells of any grid of the lattice; `fill` at those that the stack lacks.
  package func picked(at wanted: CellSet, fill: Value) -> CellStack {
    var result = CellStack(
      cells: wanted, bands: bands, values: [Value](repeating: fill, count: bands * wanted.count))
    let (down, right) = (cells.grid.north - wanted.grid.north, wanted.grid.west - cells.grid.west)
    for piece in wanted.runs {
      let (row, first) = (piece.row + down, piece.column + right)
      for run in cells.runs(inRows: row..<row + 1) {
        let begin = max(run.column, first)
        let count = min(run.column + run.count, first + piece.count) - begin
        guard count > 0 else { continue }
        let (from, to) = (run.place + begin - run.column, piece.place + begin - first)
        for band in 0..<bands {
          let source = band * cells.count + from
          let target = band * wanted.count + to
          result.values.replaceSubrange(target..<target + count, with: values[source..<source + count])
        }
      }
    }
    return result
  }
}

extension LayerStack: CellValues {
  package func values(at cells: CellSet) -> [Value] {
    precondition(cells.grid == grid, "cells of another grid")
    guard cells.count < grid.count else { return values }
    return (0..<bands).flatMap { cells.gather(values[$0 * grid.count..<($0 + 1) * grid.count]) }
  }
}
