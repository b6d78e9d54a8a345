import Foundation
import Neural
import Statistics
import TestSupport
import Testing

@Test func `the scaled logarithm is right to two ten-millionths, nothing is nothing`() {
  var stream = RandomStream(seed: 1, "rain")
  let rain: [Float] = [0, -1, .nan, 0.1, 500, 4.142, 4.143] + (0..<200).map { _ in Float(exp(stream.uniform(-5...6))) }
  for count in [1, 7, 8, 9, rain.count] {
    var features = [Float](repeating: 9, count: rain.count)
    let any = logOnePlus(rain, count: count, scale: 0.1, into: &features)
    #expect(any == (count > 3))
    for (amount, feature) in zip(rain, features).prefix(count) {
      let expected = amount > 0 ? log1p(Double(amount) / 10) : 0
      #expect(abs(Double(feature) - expected) <= 2e-7 * max(1, expected))
    }
    #expect(features.dropFirst(count).allSatisfy { $0 == 9 })
  }
  var none: [Float] = [9, 9, 9]
  #expect(!logOnePlus([0, .nan, -3], count: 3, scale: 0.1, into: &none) && none == [0, 0, 0])
}

@Test(arguments: [(4, 1), (8, 7), (5, 64), (192, 33)])
func `linear maps agree with sums in Double at any stride`(outputs: Int, inputs: Int) {
  var stream = RandomStream(seed: 2, "linear")
  func normal(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
  let (weight, bias) = (normal(outputs * inputs), normal(outputs))
  let map = LaneLinear(weight: weight, bias: bias)
  let (xStride, yStride) = (31, 40)
  let x = normal(inputs * xStride + 24)
  for mode in [LaneLinear.Mode.store, .rectify, .add] {
    let before = normal(map.outputs * yStride + 24)
    var y = before
    map(x, stride: xStride, into: &y, stride: yStride, mode)
    for row in 0..<outputs {
      for lane in 0..<24 {
        let sum = (0..<inputs).reduce(Double(bias[row])) {
          $0 + Double(weight[row * inputs + $1]) * Double(x[$1 * xStride + lane])
        }
        let place = row * yStride + lane
        let expected = mode == .store ? sum : mode == .rectify ? max(sum, 0) : sum + Double(before[place])
        #expect(abs(Double(y[place]) - expected) < 1e-4)
      }
    }
  }
}

@Test(arguments: [(8, 3), (16, 64), (5, 4), (1, 16)], [24, 20, 12, 8, 4])
func `tokens are gathered cell by cell, with nothing in the lanes that are left`(
  sizes: (cells: Int, features: Int), count: Int
) {
  let (cells, features) = sizes
  let stride = cells + 3
  let tokens = (0..<count * features * stride).map { Float($0 + 1) }
  var gathered = [Float](repeating: -1, count: cells * features * 24)
  gatherTokens(
    tokens, count: count, tokenStride: features * stride, featureStride: stride, features: features, cells: cells,
    into: &gathered)
  for cell in 0..<cells {
    for feature in 0..<features {
      for token in 0..<24 {
        #expect(
          gathered[(cell * features + feature) * 24 + token]
            == (token < count ? Float((token * features + feature) * stride + cell + 1) : 0))
      }
    }
  }
}
