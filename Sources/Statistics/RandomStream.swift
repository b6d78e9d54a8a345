/// A reproducible stream of random numbers: xoshiro256** seeded through SplitMix64.
///
/// The numbers depend only on the seed and the names given to `init`, never on other streams, so a stream for each
/// (region, purpose) keeps its values when another one draws more or less.
/// - Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators" (2021), public domain reference.
package struct RandomStream: RandomNumberGenerator, Equatable, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// - Parameters:
  ///   - seed: The run's seed.
  ///   - path: What the stream is for, as numbers and words: region 3, "rain".
  package init(seed: UInt64, path: [StreamKey] = []) {
    var mixer = SplitMix64(state: seed)
    for key in path { mixer = SplitMix64(state: mixer.next() ^ key.hash) }
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  package init(seed: UInt64, _ path: StreamKey...) { self.init(seed: seed, path: path) }

  /// The four words of the state, for a checkpoint.
  package var words: [UInt64] {
    get { [state.0, state.1, state.2, state.3] }
    set {
      precondition(newValue.count == 4, "a stream has 4 words, not \(newValue.count)")
      state = (newValue[0], newValue[1], newValue[2], newValue[3])
    }
  }

  package mutating func next() -> UInt64 {
    let result = (state.1 &* 5).rotated(left: 7) &* 9
    let t = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= t
    state.3 = state.3.rotated(left: 45)
    return result
  }

  /// The next numbers, as many as the buffer holds; faster than one call each from another room.
  package mutating func fill(_ numbers: UnsafeMutableBufferPointer<UInt64>) {
    var stream = self
    for index in numbers.indices { numbers[index] = stream.next() }
    self = stream
  }

  package static func == (a: RandomStream, b: RandomStream) -> Bool { a.words == b.words }
}

/// A number or a word in the name of a stream.
package enum StreamKey: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case number(Int)
  case word(String)

  package init(stringLiteral value: String) { self = .word(value) }
  package init(integerLiteral value: Int) { self = .number(value) }

  fileprivate var hash: UInt64 {
    switch self {
    case .number(let n): UInt64(bitPattern: Int64(n)) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    // FNV-1a: Swift's own hash changes from run to run.
    case .word(let w): w.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
  }
}

private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension UInt64 {
  fileprivate func rotated(left k: UInt64) -> UInt64 { (self << k) | (self >> (64 - k)) }
}
