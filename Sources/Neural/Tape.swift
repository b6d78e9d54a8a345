/// A matrix on a tape: the values of a forward pass and the gradient that the backward pass adds to.
package struct Activation {
  package let rows: Int
  package let columns: Int
  package let values: UnsafeMutablePointer<Float>
  /// The same shape; `nil` for inputs, which need none.
  package let gradient: UnsafeMutablePointer<Float>?

  package var count: Int { rows * columns }

  package init(
    rows: Int, columns: Int, values: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>?
  ) {
    self.rows = rows
    self.columns = columns
    self.values = values
    self.gradient = gradient
  }
}

/// A tensor of parameters as the operations see it: values, and where its gradient is added.
package struct Weight {
  package let values: UnsafePointer<Float>
  package let gradient: UnsafeMutablePointer<Float>

  package init(values: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>) {
    self.values = values
    self.gradient = gradient
  }
}

/// Reverse-mode differentiation of a fixed chunk of a batch.
///
/// Each operation computes its values at once and leaves behind how its gradient is found; `goBack` runs these in
/// reverse. An operation is a method in a file of its own with both halves. Operations named in the imperative of
/// changing (`rectify`, `dropOut`, `add`) work in place on an activation whose producer does not need its own output.
/// A tape is used by one worker at a time; its memory is the arena's, and activations must not outlive both.
package final class Tape {
  package let arena: Arena
  private var gradients: [() -> Void] = []

  /// The output whose gradient is only known when all chunks have gone forward.
  package private(set) var kept: Activation?

  package init(arena: Arena = Arena()) { self.arena = arena }

  /// Remembers an output until the tape is reset.
  package func keep(_ output: Activation) { kept = output }

  /// A matrix to be filled; its gradient begins at 0.
  package func activation(rows: Int, columns: Int) -> Activation {
    Activation(
      rows: rows, columns: columns, values: arena.allocate(rows * columns), gradient: arena.zeros(rows * columns))
  }

  /// A matrix to be filled that needs no gradient.
  package func input(rows: Int, columns: Int) -> Activation {
    Activation(rows: rows, columns: columns, values: arena.allocate(rows * columns), gradient: nil)
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
    arena.reset()
  }
}
