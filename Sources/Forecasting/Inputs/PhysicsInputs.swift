import Foundation
package import Mesh
package import SoilWater

/// What the physical model says of one cell and day.
package struct PhysicsInput: Hashable, Sendable {
  /// Probability of the physical model, `max(q_rbf, k^20)`, 0 ... 1.
  package var q: Float
  /// Historical rank of the day's largest soil water index, 0 ... 1.
  package var rank: Float
  /// Largest soil water index of the day, mm.
  package var soilWaterMaximum: Float
  /// Largest rain of an hour of the day, mm.
  package var hourlyRainMaximum: Float
  /// Soil water index at the start of the rain window, mm.
  package var soilWaterAtStart: Float

  package init(
    q: Float, rank: Float, soilWaterMaximum: Float, hourlyRainMaximum: Float, soilWaterAtStart: Float
  ) {
    self.q = q
    self.rank = rank
    self.soilWaterMaximum = soilWaterMaximum
    self.hourlyRainMaximum = hourlyRainMaximum
    self.soilWaterAtStart = soilWaterAtStart
  }

  /// The physics of one cell, in training and in prediction.
  ///
  /// - Parameters:
  ///   - record: The 24 hours.
  ///   - anomaly: What the past says of them.
  ///   - cell: Its place in both.
  ///   - soilWaterAtStart: Soil water index at the start of the rain window, mm.
  package init(_ record: SoilWaterDay, _ anomaly: SoilWaterAnomaly, at cell: Int, soilWaterAtStart: Float) {
    let rank = anomaly.rank[cell]
    self.init(
      // Without past rain there is no rank.
      q: anomaly.anomaly[cell], rank: rank.isNaN ? 0 : rank, soilWaterMaximum: record.maximum[cell],
      hourlyRainMaximum: record.greatestRain[cell], soilWaterAtStart: soilWaterAtStart)
  }

  /// `ln(q / (1 - q))` with q clipped to .01 ... .99; `NaN` for a `NaN`.
  package var logit: Float {
    let clipped = q < 0.01 ? 0.01 : q > 0.99 ? 0.99 : q
    return Float(log(Double(clipped) / (1 - Double(clipped))))
  }

  /// The six inputs of METHOD 3.1: q; logit(q)/4.6; rank; SWI max /200; R60 max /50; SWI at the window's start /200.
  package var features: (Float, Float, Float, Float, Float, Float) {
    (q, logit / 4.6, rank, soilWaterMaximum / 200, hourlyRainMaximum / 50, soilWaterAtStart / 200)
  }

  /// A day on which the physical model expects nothing: no rain, dry soil, q at its lower clip.
  package static let quiet = PhysicsInput(
    q: 0.01, rank: 0, soilWaterMaximum: 0, hourlyRainMaximum: 0, soilWaterAtStart: 0)

  package var isComplete: Bool {
    (q + rank + soilWaterMaximum + hourlyRainMaximum + soilWaterAtStart).isFinite
  }
}

/// The physics of every cell of a grid; `NaN` in any layer leaves the cell without a forecast.
package struct PhysicsLayers: Sendable {
  package let q: Layer<Float>
  package let rank: Layer<Float>
  package let soilWaterMaximum: Layer<Float>
  package let hourlyRainMaximum: Layer<Float>
  package let soilWaterAtStart: Layer<Float>
  /// `q_rbf`, how far the day left the experienced states, 0 ... 1; only the method `swi-ews` reads it.
  package let unfamiliarity: Layer<Float>?
  /// What each cell has survived; only methods that need `memory` read it.
  package let memory: Layer<MemoryInput>?

  /// Layers as in `PhysicsInput`.
  /// - Precondition: All layers are on one grid.
  package init(
    q: Layer<Float>, rank: Layer<Float>, soilWaterMaximum: Layer<Float>, hourlyRainMaximum: Layer<Float>,
    soilWaterAtStart: Layer<Float>, unfamiliarity: Layer<Float>? = nil, memory: Layer<MemoryInput>? = nil
  ) {
    precondition(
      [unfamiliarity?.grid, memory?.grid].allSatisfy { $0 ?? q.grid == q.grid }, "physics layers on different grids")
    precondition(
      [rank.grid, soilWaterMaximum.grid, hourlyRainMaximum.grid, soilWaterAtStart.grid].allSatisfy { $0 == q.grid },
      "physics layers on different grids")
    self.q = q
    self.rank = rank
    self.soilWaterMaximum = soilWaterMaximum
    self.hourlyRainMaximum = hourlyRainMaximum
    self.soilWaterAtStart = soilWaterAtStart
    self.unfamiliarity = unfamiliarity
    self.memory = memory
  }

  /// The physics of every cell of a grid.
  ///
  /// - Parameters:
  ///   - record: The 24 hours, on the grid of `anomaly`.
  ///   - anomaly: What the past says of them.
  ///   - start: Soil water index at the start of the rain window, mm, one value a cell of that grid.
  ///   - memory: The day beside what the cells had survived, on that grid; `nil` where no method needs it.
  ///   - grid: The cells wanted; `NaN` where the other grid lacks them.
  package init(
    _ record: SoilWaterDay, _ anomaly: SoilWaterAnomaly, soilWaterAtStart start: [Float], memory: MemoryDay? = nil,
    of grid: MeshGrid
  ) {
    let inputs = start.indices.map { PhysicsInput(record, anomaly, at: $0, soilWaterAtStart: start[$0]) }
    func layer(_ values: [Float]) -> Layer<Float> {
      Layer(grid: anomaly.grid, values: values).cropped(to: grid, fill: .nan)
    }
    self.init(
      q: layer(inputs.map(\.q)), rank: layer(inputs.map(\.rank)),
      soilWaterMaximum: layer(inputs.map(\.soilWaterMaximum)),
      hourlyRainMaximum: layer(inputs.map(\.hourlyRainMaximum)),
      soilWaterAtStart: layer(inputs.map(\.soilWaterAtStart)), unfamiliarity: layer(anomaly.uncovered),
      memory: memory.map { day in
        Layer(grid: anomaly.grid, values: start.indices.map { MemoryInput(day, at: $0) }).cropped(
          to: grid, fill: .unknown)
      })
  }

  package var grid: MeshGrid { q.grid }

  package subscript(index: Int) -> PhysicsInput {
    PhysicsInput(
      q: q.values[index], rank: rank.values[index], soilWaterMaximum: soilWaterMaximum.values[index],
      hourlyRainMaximum: hourlyRainMaximum.values[index], soilWaterAtStart: soilWaterAtStart.values[index])
  }
}
