import Neural
import Statistics
import TestSupport
import Testing

@Test(arguments: [1, 3, 5, 7, 9, 11, 13])
func `centres and means of squares of any edge agree with sums in Double`(edge: Int) {
  var stream = RandomStream(seed: 4, "squares")
  let (channels, width, height, margin) = (3, 21, 6, edge - 1)
  let row = width + margin + 2
  let plane = row * (height + margin)
  let map = (0..<channels * plane).map { _ in Float(stream.normal()) }
  let cells = width * height
  var features = [Float](repeating: .nan, count: 2 * channels * cells)
  var line = [Float](repeating: .nan, count: width * (height + margin))
  summariseMaps(
    map, row: row, plane: plane, channels: channels, edge: edge, width: width, height: height, into: &features,
    featureStride: cells, line: &line)
  for channel in 0..<channels {
    for cell in 0..<cells {
      let corner = channel * plane + cell / width * row + cell % width
      let square = (0..<edge * edge).map { Double(map[corner + $0 / edge * row + $0 % edge]) }
      #expect(features[channel * cells + cell] == map[corner + edge / 2 * row + edge / 2])
      let mean = square.reduce(0, +) / Double(edge * edge)
      // Sums of up to 169 normal numbers in Float, divided by their number.
      #expect(abs(Double(features[(channels + channel) * cells + cell]) - mean) < 1e-6)
    }
  }
}

/// An encoder with random weights, and the same in plain loops.
private struct EncoderFixture {
  let width = 16
  let heads = 2
  let feed = 12
  var layers: [LaneEncoder.Layer] = []

  init(layers count: Int) {
    var stream = RandomStream(seed: 5, "encoder")
    func normal(_ count: Int, _ mean: Double = 0) -> [Float] {
      (0..<count).map { _ in Float(stream.normal(mean: mean, deviation: 0.4)) }
    }
    func matrix(_ outputs: Int, _ inputs: Int) -> (weight: [Float], bias: [Float]) {
      (normal(outputs * inputs), normal(outputs))
    }
    for _ in 0..<count {
      layers.append(
        LaneEncoder.Layer(
          norm1: (normal(width, 1), normal(width)), attentionIn: matrix(3 * width, width),
          attentionOut: matrix(width, width), norm2: (normal(width, 1), normal(width)), feed1: matrix(feed, width),
          feed2: matrix(width, feed)))
    }
  }

  /// Means over the tokens of what the last feed-forward matrix takes in, then of the stream before it.
  func pooled(_ tokens: PlainMatrix) -> [Double] {
    func doubles(_ part: (weight: [Float], bias: [Float])) -> [Double] { (part.weight + part.bias).map(Double.init) }
    var x = tokens
    var hidden = tokens
    for (index, layer) in layers.enumerated() {
      let mixed = Plain.linear(
        Plain.normalise(x, doubles(layer.norm1), epsilon: 1e-5), doubles(layer.attentionIn), outputs: 3 * width)
      let heard = Plain.attend(mixed, length: x.rows, heads: heads)
      x = Plain.add(x, Plain.linear(heard, doubles(layer.attentionOut), outputs: width))
      hidden = Plain.gelu(
        Plain.linear(Plain.normalise(x, doubles(layer.norm2), epsilon: 1e-5), doubles(layer.feed1), outputs: feed))
      guard index < layers.count - 1 else { break }
      x = Plain.add(x, Plain.linear(hidden, doubles(layer.feed2), outputs: width))
    }
    return Plain.mean(hidden, length: x.rows).values + Plain.mean(x, length: x.rows).values
  }
}

@Test(arguments: [4, 8, 12, 16, 20, 24])
func `an encoder of any number of tokens agrees with plain loops and reads no lane behind them`(tokens: Int) {
  let fixture = EncoderFixture(layers: 2)
  let encoder = LaneEncoder(
    width: fixture.width, heads: fixture.heads, feed: fixture.feed, layers: fixture.layers, tokens: tokens)
  var stream = RandomStream(seed: 6, "tokens")
  let x = (0..<fixture.width * tokens).map { _ in Float(stream.normal()) }
  func run(padding: Float) -> [Float] {
    var lanes = [Float](repeating: padding, count: fixture.width * 24)
    for index in x.indices { lanes[index / tokens * 24 + index % tokens] = x[index] }
    var scratch = [Float](repeating: padding, count: encoder.scratchCount)
    var pooled = [Float](repeating: .nan, count: encoder.pooledCount)
    encoder(&lanes, scratch: &scratch, into: &pooled, stride: 1)
    return pooled
  }
  let found = run(padding: 0)
  let plain = fixture.pooled(
    PlainMatrix(rows: tokens, columns: fixture.width) { token, feature in Double(x[feature * tokens + token]) })
  for (value, expected) in zip(found, plain) { #expect(abs(Double(value) - expected) < 1e-5) }
  for padding in [Float.nan, .infinity, -1e30] {
    #expect(run(padding: padding).map(\.bitPattern) == found.map(\.bitPattern))
  }
}
