package import Mesh

/// Everything a method may read for the cells of `physics.grid`: static layers and rain reach further, by the halo that
/// the method asks for.
package struct ForecastInputs: Sendable {
  package let statics: StaticLayers
  /// The hours of the window, oldest first, mm, a band an hour; `NaN` (missing) is fed as dry.
  package let rain: LayerStack<Float>
  package let physics: PhysicsLayers
  /// Cells that `statics` and `rain` have more than the physics, on each side: 4 for a patch of 9.
  package let halo: Int

  /// - Precondition: `statics` and `rain` are on the physics' grid padded by the same number of cells on each side.
  package init(statics: StaticLayers, rain: LayerStack<Float>, physics: PhysicsLayers) {
    halo = (rain.grid.width - physics.grid.width) / 2
    precondition(halo >= 0, "rain on \(rain.grid), the physics on \(physics.grid)")
    let padded = physics.grid.padded(by: halo)
    precondition(statics.grid == padded, "static layers on \(statics.grid), not on \(padded)")
    precondition(rain.grid == padded, "rain on \(rain.grid), not on \(padded)")
    self.statics = statics
    self.rain = rain
    self.physics = physics
  }

  /// The cells that get a forecast.
  package var grid: MeshGrid { physics.grid }

  /// Hours of the window.
  package var hours: Int { rain.bands }

  /// Hours of the window without an observation in each cell, 0 ... 240 at most.
  package var missingHours: Layer<UInt8> {
    var missing = Layer(grid: grid, filledWith: UInt8(0))
    let padded = rain.grid
    rain.values.withUnsafeBufferPointer { rain in
      missing.values.withUnsafeMutableBufferPointer { missing in
        for hour in 0..<hours {
          for y in 0..<grid.height {
            let start = hour * padded.count + (y + halo) * padded.width + halo
            for x in 0..<grid.width { missing[y * grid.width + x] += rain[start + x].isNaN ? 1 : 0 }
          }
        }
      }
    }
    return missing
  }
}
