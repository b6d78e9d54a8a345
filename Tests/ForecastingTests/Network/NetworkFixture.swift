import Forecasting
import Foundation
import Mesh
import SoilWater
import Statistics

/// A network with every weight at work, and weather over a small country, from one seed.
enum NetworkFixture {
  /// Random weights; the classifier too, which the start state leaves at zero.
  static func parameters(_ shape: NetworkShape, seed: UInt64 = 5) -> NetworkParameters {
    var parameters = NetworkParameters(shape, seed: seed)
    var stream = RandomStream(seed: seed, "fixture")
    for entry in parameters.entries where !entry.isMatrix && entry.name != "skip.raw" {
      for index in entry.range { parameters.values[index] += Float(stream.normal(deviation: 0.1)) }
    }
    parameters["classifier.weight"] = (0..<shape.latent).map { _ in Float(stream.normal(deviation: 0.3)) }
    return parameters
  }

  /// Sizes beside METHOD's: every margin of the patch and every number of tokens per vector of the kernels.
  static let otherShapes = [
    shape(patch: 5, 24, x: 3), shape(patch: 9, 24, x: 1), shape(patch: 13, 12, x: 4), shape(patch: 15, 8, x: 3),
    shape(patch: 7, 4, x: 6), shape(patch: 11, 20, x: 6),
  ]

  /// Networks that read less than METHOD's, or more: no ground, neither ground nor rain, no physics.
  static let otherInputs: [NetworkShape] = {
    var (head, trunk) = (NetworkShape.memory, NetworkShape.tiny)
    head.rainWidths = []
    trunk.physics = 0
    trunk.hasSkip = false
    return [.memory, head, trunk]
  }()

  /// The tiny network with another patch and `tokens` of so many hours.
  static func shape(patch: Int, _ tokens: Int, x hours: Int) -> NetworkShape {
    var shape = NetworkShape.tiny
    (shape.patch, shape.tokens, shape.hoursPerToken) = (patch, tokens, hours)
    return shape
  }

  static let scaling = InputScaling(
    elevationMean: 400, elevationDeviation: 300, slopeMean: 15, slopeDeviation: 8,
    soilSeen: (0..<10).map { $0 != 4 })

  /// `scaling`, with the physics standardised for a network that reads the memory.
  static func scaling(for shape: NetworkShape) -> InputScaling {
    guard shape.readsMemory else { return scaling }
    var scaling = scaling
    var stream = RandomStream(seed: 3, "physics")
    scaling.physics = ColumnScaling(
      fitting: (0..<20).map { _ in (0..<shape.physics).map { _ in Float(stream.normal(mean: 0.3, deviation: 0.5)) } })
    return scaling
  }

  /// Unknown cells, missing hours, dry days and dry land included: no rain ever reaches `dryShare` of the columns, from
  /// the west.
  static func inputs(
    _ grid: MeshGrid, seed: UInt64 = 11, dryShare: Double = 0.3, for shape: NetworkShape = .paper
  ) -> ForecastInputs {
    let padded = grid.padded(by: shape.halo)
    var stream = RandomStream(seed: seed, "country")
    func classes(_ count: Int) -> Layer<UInt8> {
      Layer(grid: padded, values: (0..<padded.count).map { _ in UInt8(stream.index(below: count + 1)) })
    }
    func quantity(_ mean: Double, _ deviation: Double, gaps: Double = 0.05) -> Layer<Float> {
      Layer(
        grid: padded,
        values: (0..<padded.count).map { _ in
          stream.uniform() < gaps ? .nan : Float(stream.normal(mean: mean, deviation: deviation))
        })
    }
    let statics = StaticLayers(
      elevation: quantity(400, 500), slope: quantity(15, 12), aspect: classes(8), soil: classes(10),
      vegetation: classes(11))
    var rain = LayerStack(grid: padded, bands: shape.hours, filledWith: Float(0))
    for hour in 0..<shape.hours where hour % 24 > 9 {
      for cell in 0..<padded.count where Double(cell % padded.width) > dryShare * Double(padded.width) {
        let draw = stream.uniform()
        rain.values[hour * padded.count + cell] = draw < 0.02 ? .nan : draw < 0.5 ? 0 : Float(40 * draw * draw)
      }
    }
    func uniform(_ range: ClosedRange<Double>) -> Layer<Float> {
      Layer(grid: grid, values: (0..<grid.count).map { _ in Float(stream.uniform(range)) })
    }
    let physics = PhysicsLayers(
      q: uniform(0...1), rank: uniform(0...1), soilWaterMaximum: uniform(0...250), hourlyRainMaximum: uniform(0...60),
      soilWaterAtStart: uniform(0...120),
      memory: Layer(
        grid: grid,
        values: (0..<grid.count).map { _ in
          var memory = MemoryInput.none
          for index in MemoryIndex.allCases { memory.excess[index.rawValue] = Float(stream.uniform(-3...2)) }
          return memory
        }))
    return ForecastInputs(statics: statics, rain: rain, physics: physics)
  }

  /// What the plain reference makes of the patch around one cell.
  static func reference(
    _ parameters: NetworkParameters, _ inputs: ForecastInputs, _ scaling: InputScaling, y: Int, x: Int
  ) -> Double {
    let padded = inputs.rain.grid
    // A network that reads nothing around a cell has no patch there either.
    let patch = 2 * parameters.shape.halo + 1
    let pixels = patch * patch
    var statics = [Double](repeating: 0, count: 31 * pixels)
    var rain = [Double](repeating: 0, count: inputs.hours * pixels)
    func standardised(_ value: Float, _ mean: Float, _ deviation: Float) -> Double {
      value.isNaN ? 0 : min(max(Double(value - mean) / Double(deviation), -4), 4)
    }
    for dy in 0..<patch {
      for dx in 0..<patch {
        let (cell, place) = ((y + dy) * padded.width + x + dx, dy * patch + dx)
        let layers = inputs.statics
        statics[place] = standardised(
          layers.elevation.values[cell], scaling.elevationMean, scaling.elevationDeviation)
        statics[pixels + place] = standardised(layers.slope.values[cell], scaling.slopeMean, scaling.slopeDeviation)
        let classes = [(layers.aspect, 2, scaling.aspectSeen), (layers.soil, 10, scaling.soilSeen)]
        for (layer, first, seen) in classes + [(layers.vegetation, 20, scaling.vegetationSeen)] {
          let label = Int(layer.values[cell])
          if label > 0, seen[label - 1] { statics[(first + label - 1) * pixels + place] = 1 }
        }
        for hour in 0..<inputs.hours {
          let amount = inputs.rain.values[hour * padded.count + cell]
          rain[hour * pixels + place] = amount > 0 ? log1p(Double(amount) / 10) : 0
        }
      }
    }
    let place = y * inputs.grid.width + x
    let physics = inputs.physics[place]
    let q = min(max(Double(physics.q), 0.01), 0.99)
    let logit = log(q / (1 - q))
    let day = [
      Double(physics.q), logit / 4.6, Double(physics.rank), Double(physics.soilWaterMaximum) / 200,
      Double(physics.hourlyRainMaximum) / 50, Double(physics.soilWaterAtStart) / 200,
    ]
    let memory = MemoryIndex.allCases.map { Double(inputs.physics.memory?.values[place][$0] ?? 0) }
    let row = (day + memory).prefix(parameters.shape.physics).enumerated().map { input, value in
      guard let physics = scaling.physics else { return value }
      return standardised(Float(value), physics.means[input], physics.deviations[input])
    }
    return PatchReference(parameters: parameters).logit(statics: statics, rain: rain, physics: row, logit: logit)
  }
}
