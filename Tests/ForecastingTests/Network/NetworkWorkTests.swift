import Forecasting
import Testing

@Test func `the operations of a training sample are those METHOD counts`() {
  #expect(NetworkShape.paper.patchMultiplyAdds == 6_628_128)
  // Twice the forward ones, less the first convolutions, whose inputs need no gradient.
  #expect(NetworkShape.paper.gradientMultiplyAdds == 2 * 6_628_128 - 437_472 - 508_032)
  var small = NetworkShape.paper
  small.patch = 5
  // 9 and 1 places of the two convolutions: 9 (9 x 31 x 32 + 32 x 32) and 24 x 9 (9 x 3 x 16 + 16 x 32); the rest as METHOD.
  #expect(small.patchMultiplyAdds == 89_568 + 203_904 + 98_304 + 2_580_480 + 8_640)
}
