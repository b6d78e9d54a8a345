import CKernels
package import Statistics

/// A seeded source of dropout masks for one chunk of one batch.
package final class Dropout {
  private let rate: Double
  private var stream: RandomStream

  /// - Precondition: `0 < rate < 1`.
  package init(rate: Double, stream: RandomStream) {
    precondition(rate > 0 && rate < 1, "a dropout rate of \(rate)")
    self.rate = rate
    self.stream = stream
  }

  /// `count` values that are 0 with probability `rate` (to 1 / 65,536) and 1 / (1 − rate) otherwise.
  package func mask(count: Int, arena: Arena) -> UnsafeMutablePointer<Float> {
    let mask = arena.allocate(count)
    let limit = UInt16(min((rate * 65_536).rounded(), 65_535))
    // Four decisions from each draw.
    let words = arena.words((count + 3) / 4)
    // A copy, because each access to a class's property is checked at run time.
    var stream = self.stream
    for index in 0..<(count + 3) / 4 { words[index] = stream.next() }
    self.stream = stream
    lsmap_dropout_mask(count, words, limit, Float(1 / (1 - rate)), mask)
    return mask
  }
}

extension Tape {
  /// `xᵢ = mᵢ xᵢ` in place for every row `i`, `dxᵢ = mᵢ dxᵢ`: a sample loses a whole branch or none of it; nothing without a
  /// dropout.
  @discardableResult
  package func dropRows(_ x: Activation, _ dropout: Dropout?) -> Activation {
    guard let dropout else { return x }
    let mask = dropout.mask(count: x.rows, arena: arena)
    func scale(_ values: UnsafeMutablePointer<Float>) {
      for index in 0..<x.count { values[index] *= mask[index / x.columns] }
    }
    scale(x.values)
    record { if let dx = x.gradient { scale(dx) } }
    return x
  }

  /// `x = x ⊙ M` in place, `dx = dx ⊙ M`; nothing without a dropout.
  @discardableResult
  package func dropOut(_ x: Activation, _ dropout: Dropout?) -> Activation {
    guard let dropout else { return x }
    let mask = dropout.mask(count: x.count, arena: arena)
    lsmap_multiply(x.count, mask, x.values)
    record {
      if let dx = x.gradient { lsmap_multiply(x.count, mask, dx) }
    }
    return x
  }
}
