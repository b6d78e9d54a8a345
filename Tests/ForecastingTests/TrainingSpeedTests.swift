import Forecasting
import Testing

@Test func `the operations of a training sample are those METHOD counts`() {
  #expect(NetworkShape.paper.patchMultiplyAdds == 6_628_128)
  // Twice the forward ones, less the first convolutions, whose inputs need no gradient.
  #expect(NetworkShape.paper.gradientMultiplyAdds == 2 * 6_628_128 - 437_472 - 508_032)
}
