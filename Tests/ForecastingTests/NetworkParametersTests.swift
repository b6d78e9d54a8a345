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

@Test(arguments: [NetworkShape.paper, .tiny])
func `the start state lets the physics speak alone`(shape: NetworkShape) {
  let parameters = NetworkParameters(shape, seed: 7)
  #expect(parameters["classifier.weight"].allSatisfy { $0 == 0 })
  #expect(abs(parameters.skip - 0.5) < 1e-6)
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
}

@Test func `the operations of a cell are those METHOD counts`() {
  #expect(NetworkShape.paper.denseMultiplyAdds == 2_826_528)
}
