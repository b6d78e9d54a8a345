package import Mesh

/// The layers of the ground that do not change with the day, on one grid: what `static.tif` holds.
package struct StaticStack: Sendable, Equatable {
  package static let soilClasses = LayerDescription.soil.classes.count
  package static let vegetationClasses = LayerDescription.vegetation.classes.count

  package let grid: MeshGrid
  /// Mean elevation of the land of the cell, m.
  package var elevation: Layer<Float>
  /// Mean slope, degrees.
  package var slope: Layer<Float>
  /// 1 N, 2 NE, ... 8 NW; 0 where there is none.
  package var aspect: Layer<UInt8>
  /// Share of the cell that is land, 0...1; 0 without an elevation input.
  package var landShare: Layer<Float>
  /// Share of the cell that the elevation input covers.
  package var coverage: Layer<Float>
  /// Shares of the ten soil groups; `NaN` where nothing is known.
  package var soil: ClassShares
  /// Shares of the eleven vegetation classes.
  package var vegetation: ClassShares

  /// Nothing known.
  package init(grid: MeshGrid) {
    self.grid = grid
    elevation = Layer(grid: grid, filledWith: .nan)
    slope = elevation
    aspect = Layer(grid: grid, filledWith: 0)
    landShare = Layer(grid: grid, filledWith: 0)
    coverage = landShare
    soil = ClassShares(nothingOn: grid, classes: Self.soilClasses)
    vegetation = ClassShares(nothingOn: grid, classes: Self.vegetationClasses)
  }

  package static func == (a: StaticStack, b: StaticStack) -> Bool {
    // By bits: missing values are NaN.
    func same(_ x: [Float], _ y: [Float]) -> Bool { x.map(\.bitPattern) == y.map(\.bitPattern) }
    let (x, y) = (a.bands.map(\.values), b.bands.map(\.values))
    return a.grid == b.grid && zip(x, y).allSatisfy(same)
  }
}
