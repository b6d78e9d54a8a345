import Neural

extension MapStack {
  /// Shape `(maps, channels, edge, edge)`.
  var values: [Float] {
    (0..<maps).flatMap { map in
      (0..<channels).flatMap { channel in (0..<edge * edge).map { self[map, channel, $0] } }
    }
  }
}

extension Tape {
  /// Maps with values, shape `(maps, channels, edge, edge)`.
  func maps(channels: Int, edge: Int, values: [Float]) -> MapStack {
    let (pixels, count) = (edge * edge, channels * edge * edge)
    let stack = maps(values.count / count, channels: channels, edge: edge)
    for (index, value) in values.enumerated() {
      stack[index / count, index / pixels % channels, index % pixels] = value
    }
    return stack
  }
}
