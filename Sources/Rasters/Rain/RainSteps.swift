package import Mesh

/// A value of a file that covers a span of time.
package struct RainStep: Hashable, Sendable {
  /// Place of the file in the source's list.
  package let file: Int
  /// Band or place along the time axis, from 0.
  package let index: Int
  /// Unix seconds; the span is open at its start.
  package let start: Int
  package let end: Int

  package init(file: Int, index: Int, start: Int, end: Int) {
    self.file = file
    self.index = index
    self.start = start
    self.end = end
  }

  package var seconds: Int { end - start }
}

/// The time that a file names for one of its values.
struct StampedValue: Hashable {
  let file: Int
  let index: Int
  let unixSeconds: Int
}

extension RainStep {
  /// Gives times without bounds their spans: all steps are as long as most times are apart.
  ///
  /// - Parameters:
  ///   - values: In the order they were found.
  ///   - stamp: The moment of the step that a time names.
  ///   - path: A file, for errors.
  /// - Returns: The steps in the same order; an hour each where there is only one time.
  /// - Throws: `malformed` when steps are longer than an hour.
  static func spans(_ values: [StampedValue], _ stamp: RainStamp, path: String) throws(RasterError) -> [RainStep] {
    let times = Set(values.map(\.unixSeconds)).sorted()
    var counts: [Int: Int] = [:]
    for (a, b) in zip(times, times.dropFirst()) { counts[b - a, default: 0] += 1 }
    let length = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? 3_600
    guard length <= 3_600 else {
      throw .malformed(
        path: path, reason: "its values are \(Double(length) / 3_600) h apart", remedy: "give hourly rain or finer")
    }
    return values.map { value in
      let end =
        switch stamp {
        case .end: value.unixSeconds
        case .start: value.unixSeconds + length
        case .centre: value.unixSeconds + length / 2
        }
      return RainStep(file: value.file, index: value.index, start: end - length, end: end)
    }
  }
}

/// How the total of each hour is put together from steps: a sum of values with factors.
package struct RainRecipes: Sendable {
  package struct Term: Hashable, Sendable {
    package let step: RainStep
    /// +1 or −1 for totals, hours of the step for rates.
    package let factor: Double
  }

  package private(set) var terms: [JSTHour: [Term]] = [:]
  /// What was wrong, in the order of the steps; the step's place says where.
  package private(set) var oddities: [(kind: RainIrregularity.Kind, step: RainStep)] = []

  /// Hours whose steps are all there, ascending.
  package var hours: [JSTHour] { terms.keys.sorted() }

  /// - Parameters:
  ///   - steps: In the order they were found. A step given twice counts once, the first time.
  ///   - accumulation: What the values of the steps are.
  package init(_ steps: [RainStep], _ accumulation: RainAccumulation) {
    var unique: [RainStep] = []
    var seen: Set<[Int]> = []
    var last = Int.min
    for step in steps {
      if step.end < last { oddities.append((.outOfOrder, step)) }
      last = max(last, step.end)
      let span = accumulation == .sinceMidnightUTC ? [step.end] : [step.start, step.end]
      guard seen.insert(span).inserted else {
        oddities.append((.duplicate, step))
        continue
      }
      unique.append(step)
    }
    switch accumulation {
    case .step: tile(unique) { _ in 1 }
    case .meanRate: tile(unique) { Double($0.seconds) / 3_600 }
    case .sinceMidnightUTC: subtract(unique)
    }
  }

  /// Hours that steps of an hour or less fill without a gap or an overlap.
  private mutating func tile(_ steps: [RainStep], factor: (RainStep) -> Double) {
    var parts: [Int: [RainStep]] = [:]
    for step in steps {
      let hour = (step.end - 1).floorQuotient(3_600)
      guard step.seconds > 0, step.start >= hour * 3_600 else {
        // Longer than an hour, or across the full hour.
        oddities.append((step.seconds > 3_600 || step.seconds <= 0 ? .notATotal : .shifted, step))
        continue
      }
      parts[hour, default: []].append(step)
    }
    for (hour, steps) in parts.sorted(by: { $0.key < $1.key }) {
      let sorted = steps.sorted { $0.start < $1.start }
      let isWhole =
        sorted.first?.start == hour * 3_600 && sorted.last?.end == (hour + 1) * 3_600
        && zip(sorted, sorted.dropFirst()).allSatisfy { $0.end == $1.start }
      guard isWhole, let end = JSTHour(endingAtUnixSeconds: (hour + 1) * 3_600) else { continue }
      guard RainGate.hours.contains(end) else {
        oddities.append((.untimely, sorted[0]))
        continue
      }
      terms[end] = sorted.map { Term(step: $0, factor: factor($0)) }
    }
  }

  /// Hours as differences of totals that start anew after 00:00 UTC.
  private mutating func subtract(_ steps: [RainStep]) {
    let byEnd = Dictionary(steps.map { ($0.end, $0) }) { first, _ in first }
    for step in steps {
      guard let hour = JSTHour(endingAtUnixSeconds: step.end) else {
        oddities.append((.shifted, step))
        continue
      }
      guard RainGate.hours.contains(hour) else {
        oddities.append((.untimely, step))
        continue
      }
      let total = Term(step: step, factor: 1)
      if (step.end - 3_600) % 86_400 == 0 {
        terms[hour] = [total]
      } else if let before = byEnd[step.end - 3_600] {
        terms[hour] = [total, Term(step: before, factor: -1)]
      }
    }
  }
}

extension Int {
  fileprivate func floorQuotient(_ divisor: Int) -> Int { (self >= 0 ? self : self - divisor + 1) / divisor }
}
