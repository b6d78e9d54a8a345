extension NetworkShape {
  /// Multiply-adds of one cell when its neighbours share the convolutions (METHOD 3.4).
  package var denseMultiplyAdds: Double {
    multiplyAdds { 9 * ($0 * $1[0] + $1[0] * $1[1]) }
  }

  /// Multiply-adds of all layers, the convolutions of a branch by its input maps and widths.
  private func multiplyAdds(_ convolutions: (Int, [Int]) -> Int) -> Double {
    let statics = readsGround ? convolutions(staticChannels, staticWidths) : 0
    let linear = tokens * width * (4 * width + 2 * feedWidth)
    let attention = 2 * tokens * tokens * width
    let frames = readsRain ? tokens * convolutions(hoursPerToken, rainWidths) : 0
    let rain = readsRain ? frames + tokens * tokenFeatures * width + layers * (linear + attention) : 0
    return Double(statics + rain + joined * latent + latent)
  }

  /// Multiply-adds of one sample's patch, forward (METHOD 3.4).
  package var patchMultiplyAdds: Double {
    let (outer, inner) = ((patch - 2) * (patch - 2), pooled * pooled)
    return multiplyAdds { 9 * (outer * $0 * $1[0] + inner * $1[0] * $1[1]) }
  }

  /// Multiply-adds of its gradients: twice the forward ones, but inputs need none.
  package var gradientMultiplyAdds: Double {
    let outer = 9 * (patch - 2) * (patch - 2)
    let statics = readsGround ? staticChannels * staticWidths[0] : 0
    let rain = readsRain ? tokens * hoursPerToken * rainWidths[0] : 0
    return 2 * patchMultiplyAdds - Double(outer * (statics + rain))
  }
}
