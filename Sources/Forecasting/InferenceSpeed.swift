import Dispatch
import Foundation
import Mesh
import Neural
import Statistics

/// How fast the dense network runs on this machine, beside the multiply-add peak measured in the same run.
package struct InferenceSpeed: Sendable {
  package let threads: Int
  package let cells: Int
  /// Cells whose patch sees rain in the window.
  package let wetCells: Int
  package let seconds: Double
  /// Processor time of all threads together: what `seconds` times the threads would be if nobody else used the cores.
  package let processorSeconds: Double
  /// Sum over the threads, all at work at once; GFLOP/s.
  package let peak: Double
  /// Operations a wet cell needs when convolutions are shared (METHOD 3.4), two a multiply-add.
  package let operationsPerCell: Double

  package var cellsPerSecond: Double { Double(cells) / seconds }
  /// Share of the peak that METHOD's operations of the wet cells come to.
  package var shareOfPeak: Double { Double(wetCells) * operationsPerCell / seconds / (peak * 1e9) }

  /// The same, had the threads had their cores to themselves.
  package var shareOfPeakOfProcessorTime: Double { shareOfPeak * seconds * Double(threads) / processorSeconds }

  /// Times the network over a made-up area, best of `rounds`.
  ///
  /// - Parameters:
  ///   - shape: Sizes of the network.
  ///   - wetShare: Share of the area's rows, from the north, where rain falls; 1 for every cell wet.
  ///   - height: Rows of the area.
  ///   - width: Columns of the area.
  ///   - threads: Workers.
  ///   - rounds: Repetitions, the peak measured before each.
  /// - Returns: The fastest round, with the highest peak.
  package static func measure(
    _ shape: NetworkShape = .paper, wetShare: Double = 1, height: Int = 96, width: Int = 84, threads: Int = 2,
    rounds: Int = 3
  ) -> InferenceSpeed {
    let grid = MeshGrid(south: 4_200, west: 3_120, height: height, width: width)
    let inputs = weather(on: grid, wetShare: wetShare)
    let network = DenseNetwork(NetworkParameters(shape, seed: 1))
    let plan = DensePlan(threads: threads)
    var best = Double.infinity
    var (processor, peak) = (Double.infinity, 0.0)
    for _ in 0..<rounds {
      peak = max(peak, peakOfAll(threads))
      let used = clock()
      let elapsed = ContinuousClock().measure {
        _ = network.evaluate(inputs, scaling: .unfitted, plan: plan)
      }
      processor = min(processor, Double(clock() - used) / Double(CLOCKS_PER_SEC))
      best = min(best, elapsed / .seconds(1))
    }
    let wetRows = (0..<height).count { Double($0) < wetShare * Double(height) + (wetShare > 0 && wetShare < 1 ? 4 : 0) }
    return InferenceSpeed(
      threads: threads, cells: grid.count, wetCells: wetRows * width, seconds: best, processorSeconds: processor,
      peak: peak,
      operationsPerCell: 2 * shape.denseMultiplyAdds)
  }

  private static func weather(on grid: MeshGrid, wetShare: Double) -> NetworkInputs {
    let padded = grid.padded(by: NetworkShape.halo)
    var stream = RandomStream(seed: 1, "benchmark")
    let wetRows = wetShare >= 1 ? padded.height : Int(wetShare * Double(grid.height)) + (wetShare > 0 ? 4 : 0)
    var rain = LayerStack(grid: padded, bands: 72, filledWith: Float(0))
    for hour in 0..<72 {
      for cell in 0..<wetRows * padded.width {
        rain.values[hour * padded.count + cell] = Float(stream.uniform(0.5...30))
      }
    }
    func classes(_ count: Int) -> Layer<UInt8> {
      Layer(grid: padded, values: (0..<padded.count).map { _ in UInt8(1 + stream.index(below: count)) })
    }
    func quantity(_ grid: MeshGrid, _ range: ClosedRange<Double>) -> Layer<Float> {
      Layer(grid: grid, values: (0..<grid.count).map { _ in Float(stream.uniform(range)) })
    }
    return NetworkInputs(
      statics: StaticLayers(
        elevation: quantity(padded, 0...1_500), slope: quantity(padded, 0...40), aspect: classes(8), soil: classes(10),
        vegetation: classes(11)),
      rain: rain,
      physics: PhysicsLayers(
        q: quantity(grid, 0...1), rank: quantity(grid, 0...1), soilWaterMaximum: quantity(grid, 0...250),
        hourlyRainMaximum: quantity(grid, 0...60), soilWaterAtStart: quantity(grid, 0...120)))
  }
}

/// GFLOP/s of all workers at once: cores may share clock and power.
func peakOfAll(_ threads: Int) -> Double {
  var peaks = [Double](repeating: 0, count: threads)
  peaks.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let places = buffer
    DispatchQueue.concurrentPerform(iterations: threads) { places[$0] = multiplyAddPeak() }
  }
  return peaks.reduce(0, +)
}

extension NetworkShape {
  /// Multiply-adds of one cell when its neighbours share the convolutions (METHOD 3.4).
  package var denseMultiplyAdds: Double {
    let statics = 9 * (staticChannels * staticWidths[0] + staticWidths[0] * staticWidths[1])
    let rain = tokens * 9 * (hoursPerToken * rainWidths[0] + rainWidths[0] * rainWidths[1])
    let linear = tokens * width * (4 * width + 2 * feedWidth)
    let attention = 2 * tokens * tokens * width
    let heads = joined * latent + latent
    return Double(statics + rain + tokens * tokenFeatures * width + layers * (linear + attention) + heads)
  }
}
