/// A 64-bit digest to notice change by (FNV-1a over 64-bit words, finished as SplitMix64 does); no protection against
/// anybody who forges.
package struct Digest64: Hashable, Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  @inline(__always)
  package mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01b3
    state ^= state >> 29
  }

  package mutating func add(_ value: Double) { add(value.bitPattern) }
  package mutating func add(_ value: Float) { add(UInt64(value.bitPattern)) }
  package mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

  package mutating func add(_ text: some StringProtocol) {
    add(text.utf8.count)
    for byte in text.utf8 { add(UInt64(byte)) }
  }

  /// Sixteen hexadecimal digits.
  package var hexadecimal: String {
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    z ^= z >> 31
    let digits = String(z, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
