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

  /// `count` factors that are 0 with probability `rate` (to 1 / 65,536) and 1 / (1 − rate) otherwise.
  package func mask(count: Int, arena: Arena) -> DropoutMask {
    // Four decisions from each draw.
    let draws = (count + 3) / 4
    let words = arena.words(draws)
    stream.fill(UnsafeMutableBufferPointer(start: words, count: draws))
    return DropoutMask(
      bits: UnsafeMutableRawPointer(words).bindMemory(to: UInt16.self, capacity: 4 * draws),
      limit: UInt16(min((rate * 65_536).rounded(), 65_535)), kept: Float(1 / (1 - rate)))
  }
}

/// Factors of a dropout as the random bits that decide them: a quarter of the memory, and no pass to write them.
package struct DropoutMask {
  /// Sixteen bits a factor, in the order of little-endian draws.
  private let bits: UnsafePointer<UInt16>
  private let limit: UInt16
  private let kept: Float

  fileprivate init(bits: UnsafePointer<UInt16>, limit: UInt16, kept: Float) {
    (self.bits, self.limit, self.kept) = (bits, limit, kept)
  }

  package subscript(index: Int) -> Float { bits[index] < limit ? 0 : kept }

  /// The mask from a factor on.
  func dropFirst(_ count: Int) -> DropoutMask { DropoutMask(bits: bits + count, limit: limit, kept: kept) }

  /// `y = x ⊙ M` for the first `count` values; `y` may be `x` itself.
  func apply(to x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>) {
    lsmap_drop_out(count, bits, limit, kept, x, y)
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
    mask.apply(to: x.values, count: x.count, into: x.values)
    record {
      if let dx = x.gradient { mask.apply(to: dx, count: x.count, into: dx) }
    }
    return x
  }
}
