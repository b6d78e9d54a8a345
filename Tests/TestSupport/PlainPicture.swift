public import Foundation

/// A PNG picture of three colours, its rows stored without compression: written from the standard, for tests.
public func plainPNG(width: Int, height: Int, _ colour: (_ column: Int, _ row: Int) -> (UInt8, UInt8, UInt8)) -> Data {
  var rows: [UInt8] = []
  for row in 0..<height {
    rows.append(0)
    for column in 0..<width {
      let (red, green, blue) = colour(column, row)
      rows += [red, green, blue]
    }
  }
  func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
  var packed: [UInt8] = [0x78, 0x01]
  for start in stride(from: 0, to: rows.count, by: 65_535) {
    let part = rows[start..<min(start + 65_535, rows.count)]
    let (low, high) = (UInt8(part.count & 255), UInt8(part.count >> 8))
    packed += [start + part.count == rows.count ? 1 : 0, low, high, ~low, ~high] + part
  }
  var (a, b) = (1, 0)
  for byte in rows {
    a = (a + Int(byte)) % 65_521
    b = (b + a) % 65_521
  }
  packed += big(b << 16 | a)
  func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + body
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in content {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return big(body.count) + content + big(Int(~sum))
  }
  let head = big(width) + big(height) + [8, 2, 0, 0, 0]
  return Data(
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head) + chunk("IDAT", packed) + chunk("IEND", []))
}
