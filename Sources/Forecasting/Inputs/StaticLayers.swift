package import Mesh

/// The static layers of one grid: what never changes about a cell.
package struct StaticLayers: Sendable {
  /// Mean elevation, m; `NaN` where unknown or at sea.
  package let elevation: Layer<Float>
  /// Mean slope, degrees; `NaN` where unknown or at sea.
  package let slope: Layer<Float>
  /// 1 N, 2 NE, ... 8 NW; 0 no direction.
  package let aspect: Layer<UInt8>
  /// 1 ... 10, METHOD 8.3 plus one; 0 unknown.
  package let soil: Layer<UInt8>
  /// 1 ... 11, METHOD 8.4 plus one; 0 unknown.
  package let vegetation: Layer<UInt8>

  /// - Precondition: All layers are on one grid.
  package init(
    elevation: Layer<Float>, slope: Layer<Float>, aspect: Layer<UInt8>, soil: Layer<UInt8>, vegetation: Layer<UInt8>
  ) {
    precondition(
      [slope.grid, aspect.grid, soil.grid, vegetation.grid].allSatisfy { $0 == elevation.grid },
      "static layers on different grids")
    self.elevation = elevation
    self.slope = slope
    self.aspect = aspect
    self.soil = soil
    self.vegetation = vegetation
  }

  package var grid: MeshGrid { elevation.grid }

  /// The same layers on another grid; cells they lack are unknown.
  package func cropped(to grid: MeshGrid) -> StaticLayers {
    StaticLayers(
      elevation: elevation.cropped(to: grid, fill: .nan), slope: slope.cropped(to: grid, fill: .nan),
      aspect: aspect.cropped(to: grid, fill: 0), soil: soil.cropped(to: grid, fill: 0),
      vegetation: vegetation.cropped(to: grid, fill: 0))
  }
}
