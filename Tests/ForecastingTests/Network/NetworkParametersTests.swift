import Forecasting
import Testing

@Test func `the paper's network has the parameters METHOD counts`() {
  let parameters = NetworkParameters(.paper, seed: 1)
  let head = parameters.entries.filter { $0.name.hasPrefix("metric") }.reduce(0) { $0 + $1.count }
  #expect(parameters.values.count - head == 136_578)
  #expect(head == 6_240)
  #expect(parameters.entry("encoder.2.attention.in.weight").shape == [192, 64])
  #expect(parameters.entry("latent.weight").shape == [64, 134])
}

@Test(arguments: [NetworkShape.paper, .tiny] + NetworkFixture.otherInputs)
func `the start state lets the physics speak alone`(shape: NetworkShape) {
  let parameters = NetworkParameters(shape, seed: 7)
  #expect(parameters["classifier.weight"].allSatisfy { $0 == 0 })
  #expect(parameters.skip.map { abs($0 - 0.5) < 1e-6 } ?? !shape.hasSkip)
  guard shape.readsRain else {
    #expect(!parameters.entries.contains { $0.name.hasPrefix("rain") || $0.name.hasPrefix("encoder") })
    return
  }
  #expect(parameters["encoder.0.norm1.weight"].allSatisfy { $0 == 1 })
  let convolution = parameters["rain.conv1.weight"]
  let bound = Float((6.0 / 27).squareRoot())
  #expect(convolution.allSatisfy { abs($0) <= bound })
  #expect(convolution.contains { abs($0) > 0.8 * bound })
}

@Test func `tensors are laid end to end and seeds decide them`() {
  let parameters = NetworkParameters(.tiny, seed: 3)
  for (entry, next) in zip(parameters.entries, parameters.entries.dropFirst()) {
    #expect(entry.range.upperBound == next.offset)
  }
  #expect(parameters == NetworkParameters(.tiny, seed: 3))
  #expect(parameters != NetworkParameters(.tiny, seed: 4))
}

@Test func `sizes that no network can have are named`() {
  var shape = NetworkShape.paper
  shape.heads = 5
  #expect(shape.flaw?.contains("heads") == true)
  shape = .paper
  shape.tokens = 0
  #expect(shape.flaw != nil)
  #expect(NetworkShape.paper.flaw == nil && NetworkShape.tiny.flaw == nil)
  #expect(NetworkFixture.otherInputs.allSatisfy { $0.flaw == nil })
  shape = .memory
  shape.physics = 7
  #expect(shape.flaw?.contains("0, 1, 6 or 14 of the physics") == true)
  shape.physics = 0
  shape.rainWidths = []
  #expect(shape.flaw != nil)
}

@Test(arguments: [
  (8, 24, 3, "a patch of 8 cells, not an odd number from 5 to 15"),
  (3, 24, 3, "a patch of 3 cells, not an odd number from 5 to 15"),
  (17, 24, 3, "a patch of 17 cells, not an odd number from 5 to 15"),
  (9, 10, 12, "10 tokens, not a multiple of 4 from 4 to 24"), (9, 28, 6, "28 tokens, not a multiple of 4 from 4 to 24"),
  (9, 0, 3, "0 tokens, not a multiple of 4 from 4 to 24"), (9, 24, 13, "13 hours a token, not 1 to 12"),
  (9, 24, 0, "0 hours a token, not 1 to 12"),
  (9, 12, 3, "12 tokens of 3 hours are a window of 36 hours, not of 1 to 10 whole days"),
  (9, 24, 11, "24 tokens of 11 hours are a window of 264 hours, not of 1 to 10 whole days"),
  (9, 4, 3, "4 tokens of 3 hours are a window of 12 hours, not of 1 to 10 whole days"),
])
func `patches and windows that cannot be are told in a sentence`(patch: Int, tokens: Int, hours: Int, words: String) {
  #expect(NetworkFixture.shape(patch: patch, tokens, x: hours).flaw == words)
}

@Test func `patch and window decide halo, margins and hours`() {
  let shape = NetworkFixture.shape(patch: 13, 12, x: 4)
  #expect(shape.flaw == nil && shape.halo == 6 && shape.pooled == 9 && shape.hours == 48)
  #expect(NetworkFixture.otherShapes.allSatisfy { $0.flaw == nil })
  #expect(NetworkShape.paper.halo == 4 && NetworkShape.paper.pooled == 5 && NetworkShape.paper.hours == 72)
  // The cells of a sample hold the widest patch wherever the augmentation moves its rain.
  #expect(NetworkShape.patches.upperBound + 2 * Augmentation.reach == SampleSite.side)
  #expect(NetworkParameters(shape, seed: 1).entry("rain.conv1.weight").shape == [4, 4, 3, 3])
}

@Test func `the operations of a cell are those METHOD counts`() {
  #expect(NetworkShape.paper.denseMultiplyAdds == 2_826_528)
}
