package import Mesh

/// How far a day's soil water of a cell can be trusted: the worst of the day.
///
/// - Source: METHOD.md 1.3.
package enum SoilWaterFlag: UInt8, Sendable, CaseIterable {
  /// Every hour observed.
  case complete = 0
  /// Single missing hours filled by the mean of their neighbours.
  case filled = 1
  /// Missing hours taken as 0.
  case degraded = 2
  /// More than 24 hours missing in 240, or spin-up incomplete.
  case invalid = 3
  /// Never any rain observation: no values.
  case uncovered = 4
}

/// Soil water of a day, or of the 24 hours that end within one, one value a cell.
package struct SoilWaterDay: Sendable, Equatable {
  /// The day that holds the last of the 24 hours.
  package let day: JSTDay?
  /// The hour (1 ... 24) of `day` at which the 24 hours end: 24 for a calendar day.
  package var endHour = 24
  package let cells: Int
  /// Highest soil water index among the ends of the 24 hours, mm; `NaN` where uncovered.
  package var maximum: [Float]
  /// Hour (1 ... 24) of the highest index, the first of equals; 0 where uncovered.
  package var hourOfMaximum: [UInt8]
  /// Rain of that hour, mm.
  package var rainAtMaximum: [Float]
  /// Index at the end, 24:00 of a calendar day, mm.
  package var atMidnight: [Float]
  /// Greatest rain of an hour of the day, mm.
  package var greatestRain: [Float]
  /// Raw values of `SoilWaterFlag`.
  package var flags: [UInt8]
  /// Missing hours in the 240 that end with the day.
  package var missingHours: [UInt8]
  /// Hours of the day filled from their neighbours.
  package var filledHours: [UInt8]
  /// Index at the end of each hour, mm, shape `(24, cells)`; empty unless asked for.
  package var hourlyIndex: [Float]
  /// Rain as the model took it, mm, shape `(24, cells)`: missing hours filled or 0, `NaN` where uncovered; empty unless
  /// asked for.
  package var hourlyRain: [Float]

  /// Highest storage of the second tank among the ends of the 24 hours, mm; `NaN` where uncovered.
  package var middleMaximum: [Float]
  /// Of the third tank.
  package var deepMaximum: [Float]
  /// Of the two together.
  package var lowerMaximum: [Float]
  /// Second and third tank at the end of each hour, mm, shape `(24, cells)` each; empty unless asked for.
  package var hourlyMiddle: [Float]
  package var hourlyDeep: [Float]

  /// The hour of the day (1 ... 24) that stands at a place 0 ... 23 of the hourly fields.
  package func clockHour(at place: Int) -> Int { (endHour + place) % 24 + 1 }

  /// The worst flag of cells for which `include` holds.
  package func worstFlag(where include: (Int) -> Bool = { _ in true }) -> SoilWaterFlag {
    var worst = SoilWaterFlag.complete
    for cell in 0..<cells where include(cell) && flags[cell] > worst.rawValue {
      worst = SoilWaterFlag(rawValue: flags[cell]) ?? worst
    }
    return worst
  }

  /// Equal to the bit; `NaN` equals `NaN`.
  package static func == (a: SoilWaterDay, b: SoilWaterDay) -> Bool {
    func same(_ x: [Float], _ y: [Float]) -> Bool {
      x.count == y.count && zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
    return a.day == b.day && a.endHour == b.endHour && same(a.maximum, b.maximum) && a.hourOfMaximum == b.hourOfMaximum
      && same(a.rainAtMaximum, b.rainAtMaximum) && same(a.atMidnight, b.atMidnight)
      && same(a.greatestRain, b.greatestRain) && a.flags == b.flags
      && a.missingHours == b.missingHours && a.filledHours == b.filledHours && same(a.hourlyIndex, b.hourlyIndex)
      && same(a.hourlyRain, b.hourlyRain) && same(a.middleMaximum, b.middleMaximum)
      && same(a.deepMaximum, b.deepMaximum) && same(a.lowerMaximum, b.lowerMaximum)
      && same(a.hourlyMiddle, b.hourlyMiddle) && same(a.hourlyDeep, b.hourlyDeep)
  }
}
