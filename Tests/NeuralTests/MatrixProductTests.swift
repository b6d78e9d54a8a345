import Neural
import Statistics
import TestSupport
import Testing

func noise(_ count: Int, _ seed: UInt64) -> [Float] {
  var stream = RandomStream(seed: seed, "noise")
  return (0..<count).map { _ in Float(stream.normal()) }
}

struct MatrixProductTests {
  // Tiles of 1 to 8 rows and of 1 to 64 columns, some with a last vector that reaches back; blocks of 96 rows.
  @Test(arguments: [
    (1, 1, 1), (5, 3, 7), (6, 16, 4), (13, 29, 5), (100, 31, 9), (7, 64, 64), (97, 12, 27), (11, 50, 3), (24, 24, 16),
    (15, 134, 8), (9, 6, 5),
  ])
  func `products agree with three loops`(rows: Int, columns: Int, depth: Int) {
    let (a, b) = (noise(rows * depth, 1), noise(depth * columns, 2))
    let bias = noise(columns, 3)
    let plain = plainProduct(a, b, rows: rows, columns: columns, depth: depth)
    var c = [Float](repeating: .nan, count: rows * columns)
    multiply(a, b, into: &c, rows: rows, columns: columns, depth: depth)
    #expect(largestDifference(c, plain) < 1e-5 * Float(depth))
    multiply(a, b, into: &c, rows: rows, columns: columns, depth: depth, bias: bias, adding: true)
    let twice = plain.indices.map { 2 * plain[$0] + bias[$0 % columns] }
    #expect(largestDifference(c, twice) < 2e-5 * Float(depth))
  }

  @Test(arguments: [(1, 1, 1), (5, 3, 7), (13, 29, 300), (64, 93, 17), (8, 12, 600), (30, 50, 20)])
  func `outer products agree with the product of the transpose`(outputs: Int, inputs: Int, rows: Int) {
    let (a, b) = (noise(rows * outputs, 4), noise(rows * inputs, 5))
    var across = [Float](repeating: 0, count: a.count)
    transpose(a, rows: rows, columns: outputs, into: &across)
    let plain = plainProduct(across, b, rows: outputs, columns: inputs, depth: rows)
    var c = [Float](repeating: 1, count: outputs * inputs)
    multiplyTransposed(a, b, into: &c, rows: rows, outputs: outputs, inputs: inputs, adding: true)
    #expect(largestDifference(c, plain.map { $0 + 1 }) < 1e-5 * Float(rows))
    multiplyTransposed(a, b, into: &c, rows: rows, outputs: outputs, inputs: inputs)
    #expect(largestDifference(c, plain) < 1e-5 * Float(rows))
  }
}

struct RowKernelTests {
  @Test(arguments: [1, 5, 8, 24, 64, 67])
  func `softmax shares agree with exponentials in Double`(columns: Int) {
    let x = noise(3 * columns, 6).map { 8 * $0 }
    var shares = x
    softmax(&shares, rows: 3, columns: columns, scale: 0.5)
    for row in 0..<3 {
      let terms = (0..<columns).map { exponential(0.5 * Double(x[row * columns + $0])) }
      let total = terms.reduce(0, +)
      for column in 0..<columns {
        #expect(abs(Double(shares[row * columns + column]) - terms[column] / total) < 1e-6)
      }
    }
  }

  @Test func `gelu agrees with the error function`() {
    let x = stride(from: Float(-8), through: 8, by: 0.37).map { $0 }
    var y = x
    gelu(x, count: x.count, into: &y)
    for (x, y) in zip(x.map(Double.init), y.map(Double.init)) {
      #expect(abs(y - x * normalShare(x)) < 3e-7 * max(1, abs(x)))
    }
  }

  @Test(arguments: [1, 7, 64])
  func `normalised rows have mean 0 and variance 1`(columns: Int) {
    var x = noise(4 * columns, 7).map { 3 * $0 + 100 }
    let ones = [Float](repeating: 1, count: columns)
    let zeros = [Float](repeating: 0, count: columns)
    let input = x
    layerNorm(input, weight: ones, bias: zeros, rows: 4, columns: columns, into: &x)
    for row in 0..<4 where columns > 1 {
      let values = x[row * columns..<(row + 1) * columns].map(Double.init)
      #expect(abs(values.reduce(0, +)) / Double(columns) < 1e-4)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / Double(columns) - 1) < 1e-3)
    }
  }
}
