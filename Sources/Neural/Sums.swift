import CKernels

extension Tape {
  /// `y += x` in place: the short way round a layer. `dx += dy`.
  @discardableResult
  package func add(_ x: Activation, to y: Activation) -> Activation {
    precondition(x.rows == y.rows && x.columns == y.columns, "\(x.rows) x \(x.columns) to \(y.rows) x \(y.columns)")
    lsmap_add(x.count, x.values, y.values)
    record {
      guard let dy = y.gradient, let (dx, adding) = x.gradientPart else { return }
      if adding { lsmap_add(x.count, dy, dx) } else { dx.update(from: dy, count: x.count) }
    }
    return y
  }

  /// Adds row `i mod period` of a constant table `(period, columns)` to row `i`, in place.
  @discardableResult
  package func addPeriodic(_ table: [Float], to x: Activation) -> Activation {
    let period = table.count / x.columns
    precondition(table.count == period * x.columns && x.rows.isMultiple(of: period), "a table of \(table.count) values")
    table.withUnsafeBufferPointer { table in
      guard let base = table.baseAddress else { return }
      for row in stride(from: 0, to: x.rows, by: period) {
        lsmap_add(table.count, base, x.values + row * x.columns)
      }
    }
    return x
  }

  /// `y = a ⊙ x + b` with constants `a`, `b` of the shape of `x`: noise on features. `dx += a ⊙ dy` unless `detached`.
  package func perturb(_ x: Activation, scale a: [Float], shift b: [Float], detached: Bool = false) -> Activation {
    precondition(a.count == x.count && b.count == x.count, "\(a.count) and \(b.count) values of noise for \(x.count)")
    let y = activation(rows: x.rows, columns: x.columns)
    for index in 0..<x.count { y.values[index] = a[index] * x.values[index] + b[index] }
    record {
      guard !detached, let dy = y.gradient, let dx = x.gradient else { return }
      for index in 0..<x.count { dx[index] += a[index] * dy[index] }
    }
    return y
  }

  /// `y = x + softplus(raw) c` for constants `c`, in place on a column `x (rows, 1)`: a weight that cannot turn negative.
  ///
  ///     draw += σ(raw) Σ dy c
  @discardableResult
  package func addSoftplus(_ raw: Weight, times c: [Float], to x: Activation) -> Activation {
    precondition(c.count == x.count && x.columns == 1, "\(c.count) constants for \(x.count) rows")
    let scale = Float(softplus(Double(raw.values[0])))
    for row in 0..<x.rows { x.values[row] += scale * c[row] }
    record {
      guard let dx = x.gradient else { return }
      var total = 0.0
      for row in 0..<x.rows { total += Double(dx[row]) * Double(c[row]) }
      raw.gradient[0] += Float(total * logistic(Double(raw.values[0])))
    }
    return x
  }
}
