/// Some cells of a grid in the order of its rows: an area without the sea around it.
///
/// What is held "at" the cells has one value a cell in this order, so that an area of many islands needs the memory of its
/// cells and not of the rectangle around them.
package struct CellSet: Hashable, Sendable {
  /// Neighbouring cells of one row.
  package struct Run: Hashable, Sendable {
    /// Row of the grid, from the north.
    package let row: Int
    /// First column of the grid.
    package let column: Int
    package let count: Int
    /// How many cells of the set come before.
    package let place: Int
  }

  package let grid: MeshGrid
  /// By rows, then columns; runs of a row do not touch.
  package let runs: [Run]
  /// Number of cells.
  package let count: Int
  /// Where the runs of each row begin; one more than there are rows.
  private let starts: [Int]

  private init(grid: MeshGrid, columnsOfRow: (Int) -> [Range<Int>]) {
    var (runs, starts, count): ([Run], [Int], Int) = ([], [0], 0)
    for row in 0..<grid.height {
      for columns in columnsOfRow(row) {
        runs.append(Run(row: row, column: columns.lowerBound, count: columns.count, place: count))
        count += columns.count
      }
      starts.append(runs.count)
    }
    (self.grid, self.runs, self.starts, self.count) = (grid, runs, starts, count)
  }

  /// All cells of a grid.
  package init(_ grid: MeshGrid) {
    self.init(grid: grid) { _ in [0..<grid.width] }
  }

  /// The cells that are marked.
  package init(_ marked: Layer<Bool>) {
    let width = marked.grid.width
    self.init(grid: marked.grid) { row in
      Self.ranges(of: marked.values[row * width..<(row + 1) * width])
    }
  }

  /// The cells of the set and all within so many rows and columns of one, on the grid padded alike.
  package func padded(by cells: Int) -> CellSet {
    precondition(cells >= 0, "padded by \(cells) cells")
    let wide = grid.padded(by: cells)
    return CellSet(grid: wide) { row in
      var marked = [Bool](repeating: false, count: wide.width)
      for run in runs(inRows: row - 2 * cells..<row + 1) {
        for column in run.column..<run.column + run.count + 2 * cells { marked[column] = true }
      }
      return Self.ranges(of: marked[...])
    }
  }

  private static func ranges(of row: ArraySlice<Bool>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start: Int?
    for (column, isMarked) in row.enumerated() where isMarked != (start != nil) {
      if let first = start { result.append(first..<column) }
      start = isMarked ? column : nil
    }
    if let start { result.append(start..<row.count) }
    return result
  }

  /// The runs of some rows; rows that the grid lacks have none.
  package func runs(inRows rows: Range<Int>) -> ArraySlice<Run> {
    let known = rows.clamped(to: 0..<grid.height)
    return known.isEmpty ? [] : runs[starts[known.lowerBound]..<starts[known.upperBound]]
  }

  /// The code of a cell.
  ///
  /// - Parameter place: Of the cell in the set.
  /// - Returns: Its code.
  package func code(at place: Int) -> Mesh3Code {
    guard let run = runs.last(where: { $0.place <= place }), place < count else {
      preconditionFailure("cell \(place) of \(count)")
    }
    return grid.code(y: run.row, x: run.column + place - run.place)
  }

  /// The values of a layer at the cells.
  ///
  /// - Parameter values: One value a cell of the grid.
  /// - Returns: One value a cell of the set.
  // Other rooms call it unspecialised: a whole country's layers value by value through the runtime.
  @_specialize(where Value == Float) package func gather<Value>(_ values: ArraySlice<Value>) -> [Value] {
    precondition(values.count == grid.count, "\(values.count) values for a grid of \(grid.count)")
    var result: [Value] = []
    result.reserveCapacity(count)
    for run in runs {
      let start = values.startIndex + run.row * grid.width + run.column
      result += values[start..<start + run.count]
    }
    return result
  }

  /// Whether all cells of another set are in this one.
  package func holds(_ part: CellSet) -> Bool { part.runs.allSatisfy { place(of: $0, on: part.grid) != nil } }

  /// Where a cell stands in this set; `nil` for a cell that it lacks.
  ///
  /// - Parameter index: Of the cell on the grid, row by row; one beyond the grid is in no set.
  /// - Returns: Its place among values held at the cells.
  package func place(of index: Int) -> Int? {
    guard (0..<grid.count).contains(index) else { return nil }
    let (row, column) = index.quotientAndRemainder(dividingBy: grid.width)
    return place(row: row, columns: column..<column + 1)
  }

  /// Where the first cell of a run on another grid stands in this set; `nil` unless all of it are in one run.
  private func place(of piece: Run, on other: MeshGrid) -> Int? {
    let column = piece.column + other.west - grid.west
    return place(row: piece.row + grid.north - other.north, columns: column..<column + piece.count)
  }

  /// Where the first of some neighbours stands in this set; `nil` unless all of them are in one run.
  private func place(row: Int, columns: Range<Int>) -> Int? {
    let ofRow = runs(inRows: row..<row + 1)
    // Behind the last run that begins at or before them, by halving what is left.
    var (low, high) = (ofRow.startIndex, ofRow.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if ofRow[middle].column <= columns.lowerBound { low = middle + 1 } else { high = middle }
    }
    guard low > ofRow.startIndex else { return nil }
    let run = ofRow[low - 1]
    guard columns.upperBound <= run.column + run.count else { return nil }
    return run.place + columns.lowerBound - run.column
  }

  /// Where the cells of a smaller set stand in this one.
  ///
  /// - Parameter part: Cells that are all in this set, on any grid of the lattice.
  /// - Returns: One place a cell of the part.
  package func places(of part: CellSet) -> [Int] {
    part.runs.flatMap { piece -> Range<Int> in
      guard let place = place(of: piece, on: part.grid) else {
        preconditionFailure("a part with cells that the set lacks")
      }
      return place..<place + piece.count
    }
  }

  /// A layer of the grid with values at the cells.
  ///
  /// - Parameters:
  ///   - values: One value a cell of the set.
  ///   - fill: The value of all other cells.
  /// - Returns: The layer.
  @_specialize(where Value == Float) package func scatter<Value>(_ values: [Value], fill: Value) -> Layer<Value> {
    precondition(values.count == count, "\(values.count) values for \(count) cells")
    var layer = Layer(grid: grid, filledWith: fill)
    for run in runs {
      let start = run.row * grid.width + run.column
      layer.values.replaceSubrange(start..<start + run.count, with: values[run.place..<run.place + run.count])
    }
    return layer
  }
}

extension CellSet: CustomStringConvertible {
  /// The grid, and where it is not whole the runs: equal sets have equal words.
  package var description: String {
    guard count < grid.count else { return "\(grid)" }
    return "\(grid): " + runs.map { "\($0.row) \($0.column) \($0.count)" }.joined(separator: ", ")
  }
}
