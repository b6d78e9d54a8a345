import Neural
import Testing

/// Convolutions of maps side by side, and what is kept of each, against loops in Double.
struct MapSummaryTests {
  /// Maps, their edge, and the channels before each layer and after the last.
  struct Branch: Sendable, CustomStringConvertible {
    let maps: Int
    let edge: Int
    let channels: [Int]

    var description: String { "\(maps) maps of \(edge) x \(edge), \(channels)" }
    var layers: [(inputs: Int, outputs: Int)] { zip(channels, channels.dropFirst()).map { ($0, $1) } }
    /// Weights, then biases of each layer.
    var parameters: Int { layers.reduce(0) { $0 + $1.outputs * (9 * $1.inputs + 1) } }
    var last: Int { channels[channels.count - 1] }

    func run(_ x: [Float], _ w: [Float]) -> (output: [Float], dw: [Float]) {
      let tape = Tape()
      defer { withExtendedLifetime(tape) {} }
      let stack = tape.maps(maps, channels: channels[0], edge: edge)
      let pixels = edge * edge
      for (index, value) in x.enumerated() {
        stack[index / pixels / channels[0], index / pixels % channels[0], index % pixels] = value
      }
      let values = tape.arena.zeros(w.count)
      for index in w.indices { values[index] = w[index] }
      let gradient = tape.arena.zeros(w.count)
      var begin = 0
      func next(_ count: Int) -> Weight {
        defer { begin += count }
        return Weight(values: values + begin, gradient: gradient + begin)
      }
      let y = tape.summarise(
        stack,
        by: layers.map {
          ConvolutionLayer(weight: next($0.outputs * 9 * $0.inputs), bias: next($0.outputs), outputs: $0.outputs)
        })
      for (index, value) in noise(y.count, 99).enumerated() { y.gradient?[index] = value }
      let output = (0..<y.count).map { y.values[$0] }
      tape.goBack()
      return (output, Array(UnsafeBufferPointer(start: gradient, count: w.count)))
    }

    /// Centre and mean of each channel of each map.
    func plainly(_ x: [Double], _ w: [Double]) -> [Double] {
      let pixels = edge * edge
      var matrix = PlainMatrix(rows: maps * pixels, columns: channels[0]) { row, channel in
        x[(row / pixels * channels[0] + channel) * pixels + row % pixels]
      }
      var (edge, begin) = (edge, 0)
      for (inputs, outputs) in layers {
        let count = outputs * (9 * inputs + 1)
        matrix = Plain.convolve(
          matrix, Array(w[begin..<begin + count]), edge: edge, inputs: inputs, outputs: outputs
        ).map { max($0, 0) }
        (edge, begin) = (edge - 2, begin + count)
      }
      return Plain.centreAndMean(matrix, edge: edge).values
    }
  }

  // Bundles of 8 and of 16 maps, full and short; maps that shrink to one pixel and rows longer than the registers; 4, 8 and
  // 12 outputs.
  @Test(arguments: [
    Branch(maps: 3, edge: 5, channels: [2, 4, 8]), Branch(maps: 1, edge: 7, channels: [1, 12, 4]),
    Branch(maps: 17, edge: 5, channels: [1, 8, 4]), Branch(maps: 1, edge: 15, channels: [1, 4]),
    Branch(maps: 9, edge: 9, channels: [1, 4]), Branch(maps: 2, edge: 3, channels: [5, 4]),
  ])
  func `a branch and its gradients agree with Double`(branch: Branch) {
    let x = noise(branch.maps * branch.channels[0] * branch.edge * branch.edge, 11)
    let w = noise(branch.parameters, 12).map { 0.4 * $0 }
    let found = branch.run(x, w)
    let (input, weights) = (x.map(Double.init), w.map(Double.init))
    let plain = branch.plainly(input, weights)
    #expect(found.output.count == plain.count)
    let size = plain.reduce(1e-6) { max($0, abs($1)) }
    for (value, expected) in zip(found.output, plain) { #expect(abs(Double(value) - expected) < 1e-5 * size) }
    let direction = noise(plain.count, 99).map(Double.init)
    let gap = gradientGap(weights, gradient: found.dw) { w in
      zip(branch.plainly(input, w), direction).reduce(0.0) { $0 + $1.0 * $1.1 }
    }
    #expect(gap < 1e-4)
  }

  @Test func `a map's summary does not depend on its neighbours`() {
    let alone = Branch(maps: 1, edge: 5, channels: [2, 4, 4])
    let together = Branch(maps: 7, edge: 5, channels: [2, 4, 4])
    let (x, w) = (noise(7 * 50, 3), noise(alone.parameters, 4))
    let all = together.run(x, w).output
    for map in 0..<7 {
      #expect(alone.run(Array(x[map * 50..<(map + 1) * 50]), w).output == Array(all[map * 8..<(map + 1) * 8]))
    }
  }

  @Test func `a weight that is no number shows in the summary`() {
    let branch = Branch(maps: 2, edge: 3, channels: [1, 4])
    var w = noise(branch.parameters, 4)
    w[0] = .nan
    #expect(branch.run(noise(18, 3), w).output[0].isNaN)
  }
}
