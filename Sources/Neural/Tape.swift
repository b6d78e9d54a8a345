/// A matrix on a tape: the values of a forward pass and the gradient that the backward pass adds to.
package struct Activation {
  package let rows: Int
  package let columns: Int
  package let values: UnsafeMutablePointer<Float>
  /// `nil` for inputs, which need none.
  private let slope: Gradient?

  package var count: Int { rows * columns }

  init(rows: Int, columns: Int, values: UnsafeMutablePointer<Float>, slope: Gradient?) {
    self.rows = rows
    self.columns = columns
    self.values = values
    self.slope = slope
  }

  /// The gradient, the same shape, 0 where nothing has been added; `nil` for inputs.
  package var gradient: UnsafeMutablePointer<Float>? { slope?.values }

  /// Where an operation puts its part of the gradient, and whether there is something to add it to: else every value is to
  /// be written. `nil` for inputs.
  var gradientPart: (values: UnsafeMutablePointer<Float>, adding: Bool)? { slope?.part() }

  /// Gives the gradient's memory back: the operation that made the matrix has led it further.
  func forgetGradient() { slope?.forget() }
}

/// The gradient of a matrix, whose memory is taken when it is first asked for.
final class Gradient {
  private let count: Int
  private let pool: GradientPool
  private var memory: UnsafeMutablePointer<Float>?

  init(count: Int, pool: GradientPool) {
    self.count = count
    self.pool = pool
  }

  var values: UnsafeMutablePointer<Float> {
    let (values, adding) = part()
    if !adding { values.update(repeating: 0, count: count) }
    return values
  }

  func part() -> (values: UnsafeMutablePointer<Float>, adding: Bool) {
    if let memory { return (memory, true) }
    let fresh = pool.take(count)
    memory = fresh
    return (fresh, false)
  }

  func forget() {
    guard let memory else { return }
    pool.giveBack(memory, count: count)
    self.memory = nil
  }
}

/// Memory of gradients that are done, for others of the same size while it is in the caches.
final class GradientPool {
  private let arena: Arena
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]

  init(arena: Arena) { self.arena = arena }

  func take(_ count: Int) -> UnsafeMutablePointer<Float> { free[count]?.popLast() ?? arena.allocate(count) }

  func giveBack(_ memory: UnsafeMutablePointer<Float>, count: Int) { free[count, default: []].append(memory) }

  /// The arena has taken everything back.
  func reset() { free.removeAll(keepingCapacity: true) }
}

/// A tensor of parameters as the operations see it: values, and where its gradient is added.
package struct Weight {
  package let values: UnsafePointer<Float>
  package let gradient: UnsafeMutablePointer<Float>
  /// The transpose of a matrix where all chunks of a batch share one; else who needs it makes it.
  let transposed: UnsafePointer<Float>?

  package init(
    values: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, transposed: UnsafePointer<Float>? = nil
  ) {
    self.values = values
    self.gradient = gradient
    self.transposed = transposed
  }

  /// `(inputs, outputs)` of a matrix `(outputs, inputs)`.
  func transposed(outputs: Int, inputs: Int, arena: Arena) -> UnsafePointer<Float> {
    if let transposed { return transposed }
    let across = arena.allocate(inputs * outputs)
    transpose(values, rows: outputs, columns: inputs, into: across)
    return UnsafePointer(across)
  }
}

/// Reverse-mode differentiation of a fixed chunk of a batch.
///
/// Each operation computes its values at once and leaves behind how its gradient is found; `goBack` runs these in
/// reverse. An operation is a method in a file of its own with both halves. Operations named in the imperative of
/// changing (`rectify`, `dropOut`, `add`) work in place on an activation whose producer does not need its own output. The
/// producer's is the last step back that reads an activation's gradient, and gives its memory back.
/// A tape is used by one worker at a time; its memory is the arena's, and activations must not outlive both.
package final class Tape {
  package let arena: Arena
  private let pool: GradientPool
  private var gradients: [() -> Void] = []

  /// The output whose gradient is only known when all chunks have gone forward.
  package private(set) var kept: Activation?

  package init(arena: Arena = Arena()) {
    self.arena = arena
    pool = GradientPool(arena: arena)
  }

  /// Remembers an output until the tape is reset.
  package func keep(_ output: Activation) { kept = output }

  /// A matrix to be filled; its gradient begins at 0.
  package func activation(rows: Int, columns: Int) -> Activation {
    Activation(
      rows: rows, columns: columns, values: arena.allocate(rows * columns),
      slope: Gradient(count: rows * columns, pool: pool))
  }

  /// A matrix to be filled that needs no gradient.
  package func input(rows: Int, columns: Int) -> Activation {
    Activation(rows: rows, columns: columns, values: arena.allocate(rows * columns), slope: nil)
  }

  /// A copy of `values` as an input.
  package func input(_ values: [Float], columns: Int) -> Activation {
    precondition(values.count.isMultiple(of: columns), "\(values.count) values in rows of \(columns)")
    let input = input(rows: values.count / columns, columns: columns)
    for index in values.indices { input.values[index] = values[index] }
    return input
  }

  package func record(_ gradient: @escaping () -> Void) { gradients.append(gradient) }

  /// Runs the gradients of all operations, last first. The caller has set the gradients of the outputs.
  package func goBack() {
    while let gradient = gradients.popLast() { gradient() }
  }

  /// Forgets the operations and takes the memory back.
  package func reset() {
    gradients.removeAll(keepingCapacity: true)
    kept = nil
    pool.reset()
    arena.reset()
  }
}
