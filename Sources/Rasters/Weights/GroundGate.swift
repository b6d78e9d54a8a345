/// What heights can be: the one rule by which elevations are judged.
///
/// Pixels beyond are no ground but marks for sea or nothing that the file does not declare (-9999, -32768, 32767, 3.4e38);
/// averaged into cells they look like heights. 9000 m is above Everest, -500 m below the Dead Sea's shore and every mine.
enum GroundGate {
  static let heights: ClosedRange<Float> = -500...9_000

  /// The first number that is no height; `nil` where all are, or are missing or sea.
  static func outlier(in numbers: UnsafeBufferPointer<Float>, besides seaValues: [Float]) -> Float? {
    for number in numbers where number < heights.lowerBound || number > heights.upperBound {
      if !seaValues.contains(number), number.isFinite { return number }
    }
    return nil
  }

  static func refusal(of number: Float, path: String) -> RasterError {
    let text = number == number.rounded() && abs(number) < 1e6 ? "\(Int(number))" : "\(number)"
    return .malformed(
      path: path, reason: "has the value \(text), which is no height in metres",
      remedy: "if it means missing, add nodata: \(text) to terrain in the catalogue; if sea, sea: \(text)")
  }
}
