import Foundation

/// The eight memory indices of one cell by brute force over the whole of its past, to judge the streaming record by.
///
/// - Parameter rain: mm an hour from the first hour of the record, whole days; tanks dry at the start.
/// - Returns: For each day the highest hourly values of SWI, S2, S3, S2+S3, R24, R72, E72, E144, and
///   `ln((x + e)/(m + e))` against the highest of all days before, cut to −3 ... 8.
public func plainMemory(of rain: [Double]) -> [(highest: [Double], excess: [Double])] {
  var (a, b, c) = (0.0, 0.0, 0.0)
  let hours = rain.indices.map { hour -> [Double] in
    for _ in 0..<6 {
      let side1 = 0.1 * max(a - 15, 0) + 0.15 * max(a - 60, 0)
      let side2 = 0.05 * max(b - 15, 0)
      let side3 = 0.01 * max(c - 15, 0)
      let (down1, down2, down3) = (0.12 * a, 0.05 * b, 0.01 * c)
      a += (rain[hour] - side1 - down1) / 6
      b += (down1 - side2 - down2) / 6
      c += (down2 - side3 - down3) / 6
    }
    func sum(_ length: Int) -> Double { rain[max(0, hour - length + 1)...hour].reduce(0, +) }
    func effective(_ halfLife: Double) -> Double {
      (0...hour).reduce(0) { $0 + rain[$1] * exp2(-Double(hour - $1) / halfLife) }
    }
    return [a + b + c, b, c, b + c, sum(24), sum(72), effective(72), effective(144)]
  }
  func highest(_ range: Range<Int>, _ index: Int) -> Double { hours[range].map { $0[index] }.max() ?? 0 }
  let offsets = [5.0, 3, 3, 3, 2, 2, 2, 2]
  return (0..<rain.count / 24).map { day in
    let today = (0..<8).map { highest(24 * day..<24 * day + 24, $0) }
    let before = (0..<8).map { highest(0..<24 * day, $0) }
    let excess = (0..<8).map { index -> Double in
      let quotient = (today[index] + offsets[index]) / (before[index] + offsets[index])
      return min(max(log(quotient), -3), 8)
    }
    return (today, excess)
  }
}
