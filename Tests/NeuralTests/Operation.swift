import Foundation
import Neural
import Statistics

/// One operation on a tape, fed with values and parameters, and the same in Double.
struct Operation: Sendable, CustomStringConvertible {
  let description: String
  /// Shape of the input.
  let rows: Int
  let columns: Int
  /// Values of all parameters together.
  let parameters: Int
  let apply: @Sendable (Tape, Activation, Weight) -> Activation
  let plain: @Sendable (PlainMatrix, [Double]) -> PlainMatrix

  init(
    _ description: String, rows: Int, columns: Int, parameters: Int = 0,
    _ apply: @escaping @Sendable (Tape, Activation, Weight) -> Activation,
    plain: @escaping @Sendable (PlainMatrix, [Double]) -> PlainMatrix
  ) {
    self.description = description
    self.rows = rows
    self.columns = columns
    self.parameters = parameters
    self.apply = apply
    self.plain = plain
  }

  /// Output and gradients of `Σ direction ⊙ output`, a loss that sees every entry.
  func run(_ x: [Float], _ w: [Float]) -> (output: [Float], dx: [Float], dw: [Float]) {
    let tape = Tape()
    // The values live as long as the tape.
    defer { withExtendedLifetime(tape) {} }
    let input = tape.activation(rows: rows, columns: columns)
    for index in x.indices { input.values[index] = x[index] }
    let parameters = tape.arena.zeros(max(w.count, 1))
    for index in w.indices { parameters[index] = w[index] }
    let gradient = tape.arena.zeros(max(w.count, 1))
    let output = apply(tape, input, Weight(values: parameters, gradient: gradient))
    for (index, value) in noise(output.count, 99).enumerated() { output.gradient?[index] = value }
    let values = (0..<output.count).map { output.values[$0] }
    tape.goBack()
    let dx = input.gradient.map { Array(UnsafeBufferPointer(start: $0, count: input.count)) } ?? []
    return (values, dx, Array(UnsafeBufferPointer(start: gradient, count: w.count)))
  }

  func plainly(_ x: [Double], _ w: [Double]) -> [Double] {
    plain(PlainMatrix(rows: rows, columns: columns, values: x), w).values
  }

  private static func mask(_ count: Int, _ rate: Double, seed: UInt64) -> [Double] {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    let mask = Dropout(rate: rate, stream: RandomStream(seed: seed)).mask(count: count, arena: arena)
    return (0..<count).map { Double(mask[$0]) }
  }
}

extension Weight {
  /// The rest of the parameters, from the `count`-th on.
  fileprivate func dropping(_ count: Int) -> Weight { Weight(values: values + count, gradient: gradient + count) }
}

extension Operation {
  static let all: [Operation] = layers + rows + attention

  private static let layers: [Operation] =
    [(5, 3, 4), (13, 29, 31), (1, 1, 1), (7, 20, 17)].map { rows, inputs, outputs in
      Operation(
        "linear \(rows) x \(inputs) to \(outputs)", rows: rows, columns: inputs, parameters: outputs * (inputs + 1),
        { tape, x, w in tape.linear(x, weight: w, bias: w.dropping(outputs * inputs), outputs: outputs) },
        plain: { Plain.linear($0, $1, outputs: outputs) })
    }
    + [(5, 3, 4), (13, 29, 31)].map { rows, inputs, outputs in
      Operation(
        "linear without bias \(rows) x \(inputs) to \(outputs)", rows: rows, columns: inputs,
        parameters: outputs * inputs, { tape, x, w in tape.linear(x, weight: w, outputs: outputs) },
        plain: { Plain.linear($0, $1 + [Double](repeating: 0, count: outputs), outputs: outputs) })
    }
    + [(3, 7), (2, 64), (5, 13)].map { rows, columns in
      Operation(
        "layer norm \(rows) x \(columns)", rows: rows, columns: columns, parameters: 2 * columns,
        { tape, x, w in tape.normalise(x, weight: w, bias: w.dropping(columns)) },
        plain: { Plain.normalise($0, $1, epsilon: Double(layerNormEpsilon)) })
    }

