package import Mesh

/// Everything the network reads for the cells of `physics.grid`: static layers and rain reach 4 cells further.
package struct NetworkInputs: Sendable {
  package let statics: StaticLayers
  /// 72 hours, oldest first, mm; `NaN` (missing) is fed as dry.
  package let rain: LayerStack<Float>
  package let physics: PhysicsLayers

  /// - Precondition: `statics` and `rain` are on the physics' grid padded by `NetworkShape.halo`, rain with 72 bands.
  package init(statics: StaticLayers, rain: LayerStack<Float>, physics: PhysicsLayers) {
    let padded = physics.grid.padded(by: NetworkShape.halo)
    precondition(statics.grid == padded, "static layers on \(statics.grid), not on \(padded)")
    precondition(rain.grid == padded && rain.bands == 72, "\(rain.bands) hours of rain on \(rain.grid)")
    self.statics = statics
    self.rain = rain
    self.physics = physics
  }

  /// The cells that get a forecast.
  package var grid: MeshGrid { physics.grid }

  /// Hours of the window without an observation in each cell, 0 ... 72.
  package var missingHours: Layer<UInt8> {
    var missing = Layer(grid: grid, filledWith: UInt8(0))
    let padded = rain.grid
    rain.values.withUnsafeBufferPointer { rain in
      for hour in 0..<72 {
        for y in 0..<grid.height {
          let start = hour * padded.count + (y + NetworkShape.halo) * padded.width + NetworkShape.halo
          for x in 0..<grid.width where rain[start + x].isNaN { missing[y, x] += 1 }
        }
      }
    }
    return missing
  }
}
