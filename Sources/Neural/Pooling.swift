import CKernels

extension Tape {
  /// The centre pixel and the mean of each square channels-last map: `y = [x[centre]; mean over pixels of x]`.
  ///
  /// Shapes: `X (maps · edge², channels)`, edge odd; `Y (maps, 2 · channels)`. `dx += dy_mean / edge²`, and `dy_centre`
  /// at the centre.
  package func poolCentreAndMean(_ x: Activation, edge: Int) -> Activation {
    let (pixels, channels) = (edge * edge, x.columns)
    let maps = x.rows / pixels
    precondition(x.rows == maps * pixels && edge % 2 == 1, "\(x.rows) rows in maps of \(pixels) pixels")
    let y = activation(rows: maps, columns: 2 * channels)
    let share = 1 / Float(pixels)
    let centre = pixels / 2 * channels
    for map in 0..<maps {
      let (from, to) = (x.values + map * pixels * channels, y.values + map * 2 * channels)
      for channel in 0..<channels { to[channel] = from[centre + channel] }
      (to + channels).update(repeating: 0, count: channels)
      lsmap_add_column_sums(pixels, channels, from, channels, to + channels)
      for channel in 0..<channels { to[channels + channel] *= share }
    }
    record {
      guard let dy = y.gradient, let dx = x.gradient else { return }
      for map in 0..<maps {
        let (from, to) = (dy + map * 2 * channels, dx + map * pixels * channels)
        for pixel in 0..<pixels { lsmap_add_scaled(channels, share, from + channels, to + pixel * channels) }
        lsmap_add(channels, from, to + centre)
      }
    }
    return y
  }

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
