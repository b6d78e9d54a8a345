import Foundation
import Testing

@testable import Cartography

private func frame(_ shade: UInt8) -> Data {
  encodePNG([UInt8](repeating: shade, count: 12 * 9 * 3), width: 12, height: 9)
}

/// Names of the chunks, each with its body; the checksum of every chunk is looked at by the reader of the first picture.
private func chunks(_ data: Data) -> [(name: String, body: [UInt8])] {
  let bytes = [UInt8](data)
  var result: [(name: String, body: [UInt8])] = []
  var place = 8
  while place + 12 <= bytes.count {
    let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    result.append(
      (String(decoding: bytes[place + 4..<place + 8], as: UTF8.self), Array(bytes[place + 8..<place + 8 + length])))
    place += 12 + length
  }
  return result
}

@Test func `an animation holds every frame once, in order, and other viewers see the first`() throws {
  let frames = [frame(10), frame(100), frame(200)]
  let file = animatedPNG(frames, tenthsEach: 12)
  let parts = chunks(file)
  #expect(parts.map(\.name) == ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"])
  #expect(parts[1].body == [0, 0, 0, 3, 0, 0, 0, 0])
  // Sequence numbers run through controls and data alike.
  #expect([2, 4, 5, 6, 7].map { parts[$0].body[3] } == [0, 1, 2, 3, 4])
  #expect(Array(parts[2].body[20...23]) == [0, 12, 0, 10] && Array(parts[6].body[20...23]) == [0, 24, 0, 10])
  for (place, name) in [(1, 5), (2, 7)] {
    let data = chunks(frames[place]).first { $0.name == "IDAT" }
    #expect(Array(parts[name].body.dropFirst(4)) == data?.body)
  }
  // The empty chunk's checksum is known from the specification.
  #expect(Array(file.suffix(4)) == [0xAE, 0x42, 0x60, 0x82])
  let picture = try Picture(png: file)
  #expect(picture.width == 12 && picture[3, 4] == Colour(10, 10, 10))
}
