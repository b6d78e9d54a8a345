package import Mesh
package import Rasters

/// What an archive holds between two days, and what looks wrong in it: for people and for `--json`.
package struct RainCheck: Codable, Sendable, Equatable {
  package struct Day: Codable, Sendable, Equatable {
    package let date: String
    /// 24 characters for the hours ending 01:00 ... 24:00: `#` there, `.` missing.
    package let hours: String
    /// `nil` where the archive has no file of the day.
    package let source: String?
    /// Most rain of a cell in an hour and in the day's hours together, mm; `nil` where no cell has any value.
    package let wettestHour: Float?
    package let wettestTotal: Float?
    /// Cells without a value in an hour that is there, at most.
    package let emptyCells: Int
    /// Greatest distance to the nearest reporting gauge, km.
    package let farthestGauge: Float?

    package var missingHours: Int { hours.count { $0 == "." } }
  }

  package struct Suspicion: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
      /// Below zero.
      case negative
      /// More than 200 mm in the hour: the Japanese record is 187.
      case extreme
      /// The same rain of 1 mm or more hour after hour.
      case stuck
      /// A dry day in a cell all of whose neighbours had 20 mm or more.
      case dryAmongWet
    }

    package let kind: Kind
    /// ISO time of the hour, or the day.
    package let time: String
    /// How many cells.
    package let cells: Int
    /// The worst of them.
    package let code: String
    package let value: Float
  }

  package let from: String
  package let through: String
  package let days: [Day]
  package let suspicions: [Suspicion]
  /// What the gate found when the days were imported.
  package let findings: [RainIrregularity]

  package var hasGaps: Bool { missingHours > 0 || findings.contains { $0.kind.isGap } }
  package var missingHours: Int { days.reduce(0) { $0 + $1.missingHours } }
  /// Sources and how many days come from each, in alphabetical order.
  package var sources: [(name: String, days: Int)] {
    Dictionary(grouping: days.compactMap(\.source)) { $0 }.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
  }
}

/// Looks through an archive day by day.
///
/// - Parameters:
///   - archive: What is looked at.
///   - from: First day.
///   - through: Last day.
///   - grid: The cells looked at; `nil` takes those of each file.
///   - progress: Called after each day with the days done and the days in all.
/// - Returns: Every day of the span, there or not, and what is suspicious.
/// - Throws: What reading a damaged file throws.
package func checkRain(
  _ archive: RainArchive, from: JSTDay, through: JSTDay, on grid: MeshGrid? = nil,
  progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
) throws(RasterError) -> RainCheck {
  precondition(from <= through, "a check from \(from) through \(through)")
  var days: [RainCheck.Day] = []
  var suspicions: [RainCheck.Suspicion] = []
  var findings: [RainIrregularity] = []
  var runs: RainRuns?
  let span = Array(from...through)
  for day in span {
    defer { progress(days.count, span.count) }
    guard let record = try archive.record(of: day),
      let rain = try archive.rain(of: day, on: grid ?? record.grid)
    else {
      runs = nil
      days.append(
        RainCheck.Day(
          date: "\(day)", hours: String(repeating: ".", count: 24), source: nil, wettestHour: nil, wettestTotal: nil,
          emptyCells: 0, farthestGauge: nil))
      continue
    }
    if runs?.grid != rain.grid { runs = RainRuns(rain.grid) }
    findings += record.findings
    var totals = [Float](repeating: 0, count: rain.grid.count)
    var present = record.present
    var wettest: Float?
    var emptyCells = 0
    for (band, hour) in day.hours.enumerated() where record.present[band] {
      let view = HourView(rain, band)
      suspicions += view.outliers(at: "\(hour)")
      if let stuck = runs?.add(view, hour: hour) { suspicions.append(stuck) }
      let found = view.accumulate(into: &totals)
      present[band] = found.wettest != nil
      wettest = [wettest, found.wettest].compactMap { $0 }.max()
      emptyCells = max(emptyCells, found.empty)
    }
    if let dry = dryAmongWet(totals, on: rain.grid, day: day) { suspicions.append(dry) }
    let distances = try archive.gaugeDistance(of: day, on: rain.grid)?.values.filter { !$0.isNaN }
    days.append(
      RainCheck.Day(
        date: "\(day)", hours: String(present.map { $0 ? "#" : "." }), source: record.tags["RAIN_SOURCE"],
        wettestHour: wettest, wettestTotal: wettest == nil ? nil : totals.filter { !$0.isNaN }.max(),
        emptyCells: emptyCells, farthestGauge: distances?.max()))
  }
  return RainCheck(from: "\(from)", through: "\(through)", days: days, suspicions: suspicions, findings: findings)
}

