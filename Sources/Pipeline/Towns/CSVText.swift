import Foundation
import Mesh

/// A table as spreadsheets and GIS read it: UTF-8 with byte order mark, lines ended as RFC 4180 says, texts in quotes.
struct CSVText {
  enum Field {
    /// Quoted, so that no reader that heeds quotes makes a number of a code.
    case text(String)
    case whole(Int)
    /// With so many decimals, 0 ... 6; empty for `NaN`.
    case number(Float, Int)
    case none
  }

  // Bytes, not `String(format:)`: a table of all cells of Japan has millions of fields.
  private var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  var data: Data { Data(bytes) }

  init(_ header: [String]) { add(header.map { .text($0) }) }

  mutating func add(_ fields: [Field]) {
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      switch field {
      case .text(let text): quote(text)
      case .whole(let number): bytes += String(number).utf8
      case .number(let number, let decimals): append(number, decimals)
      case .none: break
      }
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }

  private mutating func quote(_ text: String) {
    let mark = UInt8(ascii: "\"")
    bytes.append(mark)
    for byte in text.utf8 { bytes += byte == mark ? [mark, mark] : [byte] }
    bytes.append(mark)
  }

  private mutating func append(_ number: Float, _ decimals: Int) {
    guard number.isFinite else { return }
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int(saturating: (Double(number) * Double(scale)).rounded())
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes += String(scaled.magnitude / UInt(scale)).utf8
    guard decimals > 0 else { return }
    let rest = String(scaled.magnitude % UInt(scale))
    bytes.append(UInt8(ascii: "."))
    bytes += repeatElement(UInt8(ascii: "0"), count: decimals - rest.utf8.count)
    bytes += rest.utf8
  }
}
