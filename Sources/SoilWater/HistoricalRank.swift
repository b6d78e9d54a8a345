import Foundation

/// Where a day's highest index stands among the reference days.
///
/// With `n` days and `x` the index: `k = #(reference < x)/(n + 1)`, above the record `x_max` `k = 1 − (x_max/x)³/(n + 1)`.
/// Of a unit of several cells every cell-day counts in the share, while `n` is the number of days: neighbours' days are
/// not independent.
/// - Source: METHOD.md 2.3.
package struct HistoricalRank: Sendable, Equatable {
  /// Highest indices of the kept cell-days, mm, ascending.
  package let values: [Float]
  /// Their places among all cell-days, from 0, ascending; those between are interpolated.
  package let places: [Int32]
  package let days: Int
  /// Values kept of a long reference: the top ones all, the lower ones evenly.
  package static let capacity = 2_048
  private static let keptFromTop = 512

  /// - Parameters:
  ///   - sorted: Highest indices of the cell-days, mm, ascending.
  ///   - days: Number of days they come from.
  package init(sorted: [Float], days: Int) {
    let count = sorted.count
    if count <= Self.capacity {
      places = (0..<Int32(count)).map { $0 }
    } else {
      let lower = Self.capacity - Self.keptFromTop
      let spread = (0..<lower).map { Int32($0 * (count - Self.keptFromTop) / lower) }
      places = spread + (count - Self.keptFromTop..<count).map(Int32.init)
    }
    values = places.map { sorted[Int($0)] }
    self.days = days
  }

  /// Takes over kept values.
  package init(values: [Float], places: [Int32], days: Int) {
    precondition(values.count == places.count, "\(values.count) values at \(places.count) places")
    self.values = values
    self.places = places
    self.days = days
  }

  /// The rank of an index, 0 ..< 1; `NaN` for `NaN` or without reference.
  package func rank(of index: Float) -> Float {
    guard let record = values.last, let last = places.last, days > 0, !index.isNaN else { return .nan }
    let n = Double(days)
    guard index > record else {
      let share = countBelow(index) / Double(last + 1)
      return Float(share * n / (n + 1))
    }
    return Self.beyondRecord(index, record: record, days: days)
  }

  /// The rank of an index above all of `n` days, `k = 1 − (x_max/x)³/(n + 1)`: rises with every millimetre, below 1.
  static func beyondRecord(_ index: Float, record: Float, days: Int) -> Float {
    min(Float(1 - pow(Double(record) / Double(index), 3) / Double(days + 1)), Float(1).nextDown)
  }

  private func countBelow(_ index: Float) -> Double {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < index { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let below = Double(places[low - 1]) + 1
    guard low < values.count else { return below }
    let between = Double(places[low]) - below
    let share = Double(index - values[low - 1]) / Double(values[low] - values[low - 1])
    return below + share * between
  }
}
