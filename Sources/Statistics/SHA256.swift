/// SHA-256 of bytes that may come in pieces.
///
/// - Source: FIPS 180-4, section 6.2.
package struct SHA256: Sendable {
  private var state = initialState
  /// Bytes that do not fill a block yet.
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount += UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending += taken
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes { compress(&state, $0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    if whole > 0 { compress(&state, UnsafeRawBufferPointer(rebasing: rest.prefix(whole))) }
    pending += rest.dropFirst(whole)
  }

  package mutating func update(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { update($0) }
  }

  /// The 32 bytes of the digest of all bytes so far.
  package var digest: [UInt8] {
    var copy = self
    // A one bit, zeros up to 8 bytes before a block's end, the count of bits.
    let zeros = (119 - Int(byteCount % 64)) % 64
    let bits = byteCount &* 8
    copy.update([0x80] + [UInt8](repeating: 0, count: zeros))
    copy.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return copy.state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
  }

  /// The digest as 64 hexadecimal digits in lower case.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The digest of one piece, as 64 hexadecimal digits.
  package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexadecimal
  }
}

/// Takes whole blocks of 64 bytes into the state.
private func compress(_ state: inout [UInt32], _ blocks: UnsafeRawBufferPointer) {
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
    roundConstants.withUnsafeBufferPointer { constants in
      for block in stride(from: 0, to: blocks.count, by: 64) {
        for t in 0..<16 {
          schedule[t] = UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: block + 4 * t, as: UInt32.self))
        }
        for t in 16..<64 {
          let (w15, w2) = (schedule[t - 15], schedule[t - 2])
          let s0 = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 >> 3)
          let s1 = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 >> 10)
          schedule[t] = schedule[t - 16] &+ s0 &+ schedule[t - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // After eight rounds each word is back in its place: none is moved from one to the next.
        for t in stride(from: 0, to: 64, by: 8) {
          round(a, b, c, &d, e, f, g, &h, constants[t] &+ schedule[t])
          round(h, a, b, &c, d, e, f, &g, constants[t + 1] &+ schedule[t + 1])
          round(g, h, a, &b, c, d, e, &f, constants[t + 2] &+ schedule[t + 2])
          round(f, g, h, &a, b, c, d, &e, constants[t + 3] &+ schedule[t + 3])
          round(e, f, g, &h, a, b, c, &d, constants[t + 4] &+ schedule[t + 4])
          round(d, e, f, &g, h, a, b, &c, constants[t + 5] &+ schedule[t + 5])
          round(c, d, e, &f, g, h, a, &b, constants[t + 6] &+ schedule[t + 6])
          round(b, c, d, &e, f, g, h, &a, constants[t + 7] &+ schedule[t + 7])
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
        state[5] &+= f
        state[6] &+= g
        state[7] &+= h
      }
    }
  }
}

/// One round: the new `a` is left in the place of `h`, the new `e` in that of `d`.
@inline(__always)
private func round(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
  _ word: UInt32
) {
  let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
  // The standard's choice and majority, each with an operation less.
  let (choice, majority) = (g ^ (e & (f ^ g)), (a & b) | (c & (a | b)))
  let first = h &+ sum1 &+ choice &+ word
  d = d &+ first
  h = first &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
}

@inline(__always)
private func rotated(_ word: UInt32, _ right: UInt32) -> UInt32 { (word >> right) | (word << (32 - right)) }

/// The first 32 bits of the fractional parts of the square roots of the first eight primes.
private let initialState: [UInt32] = [
  0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
]

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
