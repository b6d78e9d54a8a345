import CKernels

extension Tape {
  /// The mean of each run of `length` rows.
  ///
  /// Shapes: `X (sequences · length, columns)`, `Y (sequences, columns)`. `dx += dy / length`.
  package func poolMean(_ x: Activation, length: Int) -> Activation {
    let (sequences, columns) = (x.rows / length, x.columns)
    precondition(x.rows == sequences * length, "\(x.rows) rows in sequences of \(length)")
    let y = activation(rows: sequences, columns: columns)
    let share = 1 / Float(length)
    for sequence in 0..<sequences {
      let to = y.values + sequence * columns
      to.update(repeating: 0, count: columns)
      lsmap_add_column_sums(length, columns, x.values + sequence * length * columns, columns, to)
      for column in 0..<columns { to[column] *= share }
    }
    record {
      guard let dy = y.gradient, let dx = x.gradient else { return }
      for row in 0..<x.rows { lsmap_add_scaled(columns, share, dy + row / length * columns, dx + row * columns) }
      y.forgetGradient()
    }
    return y
  }

  /// The columns of several matrices side by side; each takes its part of the gradient.
  package func concatenate(_ parts: [Activation]) -> Activation {
    let rows = parts.first?.rows ?? 0
    precondition(parts.allSatisfy { $0.rows == rows }, "parts of \(parts.map(\.rows)) rows")
    let y = activation(rows: rows, columns: parts.reduce(0) { $0 + $1.columns })
    var begin = 0
    for part in parts {
      for row in 0..<rows {
        (y.values + row * y.columns + begin).update(from: part.values + row * part.columns, count: part.columns)
      }
      begin += part.columns
    }
    record {
      guard let dy = y.gradient else { return }
      var begin = 0
      for part in parts {
        if let dx = part.gradient {
          for row in 0..<rows { lsmap_add(part.columns, dy + row * y.columns + begin, dx + row * part.columns) }
        }
        begin += part.columns
      }
    }
    return y
  }
}