  private static let rows: [Operation] = [
    Operation("gelu", rows: 7, columns: 9, { tape, x, _ in tape.gelu(x) }, plain: { x, _ in Plain.gelu(x) }),
    Operation(
      "rectifier", rows: 5, columns: 7, { tape, x, _ in tape.rectify(tape.add(x, to: tape.gelu(x))) },
      plain: { x, _ in Plain.add(x, Plain.gelu(x)).map { max($0, 0) } }),
    Operation(
      "dropout", rows: 5, columns: 7,
      { tape, x, _ in tape.dropOut(tape.gelu(x), Dropout(rate: 0.3, stream: RandomStream(seed: 4))) },
      plain: { x, _ in Plain.gelu(x).times(mask(35, 0.3, seed: 4)) }),
    Operation(
      "mean of rows", rows: 15, columns: 3, { tape, x, _ in tape.poolMean(x, length: 5) },
      plain: { x, _ in Plain.mean(x, length: 5) }),
    Operation(
      "concatenation and sum", rows: 3, columns: 5,
      { tape, x, _ in
        tape.concatenate([x, tape.add(x, to: tape.gelu(x)), tape.input([1, 2, 3], columns: 1)])
      },
      plain: { x, _ in
        Plain.sideBySide([x, Plain.add(x, Plain.gelu(x)), PlainMatrix(rows: 3, columns: 1, values: [1, 2, 3])])
      }),
    Operation(
      "table of positions", rows: 6, columns: 3,
      { tape, x, _ in tape.gelu(tape.addPeriodic([1, 2, 3, 4, 5, 6, 7, 8, 9], to: tape.gelu(x))) },
      plain: { x, _ in
        let table = PlainMatrix(rows: 6, columns: 3) { row, column in Double(row % 3 * 3 + column + 1) }
        return Plain.gelu(Plain.add(table, Plain.gelu(x)))
      }),
    Operation(
      "unit length", rows: 3, columns: 5, { tape, x, _ in tape.normaliseLength(x) },
      plain: { x, _ in Plain.unitLength(x) }),
    Operation(
      "noise", rows: 3, columns: 1, { tape, x, _ in tape.perturb(x, scale: [1, 0.5, -2], shift: [0, 1, 2]) },
      plain: { x, _ in Plain.add(x.times([1, 0.5, -2]), PlainMatrix(rows: 3, columns: 1, values: [0, 1, 2])) }),
    Operation(
      "softplus weight", rows: 3, columns: 1, parameters: 1,
      { tape, x, w in tape.addSoftplus(w, times: [1, -2, 0.5], to: tape.gelu(x)) },
      plain: { x, w in
        let skip = PlainMatrix(rows: 3, columns: 1, values: [1, -2, 0.5]).map { $0 * log(1 + exponential(w[0])) }
        return Plain.add(Plain.gelu(x), skip)
      }),
  ]

  private static let attention: [Operation] =
    [(4, 2, 2, 2), (7, 3, 5, 1), (24, 1, 4, 2)].map {
      length, heads, depth, sequences in
      Operation(
        "attention of \(sequences) x \(length), \(heads) heads of \(depth)", rows: sequences * length,
        columns: 3 * heads * depth, { tape, x, _ in tape.attend(x, length: length, heads: heads) },
        plain: { x, _ in Plain.attend(x, length: length, heads: heads) })
    } + [
      Operation(
        "attention with dropout", rows: 10, columns: 18,
        { tape, x, _ in
          tape.attend(x, length: 5, heads: 2, dropout: Dropout(rate: 0.3, stream: RandomStream(seed: 3)))
        }, plain: { x, _ in Plain.attend(x, length: 5, heads: 2, mask: mask(2 * 2 * 25, 0.3, seed: 3)) })
    ]
}
