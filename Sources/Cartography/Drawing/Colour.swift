/// An opaque colour, 8 bits a channel.
package struct Colour: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// - Parameter hex: `#rrggbb`; `nil` for anything else.
  package init?(hex: String) {
    guard hex.hasPrefix("#"), hex.utf8.count == 7, let word = UInt32(hex.dropFirst(), radix: 16),
      hex.dropFirst().allSatisfy(\.isHexDigit)
    else { return nil }
    self.init(UInt8(word >> 16), UInt8(word >> 8 & 255), UInt8(word & 255))
  }

  /// `#rrggbb`, as style files write it.
  package var hex: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The colour `share` of the way to another, 0 ... 1.
  package func mixed(with other: Colour, _ share: Double) -> Colour {
    func between(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * min(1, max(0, share))).rounded())
    }
    return Colour(between(red, other.red), between(green, other.green), between(blue, other.blue))
  }
}
