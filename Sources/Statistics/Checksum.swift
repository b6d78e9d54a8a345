/// XXH64 of bytes: tells a flipped or lost bit at the speed of memory. No protection against intent; that is `SHA256`.
///
/// - Parameter bytes: All of them.
/// - Returns: The digest with seed 0.
/// - Source: Y. Collet, xxHash fast digest algorithm, specification 0.1.1, XXH64.
package func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  let count = bytes.count
  var place = 0
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
  var hash: UInt64
  if count >= 32 {
    var (a, b) = (prime1 &+ prime2, prime2)
    var (c, d) = (UInt64(0), 0 &- prime1)
    while place + 32 <= count {
      a = mixed(a, word(place))
      b = mixed(b, word(place + 8))
      c = mixed(c, word(place + 16))
      d = mixed(d, word(place + 24))
      place += 32
    }
    hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
    for lane in [a, b, c, d] { hash = (hash ^ mixed(0, lane)) &* prime1 &+ prime4 }
  } else {
    hash = prime5
  }
  hash &+= UInt64(count)
  while place + 8 <= count {
    hash = rotated(hash ^ mixed(0, word(place)), 27) &* prime1 &+ prime4
    place += 8
  }
  if place + 4 <= count {
    let half = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    hash = rotated(hash ^ (UInt64(half) &* prime1), 23) &* prime2 &+ prime3
    place += 4
  }
  for byte in bytes[place...] { hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1 }
  hash = (hash ^ (hash >> 33)) &* prime2
  hash = (hash ^ (hash >> 29)) &* prime3
  return hash ^ (hash >> 32)
}

@inline(__always)
private func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 { rotated(lane &+ word &* prime2, 31) &* prime1 }

@inline(__always)
private func rotated(_ word: UInt64, _ left: UInt64) -> UInt64 { (word << left) | (word >> (64 - left)) }

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
