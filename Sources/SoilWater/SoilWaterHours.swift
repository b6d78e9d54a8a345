package import Mesh

/// Soil water hour by hour across days, from which the 24 hours that end at any hour are read as a day.
///
/// A run as of a time is scored like a day: the same 24 hours, missing hours and flags, but ending at another hour than
/// 24:00. Hours after that end are not looked at: rain that is not there yet is not counted as missing.
package struct SoilWaterHours: Sendable {
  private let cells: Int
  private let spinUpDays: Int
  private var index: [JSTHour: [Float]] = [:]
  private var rain: [JSTHour: [Float]] = [:]
  private var middle: [JSTHour: [Float]] = [:]
  private var deep: [JSTHour: [Float]] = [:]
  /// Days of which every hour is kept.
  private var days: [JSTDay: SoilWaterDay] = [:]
  /// Missing hours of days, bits as in `SoilWaterState`; empty for a day without.
  private var missing: [JSTDay: [UInt32]] = [:]
  /// Hours run at 24:00 of days.
  private var hoursRun: [JSTDay: [Int32]] = [:]

  /// - Parameters:
  ///   - cells: Of the records.
  ///   - spinUpDays: As the field that made them has it.
  package init(cells: Int, spinUpDays: Int) {
    self.cells = cells
    self.spinUpDays = spinUpDays
  }

  /// Takes in what the tanks knew before the first day.
  package mutating func begin(with state: SoilWaterState, before first: JSTDay) {
    let day = first.advanced(by: -1)
    keepHistory(of: state, at: day)
    if state.day == day { index[JSTHour(ending: day, 24)] = state.soilWaterIndex }
  }

  /// Takes in a day and what the tanks knew at its end.
  ///
  /// - Parameters:
  ///   - record: With its hourly fields where any of its hours is kept.
  ///   - state: At 24:00 of the day.
  ///   - isKept: Hours whose index and rain will be asked for.
  package mutating func add(_ record: SoilWaterDay, _ state: SoilWaterState, keeping isKept: (JSTHour) -> Bool) {
    guard let day = record.day else { preconditionFailure("a record without a day") }
    precondition(record.cells == cells && state.cells == cells, "\(record.cells) cells for \(cells)")
    keepHistory(of: state, at: day)
    let hours = day.hours
    if hours.allSatisfy(isKept) { days[day] = record }
    for (place, hour) in hours.enumerated() where isKept(hour) {
      let row = place * cells..<(place + 1) * cells
      index[hour] = Array(record.hourlyIndex[row])
      rain[hour] = Array(record.hourlyRain[row])
      middle[hour] = Array(record.hourlyMiddle[row])
      deep[hour] = Array(record.hourlyDeep[row])
    }
  }

  private mutating func keepHistory(of state: SoilWaterState, at day: JSTDay) {
    for (age, bits) in state.missingHours.enumerated() { missing[day.advanced(by: -age)] = bits }
    hoursRun[day] = state.hoursRun
  }

  /// The soil water index at the end of an hour, mm; `nil` for an hour that was not kept.
  package func soilWaterIndex(at hour: JSTHour) -> [Float]? { index[hour] }

  /// The 24 hours that end at an hour, or those of them that belong to its calendar day.
  ///
  /// - Parameters:
  ///   - end: Its hours and the eleven days before were taken in or are known to the first state.
  ///   - isCalendarDay: Leaves out the hours of the day before: the day so far. Maxima are of the rest, flags of all 24.
  /// - Returns: The record; at 24:00 the day's own.
  package func day(ending end: JSTHour, calendarDay isCalendarDay: Bool = false) -> SoilWaterDay {
    if end.hourOfDay == 24, let own = days[end.day] { return own }
    let blank = [Float](repeating: .nan, count: cells)
    let zeros = [UInt8](repeating: 0, count: cells)
    var result = SoilWaterDay(
      day: end.day, endHour: end.hourOfDay, cells: cells, maximum: blank, hourOfMaximum: zeros, rainAtMaximum: blank,
      atMidnight: blank, greatestRain: blank, flags: zeros, missingHours: zeros, filledHours: zeros, hourlyIndex: [],
      hourlyRain: [], middleMaximum: blank, deepMaximum: blank, lowerMaximum: blank, hourlyMiddle: [], hourlyDeep: [])
    for hour in end.advanced(by: -23)...end {
      let isWanted = !isCalendarDay || hour.day == end.day
      func values(_ kept: [JSTHour: [Float]]) -> [Float] { isWanted ? kept[hour] ?? blank : blank }
      result.hourlyIndex += values(index)
      result.hourlyRain += values(rain)
      result.hourlyMiddle += values(middle)
      result.hourlyDeep += values(deep)
    }
    for cell in 0..<cells {
      summarise(cell, &result)
      judge(cell, end, &result)
    }
    return result
  }

  /// Maxima, the index's hour and rain, index at the end, greatest rain.
  private func summarise(_ cell: Int, _ result: inout SoilWaterDay) {
    for place in 0..<24 {
      let (water, fall) = (result.hourlyIndex[place * cells + cell], result.hourlyRain[place * cells + cell])
      guard !water.isNaN else { continue }
      if !(water <= result.maximum[cell]) {
        result.maximum[cell] = water
        result.hourOfMaximum[cell] = UInt8(result.clockHour(at: place))
        result.rainAtMaximum[cell] = fall
      }
      if !(fall <= result.greatestRain[cell]) { result.greatestRain[cell] = fall }
      let (second, third) = (result.hourlyMiddle[place * cells + cell], result.hourlyDeep[place * cells + cell])
      if !(second <= result.middleMaximum[cell]) { result.middleMaximum[cell] = second }
      if !(third <= result.deepMaximum[cell]) { result.deepMaximum[cell] = third }
      if !(second + third <= result.lowerMaximum[cell]) { result.lowerMaximum[cell] = second + third }
    }
    result.atMidnight[cell] = result.hourlyIndex[23 * cells + cell]
  }

  /// Flag, missing and filled hours (METHOD.md 1.3).
  private func judge(_ cell: Int, _ end: JSTHour, _ result: inout SoilWaterDay) {
    let (day, hour) = (end.day, UInt32(end.hourOfDay))
    func bits(_ day: JSTDay) -> UInt32 { missing[day].map { $0.isEmpty ? 0 : $0[cell] } ?? 0 }
    /// The 24 bits that end at the hour of a day, from those of the day and of the day before.
    func joined(_ today: UInt32, _ yesterday: UInt32) -> UInt32 {
      (today << (24 - hour) | yesterday >> hour) & MissingRain.allHours
    }
    let windows = (0...SoilWaterState.historyDays).map { age in
      joined(bits(day.advanced(by: -age)), bits(day.advanced(by: -age - 1)))
    }
    result.missingHours[cell] = UInt8(windows.dropLast().reduce(0) { $0 + $1.nonzeroBitCount })
    guard !result.maximum[cell].isNaN else {
      result.flags[cell] = SoilWaterFlag.uncovered.rawValue
      return
    }
    func kinds(_ day: JSTDay) -> MissingRain {
      let before = day.advanced(by: -1)
      return MissingRain(
        missing: bits(day), yesterday: bits(before), wasObserved: (hoursRun[before]?[cell] ?? 0) >= 0)
    }
    let (today, yesterday) = (kinds(day), kinds(day.advanced(by: -1)))
    let filled = joined(today.filled, yesterday.filled)
    let zeroed = joined(today.zeroed, yesterday.zeroed)
    result.filledHours[cell] = UInt8(filled.nonzeroBitCount)
    var flag: SoilWaterFlag = zeroed != 0 ? .degraded : filled != 0 ? .filled : .complete
    // Hours run when the 24 hours began.
    let run = max((hoursRun[day]?[cell] ?? 0) - Int32(48 - hour), 0)
    if run < Int32(24 * spinUpDays)
      || MissingRain.mostMissing(today: windows[0], history: Array(windows.dropFirst())) > 24
    {
      flag = .invalid
    }
    result.flags[cell] = flag.rawValue
  }
}
