import Foundation

/// Simple packing (data representation template 5.0): `value = (reference + X 2^binaryScale) / 10^decimalScale`.
///
/// - Source: WMO No. 306, templates 5.0 and 7.0.
package struct SimplePacking: Hashable, Sendable {
  package let reference: Float
  package let binaryScale: Int
  package let decimalScale: Int
  package let bits: Int
  /// Points in the data.
  package let count: Int

  init(_ section: Grib2Section) throws(RasterError) {
    count = try section.unsigned(6...9)
    reference = Float(bitPattern: UInt32(try section.unsigned(12...15)))
    binaryScale = try section.signed(16...17)
    decimalScale = try section.signed(18...19)
    bits = try section.octet(20)
    guard reference.isFinite, abs(binaryScale) <= 200, abs(decimalScale) <= 200, bits <= 32 else {
      throw section.malformed(
        "packs \(bits) bits with reference \(reference), scales 2^\(binaryScale) and 10^\(decimalScale)")
    }
  }

  /// All values; `nil` when the data are not as long as they must be.
  func values(of data: UnsafeBufferPointer<UInt8>) -> [Float]? {
    let divisor = pow(10, Double(decimalScale))
    let step = scalbn(1.0, binaryScale)
    let start = Double(reference)
    guard bits > 0 else { return data.isEmpty ? [Float](repeating: Float(start / divisor), count: count) : nil }
    guard data.count == (count * bits + 7) / 8 else { return nil }
    return (0..<count).map { Float((start + Double(bitField(data, at: $0 * bits, width: bits)) * step) / divisor) }
  }
}
