/// `A B` by three loops with sums in `Double`: the twin every fast product is held against.
///
/// `A` has shape `(rows, depth)`, `B` `(depth, columns)`; the result `(rows, columns)`.
public func plainProduct(_ a: [Float], _ b: [Float], rows: Int, columns: Int, depth: Int) -> [Float] {
  var c = [Float](repeating: 0, count: rows * columns)
  for i in 0..<rows {
    for j in 0..<columns {
      var sum = 0.0
      for l in 0..<depth { sum += Double(a[i * depth + l]) * Double(b[l * columns + j]) }
      c[i * columns + j] = Float(sum)
    }
  }
  return c
}
