/// Several layers of one grid in one array, band after band: the hours of a day, the shares of the soil classes.
package struct LayerStack<Value: Sendable>: Sendable {
  package let grid: MeshGrid
  package let bands: Int
  /// Shape `(bands, height, width)`.
  package var values: [Value]

  package init(grid: MeshGrid, bands: Int, values: [Value]) {
    precondition(values.count == grid.count * bands, "\(values.count) values for \(bands) bands of \(grid.count) cells")
    self.grid = grid
    self.bands = bands
    self.values = values
  }

  package init(grid: MeshGrid, bands: Int, filledWith value: Value) {
    self.init(grid: grid, bands: bands, values: Array(repeating: value, count: grid.count * bands))
  }

  package init(_ layers: [Layer<Value>]) {
    precondition(!layers.isEmpty && layers.allSatisfy { $0.grid == layers[0].grid }, "layers on different grids")
    self.init(grid: layers[0].grid, bands: layers.count, values: layers.flatMap(\.values))
  }

  package func band(_ band: Int) -> Layer<Value> {
    Layer(grid: grid, values: Array(values[band * grid.count..<(band + 1) * grid.count]))
  }

  package mutating func setBand(_ band: Int, to layer: Layer<Value>) {
    precondition(layer.grid == grid, "a band on another grid")
    values.replaceSubrange(band * grid.count..<(band + 1) * grid.count, with: layer.values)
  }

  package func cropped(to target: MeshGrid, fill: Value) -> LayerStack {
    target == grid ? self : LayerStack((0..<bands).map { band($0).cropped(to: target, fill: fill) })
  }
}

extension LayerStack: Equatable where Value: Equatable {}
