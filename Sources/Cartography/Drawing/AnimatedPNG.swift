package import Foundation

/// Joins pictures of one size into an animated PNG, which browsers play and other viewers show as its first picture.
///
/// - Parameters:
///   - frames: PNG files as `encodePNG` makes them, all of the same width and height.
///   - tenthsEach: How long each is shown, tenths of a second; the last one twice as long, so that the end is seen.
/// - Returns: The bytes of the file; it repeats without end.
/// - Precondition: At least one frame, all of one size.
/// - Source: PNG specification (third edition), chunks `acTL`, `fcTL`, `fdAT`.
package func animatedPNG(_ frames: [Data], tenthsEach: Int) -> Data {
  let pictures = frames.map(PNGChunks.init)
  guard let first = pictures.first else { preconditionFailure("an animation without frames") }
  precondition(pictures.allSatisfy { $0.header == first.header }, "frames of different sizes")
  var bytes = PNGChunks.signature
  var sequence: UInt32 = 0
  bytes += chunk("IHDR", first.header)
  bytes += chunk("acTL", word(UInt32(frames.count)) + word(0))
  for (place, picture) in pictures.enumerated() {
    let tenths = UInt16(clamping: place == frames.count - 1 ? 2 * tenthsEach : tenthsEach)
    // Size, no offset, time, and neither disposal nor blending: every frame covers the one before.
    let control =
      word(sequence) + picture.header.prefix(8) + word(0) + word(0) + half(tenths)
      + half(10) + [0, 0]
    bytes += chunk("fcTL", control)
    sequence += 1
    for data in picture.data {
      if place == 0 {
        bytes += chunk("IDAT", data)
      } else {
        bytes += chunk("fdAT", word(sequence) + data)
        sequence += 1
      }
    }
  }
  return Data(bytes + chunk("IEND", []))
}

/// The parts of a PNG file that an animation takes over.
private struct PNGChunks {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private(set) var header: [UInt8] = []
  private(set) var data: [[UInt8]] = []

  init(_ file: Data) {
    let bytes = [UInt8](file)
    precondition(bytes.starts(with: Self.signature), "a frame that is no PNG")
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      let body = Array(bytes[place + 8..<place + 8 + length])
      if name == "IHDR" { header = body } else if name == "IDAT" { data.append(body) }
      place += 12 + length
    }
  }
}

private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
  let content = Array(name.utf8) + body
  return word(UInt32(body.count)) + content + word(cyclicRedundancyCheck(content))
}

/// Four bytes, the highest first.
private func word(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

/// Two bytes, the highest first.
private func half(_ value: UInt16) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

/// CRC-32 of PNG (ISO 3309), byte by byte over a table.
private func cyclicRedundancyCheck(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { crc, byte in crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
}

private let crcTable: [UInt32] = (0..<256).map { number in
  (0..<8).reduce(UInt32(number)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
}
