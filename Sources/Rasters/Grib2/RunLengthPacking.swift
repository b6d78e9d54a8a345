import Foundation

/// Run-length packing with level values (data representation template 5.200).
///
/// A field is a list of levels `0 ... maxLevel`. Numbers up to `maxLevel` are levels; the numbers `d` above extend the run of
/// the level before them: with `L = 2^bits − 1 − maxLevel`, the run is `1 + Σ Lⁱ (dᵢ − maxLevel − 1)` points long, lowest
/// digit first. Level 0 is missing; level `m` stands for the `m`-th representative value of the file's own table.
/// - Source: WMO No. 306, templates 5.200 and 7.200.
package struct RunLengthPacking: Hashable, Sendable {
  package let bits: Int
  /// Highest level used in this field.
  package let maxLevel: Int
  /// Representative values of the levels 1, 2, ... as stored: sign and magnitude, scaled.
  package let table: [UInt16]
  /// Values are the stored ones over `10^decimalScale`.
  package let decimalScale: Int
  /// Points in the data.
  package let count: Int

  init(_ section: Grib2Section) throws(RasterError) {
    count = try section.unsigned(6...9)
    bits = try section.octet(12)
    maxLevel = try section.unsigned(13...14)
    let levels = try section.unsigned(15...16)
    decimalScale = try section.signed(17...17)
    guard section.length == 17 + 2 * levels else {
      throw section.malformed("has \(section.length) octets, \(levels) levels need \(17 + 2 * levels)")
    }
    guard (1...16).contains(bits), maxLevel < 1 << bits, maxLevel <= levels, abs(decimalScale) <= 20 else {
      throw section.malformed("packs levels up to \(maxLevel) of \(levels) in \(bits) bits, scale \(decimalScale)")
    }
    var table: [UInt16] = []
    table.reserveCapacity(levels)
    for level in 0..<levels { table.append(UInt16(try section.unsigned(18 + 2 * level...19 + 2 * level))) }
    self.table = table
  }

  /// What a level stands for: `NaN` for level 0.
  package func value(ofLevel level: Int) -> Float {
    guard level > 0 else { return .nan }
    let raw = Int(table[level - 1])
    let signed = Double(raw & 0x8000 == 0 ? raw : -(raw & 0x7FFF))
    return Float(decimalScale >= 0 ? signed / pow(10, Double(decimalScale)) : signed * pow(10, Double(-decimalScale)))
  }

  /// Values of the levels 0 ... `maxLevel`.
  var values: [Float] { (0...maxLevel).map(value(ofLevel:)) }
}

/// What is wrong with run-length data.
enum RunLengthFault: Error, Equatable {
  case startsWithExtension
  case tooManyPoints(atByte: Int)
  case tooFewPoints(Int)
  case bytesLeft(Int)

  var reason: String {
    switch self {
    case .startsWithExtension: "extends a run before there is one"
    case .tooManyPoints(let byte): "has more points than the grid, from its byte \(byte) on"
    case .tooFewPoints(let points): "ends after \(points) points"
    case .bytesLeft(let bytes): "has \(bytes) bytes behind the last point"
    }
  }
}

/// Calls `emit` with start, length and level of every run; the runs cover `0 ..< count` without a gap.
@inline(__always)
func expandRuns(
  _ data: UnsafeBufferPointer<UInt8>, bits: Int, maxLevel: Int, count: Int,
  _ emit: (_ start: Int, _ length: Int, _ level: Int) -> Void
) throws(RunLengthFault) {
  if bits == 8 {
    try expandRuns(
      symbols: data.count, bitsLeft: { _ in 0 }, maxLevel: maxLevel, base: 255 - maxLevel, count: count,
      { Int(data[$0]) }, emit)
  } else {
    let base = 1 << bits - 1 - maxLevel
    let symbols = data.count * 8 / bits
    try expandRuns(
      symbols: symbols, bitsLeft: { (symbols - $0) * bits }, maxLevel: maxLevel, base: base, count: count,
      { bitField(data, at: $0 * bits, width: bits) }, emit)
  }
}

@inline(__always)
private func expandRuns(
  symbols: Int, bitsLeft: (Int) -> Int, maxLevel: Int, base: Int, count: Int, _ symbol: (Int) -> Int,
  _ emit: (_ start: Int, _ length: Int, _ level: Int) -> Void
) throws(RunLengthFault) {
  var start = 0
  var place = 0
  while place < symbols, start < count {
    let level = symbol(place)
    guard level <= maxLevel else { throw .startsWithExtension }
    place += 1
    var length = 1
    var factor = 1
    while place < symbols {
      let digit = symbol(place) - maxLevel - 1
      guard digit >= 0 else { break }
      length += factor * digit
      guard length <= count - start else { throw .tooManyPoints(atByte: place) }
      // Beyond `count` any digit but 0 is too much, so the factor need not grow further.
      factor = min(factor * base, count + 1)
      place += 1
    }
    emit(start, length, level)
    start += length
  }
  guard start == count else { throw .tooFewPoints(start) }
  // Less than an octet may be left to fill the last one.
  let left = bitsLeft(place)
  guard place == symbols || (left > 0 && left < 8) else { throw .bytesLeft(symbols - place) }
}

/// `width` bits (at most 32) from bit `offset` on, the highest first.
@inline(__always)
func bitField(_ data: UnsafeBufferPointer<UInt8>, at offset: Int, width: Int) -> Int {
  var value = 0
  var taken = 0
  var byte = offset >> 3
  let skip = offset & 7
  while taken < width + skip {
    value = value << 8 | Int(data[byte])
    taken += 8
    byte += 1
  }
  return (value >> (taken - width - skip)) & (1 << width - 1)
}
