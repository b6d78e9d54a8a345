/// One value a cell of a grid, rows from the north. Missing is `NaN` in a `Float` layer and 0 in a layer of classes.
package struct Layer<Value: Sendable>: Sendable {
  package let grid: MeshGrid
  package var values: [Value]

  package init(grid: MeshGrid, values: [Value]) {
    precondition(values.count == grid.count, "\(values.count) values for \(grid.count) cells")
    self.grid = grid
    self.values = values
  }

  package init(grid: MeshGrid, filledWith value: Value) {
    self.init(grid: grid, values: Array(repeating: value, count: grid.count))
  }

  package subscript(y: Int, x: Int) -> Value {
    get { values[y * grid.width + x] }
    set { values[y * grid.width + x] = newValue }
  }

  /// The value of a cell; `nil` where the grid does not hold it.
  package subscript(code: Mesh3Code) -> Value? { grid.index(of: code).map { values[$0] } }

  /// The same cells on another grid of the lattice; cells that this layer lacks get `fill`.
  package func cropped(to target: MeshGrid, fill: Value) -> Layer {
    guard target != grid else { return self }
    var result = Layer(grid: target, filledWith: fill)
    guard let common = grid.intersection(target) else { return result }
    for row in common.south..<common.north {
      let from = (grid.north - 1 - row) * grid.width + common.west - grid.west
      let to = (target.north - 1 - row) * target.width + common.west - target.west
      result.values.replaceSubrange(to..<to + common.width, with: values[from..<from + common.width])
    }
    return result
  }

  package func map<Other: Sendable>(_ transform: (Value) throws -> Other) rethrows -> Layer<Other> {
    Layer<Other>(grid: grid, values: try values.map(transform))
  }
}

extension Layer: Equatable where Value: Equatable {}
