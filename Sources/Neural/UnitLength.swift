extension Tape {
  /// `y = x / max(‖x‖, 1e-8)` for each row.
  ///
  ///     dx += (dy − y (y · dy)) / ‖x‖
  package func normaliseLength(_ x: Activation) -> Activation {
    let y = activation(rows: x.rows, columns: x.columns)
    let lengths = arena.allocate(x.rows)
    for row in 0..<x.rows {
      let (from, to) = (x.values + row * x.columns, y.values + row * x.columns)
      var squares = 0.0
      for column in 0..<x.columns { squares += Double(from[column]) * Double(from[column]) }
      let length = max(Float(squares.squareRoot()), 1e-8)
      lengths[row] = length
      for column in 0..<x.columns { to[column] = from[column] / length }
    }
    record {
      guard let dy = y.gradient, let dx = x.gradient else { return }
      for row in 0..<x.rows {
        let begin = row * x.columns
        var product = 0.0
        for i in begin..<begin + x.columns { product += Double(y.values[i]) * Double(dy[i]) }
        for i in begin..<begin + x.columns { dx[i] += (dy[i] - y.values[i] * Float(product)) / lengths[row] }
      }
    }
    return y
  }
}
