import Forecasting
import Mesh
import Statistics

extension Subject {
  /// The hybrid network over an area: neighbours share their convolutions, dry patches are looked up.
  static let inference = Subject(name: "inference", title: "Hybrid network, dense over 96 x 84 cells") { bench in
    let area = MeshGrid(south: 4_200, west: 3_120, height: 96, width: 84)
    let network = DenseNetwork(NetworkParameters(.paper, seed: 1))
    func speed(wetRows: Int, threads: Int) -> Double {
      let inputs = weather(on: area, wetRows: wetRows)
      let plan = ForecastPlan(threads: threads)
      let timing = Timing(rounds: bench.rounds) { _ = network.evaluate(inputs, scaling: .unfitted, plan: plan) }
      return Double(area.count) / timing.best
    }
    var figures: [Figure] = []
    for threads in bench.threadCounts {
      let peak = Floors.peak(threads: threads) * 1e9 / (2 * NetworkShape.paper.denseMultiplyAdds)
      figures.append(
        Figure(
          work: "every cell wet, \(Bench.words(threads: threads))",
          value: speed(wetRows: area.height, threads: threads),
          unit: .rate("cells/s"),
          comparisons: [.floor("its multiply-adds at the peak", peak)]
            + (try [("PyTorch", "torch"), ("ONNX Runtime", "onnxruntime"), ("OpenVINO", "openvino")].map {
              name, runtime in
              try Peer.python(
                name, "inference",
                [runtime, "\(threads)", "\(area.height)", "\(area.width)", "\(bench.rounds)"], in: bench)
            })))
    }
    let allWet = figures[figures.count - 1].value
    for (name, wetRows) in [("rain over a quarter of the rows", 24), ("no rain", 0)] {
      figures.append(
        Figure(
          work: "\(name), \(Bench.words(threads: bench.threads))",
          value: speed(wetRows: wetRows, threads: bench.threads),
          unit: .rate("cells/s"),
          comparisons: [Figure.Comparison(kind: .peer, name: "every cell wet", value: allWet)]))
    }
    return figures
  }

  /// Layers of chance; rain in so many rows from the north (of the area and its halo where that is all of them).
  private static func weather(on grid: MeshGrid, wetRows: Int) -> ForecastInputs {
    let padded = grid.padded(by: NetworkShape.paper.halo)
    var stream = RandomStream(seed: 1, "benchmark")
    var rain = LayerStack(grid: padded, bands: NetworkShape.paper.hours, filledWith: Float(0))
    let wetRowsWithHalo = wetRows == grid.height ? padded.height : wetRows
    for hour in 0..<rain.bands {
      for cell in 0..<wetRowsWithHalo * padded.width {
        rain.values[hour * padded.count + cell] = Float(stream.uniform(0.5...30))
      }
    }
    func classes(_ count: Int) -> Layer<UInt8> {
      Layer(grid: padded, values: (0..<padded.count).map { _ in UInt8(1 + stream.index(below: count)) })
    }
    func quantity(_ grid: MeshGrid, _ range: ClosedRange<Double>) -> Layer<Float> {
      Layer(grid: grid, values: (0..<grid.count).map { _ in Float(stream.uniform(range)) })
    }
    return ForecastInputs(
      statics: StaticLayers(
        elevation: quantity(padded, 0...1_500), slope: quantity(padded, 0...40), aspect: classes(8), soil: classes(10),
        vegetation: classes(11)),
      rain: rain,
      physics: PhysicsLayers(
        q: quantity(grid, 0...1), rank: quantity(grid, 0...1), soilWaterMaximum: quantity(grid, 0...250),
        hourlyRainMaximum: quantity(grid, 0...60), soilWaterAtStart: quantity(grid, 0...120)))
  }
}
