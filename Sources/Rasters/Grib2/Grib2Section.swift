/// One section of a GRIB2 message; octets are counted from 1, as in the manual.
///
/// Reading beyond the section's end throws: a template that its section is too short for is an error, never a guess.
/// - Source: WMO No. 306, Manual on Codes, volume I.2, FM 92 GRIB edition 2.
struct Grib2Section: Sendable {
  let file: FileBytes
  let number: Int
  /// Place of the section in the file.
  let range: Range<Int>

  var length: Int { range.count }

  /// An unsigned number of one to six octets.
  func unsigned(_ octets: ClosedRange<Int>) throws(RasterError) -> Int {
    precondition(octets.lowerBound >= 1 && octets.count <= 6, "octets \(octets)")
    guard octets.upperBound <= length else { throw malformed("has no octet \(octets.upperBound)") }
    var value = 0
    for octet in octets { value = value << 8 | Int(file.bytes[range.lowerBound + octet - 1]) }
    return value
  }

  /// A number whose first bit is its sign: GRIB does not use the two's complement.
  func signed(_ octets: ClosedRange<Int>) throws(RasterError) -> Int {
    let raw = try unsigned(octets)
    let sign = 1 << (8 * octets.count - 1)
    return raw & sign == 0 ? raw : -(raw ^ sign)
  }

  func octet(_ place: Int) throws(RasterError) -> Int { try unsigned(place...place) }

  /// `nil` where all bits are set, which stands for "missing".
  func unsignedUnlessMissing(_ octets: ClosedRange<Int>) throws(RasterError) -> Int? {
    let value = try unsigned(octets)
    return value == 1 << (8 * octets.count) - 1 ? nil : value
  }

  /// The bytes from an octet to the end of the section.
  func withBytes<Result, Failure: Error>(
    from octet: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try file.bytes.withUnsafeBufferPointer { (all) throws(Failure) in
      let start = min(range.lowerBound + octet - 1, range.upperBound)
      return try body(UnsafeBufferPointer(rebasing: all[start..<range.upperBound]))
    }
  }

  func malformed(_ fact: String) -> RasterError {
    .damaged(file.path, "section \(number) at byte \(range.lowerBound) \(fact)")
  }

  /// Right as a file, but nothing that can be read here.
  func unsupported(_ fact: String, remedy: String) -> RasterError {
    .malformed(path: file.path, reason: fact, remedy: remedy)
  }
}
