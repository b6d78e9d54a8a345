import Statistics
import Testing

private func digest(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum($0) } }

/// Digests of the reference implementation, made with Python's `xxhash.xxh64_intdigest`.
@Test(
  arguments: [("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999)]
    as [(String, UInt64)])
func `short texts have the digests of the reference`(text: String, expected: UInt64) {
  #expect(digest(Array(text.utf8)) == expected)
}

@Test func `a text longer than the four lanes has the digest of the reference`() {
  #expect(digest((0..<100).map { UInt8(truncatingIfNeeded: 37 * $0 + 11) }) == 0x4826_E367_566E_A023)
}

@Test(arguments: [1, 7, 31, 32, 33, 100])
func `every flipped bit and every lost byte changes the digest`(count: Int) {
  let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 37 * $0 + 11) }
  let whole = digest(bytes)
  for place in bytes.indices {
    for bit in 0..<8 {
      var changed = bytes
      changed[place] ^= 1 << UInt8(bit)
      #expect(digest(changed) != whole)
    }
  }
  #expect(digest(Array(bytes.dropLast())) != whole && digest(bytes + [0]) != whole)
}
