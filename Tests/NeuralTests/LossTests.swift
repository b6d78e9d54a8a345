import Neural
import Testing

struct LossTests {
  @Test(arguments: [
    (0.0, true, 0.0433217, -0.0745717), (0, false, 0.1299651, 0.2237151), (2, true, 0.0004509, -0.0012177),
    (2, false, 1.2375586, 0.8075353), (-3, true, 0.6915701, -0.2816875),
  ])
  func `focal loss gives the method's vectors`(z: Double, positive: Bool, loss: Double, slope: Double) {
    let found = FocalLoss()(z, positive: positive)
    #expect(abs(found.loss - loss) < 5e-8 && abs(found.slope - slope) < 5e-8)
  }

  @Test(arguments: [(0.3, 0.0, 0.0822829, 0.2), (0.9, -1, 0.8881788, -0.6310586), (0.02, 2, 1.9888889, 0.8607971)])
  func `distillation gives the method's vectors`(q: Double, z: Double, loss: Double, slope: Double) {
    let found = distillationLoss(teacher: q, logit: z)
    // The vectors have seven digits, the last of them rounded.
    #expect(abs(found.loss - loss) < 1e-7 && abs(found.slope - slope) < 1e-7)
  }

  @Test(arguments: [-800.0, -30, -1, 0.5, 30, 800], [1.5, 2, 3])
  func `losses of one logit are finite and their slopes central differences`(z: Double, gamma: Double) {
    // Relative error 1e-6, but not of less than 1e-4: there the difference of two losses is rounding.
    func agrees(_ loss: (Double) -> (loss: Double, slope: Double)) -> Bool {
      let (step, slope) = (1e-4, loss(z).slope)
      let gap = (loss(z + step).loss - loss(z - step).loss) / (2 * step) - slope
      return loss(z).loss.isFinite && abs(gap) < 1e-6 * max(abs(slope), 1e-4) + abs(loss(z).loss) * 1e-11
    }
    let focal = FocalLoss(alpha: 0.4, gamma: gamma)
    for positive in [true, false] { #expect(agrees { focal($0, positive: positive) }) }
    let adjusted = LogitAdjustedLoss(prevalence: 0.02)
    for positive in [true, false] { #expect(agrees { adjusted($0, positive: positive) }) }
    #expect(agrees { distillationLoss(teacher: 0.3, logit: $0) })
  }

  @Test func `the logit-adjusted loss is the cross-entropy of the prior at a logit of 0`() {
    // A fifth positive: −ln 0.2 and −ln 0.8, worked by hand.
    let loss = LogitAdjustedLoss(prevalence: 0.2)
    let (hit, miss) = (loss(0, positive: true), loss(0, positive: false))
    #expect(abs(hit.loss - 1.6094379) < 1e-7 && abs(hit.slope + 0.8) < 1e-12)
    #expect(abs(miss.loss - 0.2231436) < 1e-7 && abs(miss.slope - 0.2) < 1e-12)
  }

  @Test func `the one-class loss and its gradient agree with Double`() {
    let network = OneClassNetwork(features: 5, hidden: 7, outputs: 3, seed: 2)
    let (rows, centre) = (noise(4 * 5, 3), [Float(0.5), -0.3, 1])
    var gradient = [Float](repeating: 9, count: network.values.count)
    let found = network.loss(rows, centre: centre, gradient: &gradient, on: Tape())
    func outputs(_ values: [Double]) -> PlainMatrix {
      let x = PlainMatrix(rows: 4, columns: 5, values: rows.map(Double.init))
      let hidden = Plain.linear(x, Array(values.prefix(35)) + [Double](repeating: 0, count: 7), outputs: 7)
      return Plain.linear(hidden.map { max($0, 0) }, Array(values.dropFirst(35)) + [0, 0, 0], outputs: 3)
    }
    func plain(_ values: [Double]) -> Double {
      outputs(values).values.enumerated().reduce(0) { sum, entry in
        let gap = entry.element - Double(centre[entry.offset % 3])
        return sum + gap * gap / 4
      }
    }
    let values = network.values.map(Double.init)
    #expect(abs(found - plain(values)) < 1e-6)
    #expect(gradientGap(values, gradient: gradient, loss: plain) < 1e-5)
    // The centre is the mean output, but for coordinates near 0.
    let plainly = outputs(values)
    for (column, coordinate) in network.centre(of: rows).enumerated() {
      let mean = (0..<4).reduce(0) { $0 + plainly[$1, column] / 4 }
      let expected = abs(mean) < 0.1 ? (mean < 0 ? -0.1 : 0.1) : mean
      #expect(abs(Double(coordinate) - expected) < 1e-6)
    }
  }

  @Test func `the mean discrepancy and its gradient agree with Double`() {
    let (x, groups, width) = (noise(9 * 3, 21), [0, 0, 0, 0, 1, 1, 1, 2, 2], 3)
    var gradient = [Float](repeating: 9, count: x.count)
    let found = meanDiscrepancy(x, width: width, groups: groups, gradient: &gradient)
    func square(_ x: [Double], _ i: Int, _ j: Int) -> Double {
      (0..<width).reduce(0) { $0 + (x[i * width + $1] - x[j * width + $1]) * (x[i * width + $1] - x[j * width + $1]) }
    }
    let start = x.map(Double.init)
    let median = (0..<9).flatMap { i in (0..<i).map { square(start, i, $0).squareRoot() } }.sorted()[18]
    // Pair of groups by pair of groups; the median stays what it was.
    func plain(_ x: [Double]) -> Double {
      func kernel(_ a: Int, _ b: Int) -> Double {
        let members = [a, b].map { group in (0..<9).filter { groups[$0] == group } }
        let sum = members[0].reduce(0.0) { sum, i in
          members[1].reduce(sum) { sum, j in
            [0.1, 1, 10].reduce(sum) { $0 + exponential(-square(x, i, j) / (2 * $1 * $1 * median * median)) }
          }
        }
        return sum / Double(members[0].count * members[1].count)
      }
      let pairs = [(0, 1), (0, 2), (1, 2)]
      return pairs.reduce(0) { $0 + (kernel($1.0, $1.0) + kernel($1.1, $1.1) - 2 * kernel($1.0, $1.1)) / 3 }
    }
    #expect(abs(found - plain(start)) < 1e-7)
    #expect(gradientGap(start, gradient: gradient, loss: plain) < 1e-5)
  }

  @Test func `the mean discrepancy gives the number worked by hand, and 0 for equal groups`() {
    // Two vectors one apart: 3 + 3 − 2 (e^−50 + e^−0.5 + e^−0.005).
    var gradient: [Float] = [0, 0]
    #expect(abs(meanDiscrepancy([0, 1], width: 1, groups: [4, 7], gradient: &gradient) - 2.7969137) < 1e-6)
    // Further apart is more.
    #expect(gradient[0] < 0 && gradient[1] > 0 && gradient[0] == -gradient[1])
    var four: [Float] = [9, 9, 9, 9]
    #expect(abs(meanDiscrepancy([0, 1, 1, 0], width: 1, groups: [0, 0, 1, 1], gradient: &four)) < 1e-12)
    #expect(meanDiscrepancy([2, 2, 2, 2], width: 1, groups: [0, 0, 1, 1], gradient: &four) == 0)
    #expect(four == [0, 0, 0, 0])
  }

  @Test func `a reversed gradient keeps the value and turns what comes back`() {
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let x = tape.activation(rows: 1, columns: 2)
    (x.values[0], x.values[1]) = (1, 2)
    let y = tape.reverseGradient(x, strength: 0.5)
    #expect([y.values[0], y.values[1]] == [1, 2])
    for (index, slope) in [Float(4), -6].enumerated() {
      y.gradient?[index] = slope
      x.gradient?[index] = 1
    }
    tape.goBack()
    #expect([x.gradient?[0], x.gradient?[1]] == [-1, 4])
    #expect(reversalStrength(at: 0) == 0 && abs(reversalStrength(at: 0.1) - 0.4621172) < 1e-7)
  }

  static let z: [Float] = [1, 0, 0.8, 0.6, 0, 1, -0.6, 0.8]

  @Test(arguments: [
    (ContrastiveLoss.rccl, [-1.336718, -0.136718, -0.136718, -1.336718]),
    (.supcon, [0.233257, 0.627123, 0.627123, 0.233257]),
  ])
  func `contrastive losses give the method's vectors`(loss: ContrastiveLoss, anchors: [Double]) {
    var gradient = [Float](repeating: 0, count: 8)
    let found = loss(
      Self.z, width: 2, labels: [true, true, false, false], regions: [0, 1, 0, 1], temperature: 0.5,
      gradient: &gradient)
    #expect(found.anchors == 4)
    for (a, b) in zip(found.perAnchor, anchors) { #expect(abs(a - b) < 1e-6) }
    #expect(abs(found.loss - anchors.reduce(0, +) / 4) < 1e-6)
  }

  @Test(arguments: ContrastiveLoss.allCases, [0.5, 0.1])
  func `a contrastive loss and its gradient agree with Double`(loss: ContrastiveLoss, temperature: Double) {
    // A vector of four and what is left of one.
    let width = 7
    let z = noise(7 * width, 5)
    let labels = [true, true, true, false, false, false, true]
    let regions = [0, 1, 0, 0, 1, 2, 2]
    var gradient = [Float](repeating: 0, count: z.count)
    let found = loss(z, width: width, labels: labels, regions: regions, temperature: temperature, gradient: &gradient)
    func plain(_ values: [Double]) -> Double {
      Plain.contrastive(
        PlainMatrix(rows: 7, columns: width, values: values), kind: loss.rawValue, labels: labels, regions: regions,
        temperature: temperature)
    }
    #expect(abs(found.loss - plain(z.map(Double.init))) < 1e-9)
    #expect(gradientGap(z.map(Double.init), gradient: gradient, loss: plain) < 1e-6)
  }

  @Test func `anchors without a partner in another region are skipped`() {
    var gradient = [Float](repeating: 1, count: 8)
    let found = ContrastiveLoss.rccl(
      Self.z, width: 2, labels: [true, true, false, false], regions: [0, 0, 0, 1], temperature: 0.5,
      gradient: &gradient)
    #expect(found.anchors == 2)
    #expect(found.perAnchor[0].isNaN && found.perAnchor[1].isNaN)
    let none = ContrastiveLoss.rccl(
      Self.z, width: 2, labels: [true, true, true, true], regions: [0, 1, 2, 3], temperature: 0.5,
      gradient: &gradient)
    #expect(none.anchors == 0 && none.loss == 0 && gradient.allSatisfy { $0 == 0 })
  }
}

struct OptimiserTests {
  @Test func `one step of AdamW gives the number worked by hand`() {
    // First step: m / (1 - β1) = g, v / (1 - β2) = g², so w moves by the rate after decay: 2 (1 - 0.1 · 0.01) - 0.1.
    var optimiser = AdamW(count: 2)
    var values: [Float] = [2, 2]
    optimiser.step(
      &values, gradient: [3, 3],
      groups: [.init(range: 0..<1, rate: 0.1, decays: true), .init(range: 1..<2, rate: 0.1, decays: false)])
    #expect(abs(values[0] - 1.898) < 1e-6)
    #expect(abs(values[1] - 1.9) < 1e-6)
  }

  @Test func `parameters outside the groups stay`() {
    var optimiser = AdamW(count: 3)
    var values: [Float] = [1, 2, 3]
    optimiser.step(&values, gradient: [1, 1, 1], groups: [.init(range: 1..<2, rate: 0.1, decays: true)])
    #expect(values[0] == 1 && values[2] == 3 && values[1] != 2)
  }

  @Test func `the rate rises, peaks and falls to 0`() {
    let course = LearningRate(peak: 2, warmUp: 4, steps: 14)
    #expect(course(0) == 0.5)
    #expect(course(3) == 2)
    #expect(abs(course(9) - 1) < 1e-12)
    #expect(course(14) < 1e-12)
  }

  @Test func `clipping leaves a short gradient and shortens a long one`() {
    #expect(clippingFactor([0.3, 0.4], limit: 1).factor == 1)
    #expect(clippingFactor([3, 4], limit: 1).factor == 0.2)
    // More than a vector of eight.
    let long = clippingFactor((1...19).map { Float($0) }, limit: 1)
    #expect(abs(long.norm - 2_470.0.squareRoot()) < 1e-12 && long.factor == Float(1 / long.norm))
  }

  @Test func `sums over parts do not depend on the threads`() {
    let parts = (0..<3).map { seed in
      let part = UnsafeMutableBufferPointer<Float>.allocate(capacity: 40_000)
      for (index, value) in noise(40_000, UInt64(seed)).enumerated() { part[index] = value }
      return part
    }
    defer { for part in parts { part.deallocate() } }
    let totals = [1, 2, 3].map { threads in
      var total = [Float](repeating: 0, count: 40_000)
      sumInOrder(parts, into: &total, workers: Workers(threads: threads))
      return total
    }
    #expect(totals[0] == totals[1] && totals[1] == totals[2])
    #expect(totals[0][7] == parts[0][7] + parts[1][7] + parts[2][7])
  }
}