/// One hour of a day's stack.
private struct HourView {
  let grid: MeshGrid
  let values: ArraySlice<Float>

  init(_ stack: LayerStack<Float>, _ band: Int) {
    grid = stack.grid
    values = stack.values[band * grid.count..<(band + 1) * grid.count]
  }

  /// Values that no gauge can have measured: the worst of each kind.
  func outliers(at time: String) -> [RainCheck.Suspicion] {
    var (low, high): ((count: Int, cell: Int, value: Float), (count: Int, cell: Int, value: Float)) = (
      (0, 0, 0), (0, 0, 200)
    )
    for (cell, value) in values.enumerated() {
      if value < 0 {
        low.count += 1
        if value < low.value { (low.cell, low.value) = (cell, value) }
      } else if value > 200 {
        high.count += 1
        if value > high.value { (high.cell, high.value) = (cell, value) }
      }
    }
    return [(RainCheck.Suspicion.Kind.negative, low), (.extreme, high)].filter { $0.1.count > 0 }.map { kind, found in
      RainCheck.Suspicion(
        kind: kind, time: time, cells: found.count, code: "\(grid.code(at: found.cell))", value: found.value)
    }
  }

  /// Adds the hour to the day's totals; a missing value adds nothing.
  func accumulate(into totals: inout [Float]) -> (wettest: Float?, empty: Int) {
    var wettest: Float?
    var empty = 0
    var sums = totals.mutableSpan
    let hour = values.span
    for cell in hour.indices {
      let value = hour[cell]
      guard !value.isNaN else {
        empty += 1
        continue
      }
      sums[cell] += value
      if value > wettest ?? -.infinity { wettest = value }
    }
    return (wettest, empty)
  }
}

/// For how many hours each cell has had the same rain.
private struct RainRuns {
  /// Hours of the same rain that are too many.
  static let limit: UInt8 = 6
  let grid: MeshGrid
  private var last: [Float]
  private var lengths: [UInt8]
  private var lastHour: JSTHour?

  init(_ grid: MeshGrid) {
    self.grid = grid
    last = Array(repeating: .nan, count: grid.count)
    lengths = Array(repeating: 0, count: grid.count)
  }

  /// The cells that have just reached the limit.
  mutating func add(_ view: HourView, hour: JSTHour) -> RainCheck.Suspicion? {
    let follows = lastHour.map { $0.distance(to: hour) == 1 } ?? false
    lastHour = hour
    let (count, worst, most) = Self.advance(&last, &lengths, by: view.values.span, follows: follows)
    guard count > 0 else { return nil }
    return RainCheck.Suspicion(
      kind: .stuck, time: "\(hour)", cells: count, code: "\(grid.code(at: worst))", value: most)
  }

  private static func advance(
    _ last: inout [Float], _ lengths: inout [UInt8], by values: Span<Float>, follows: Bool
  ) -> (count: Int, worst: Int, most: Float) {
    var (count, worst, most): (Int, Int, Float) = (0, 0, 0)
    var before = last.mutableSpan
    var runs = lengths.mutableSpan
    for cell in values.indices {
      let value = values[cell]
      let isSame = follows && value == before[cell] && value >= 1
      runs[cell] = isSame ? min(runs[cell], 254) + 1 : 1
      before[cell] = value
      guard isSame, runs[cell] == limit else { continue }
      count += 1
      if value > most { (worst, most) = (cell, value) }
    }
    return (count, worst, most)
  }
}

/// Cells with no rain at all on a day all of whose eight neighbours had 20 mm or more.
private func dryAmongWet(_ totals: [Float], on grid: MeshGrid, day: JSTDay) -> RainCheck.Suspicion? {
  guard grid.height > 2, grid.width > 2 else { return nil }
  var (count, worst, most): (Int, Int, Float) = (0, 0, 0)
  let sums = totals.span
  for y in 1..<grid.height - 1 {
    for x in 1..<grid.width - 1 where sums[y * grid.width + x] == 0 {
      var least = Float.infinity
      for dy in -1...1 {
        for dx in -1...1 where (dy, dx) != (0, 0) { least = min(least, sums[(y + dy) * grid.width + x + dx]) }
      }
      guard least >= 20 else { continue }
      count += 1
      if least > most { (worst, most) = (y * grid.width + x, least) }
    }
  }
  guard count > 0 else { return nil }
  return RainCheck.Suspicion(
    kind: .dryAmongWet, time: "\(day)", cells: count, code: "\(grid.code(at: worst))", value: most)
}
