import Mesh
import Rasters

/// Signs that a day of rain does not mean what it is taken for: gathered hour by hour, judged when the day is over.
struct RainSigns {
  /// Cells that rise and fall by more than rounding from each hour to the next, and cells above zero before.
  private struct Change {
    var rises = 0
    var falls = 0
    var wet = 0
  }

  private let day: JSTDay
  private var last: [Float]?
  private var changes: [Change] = []
  private var hours = 0
  private var uncovered = (hours: 0, cells: 0)
  private var totals: [Float] = []
  /// The one value of all cells and hours so far; `nil` when there are several.
  private var single: Float?
  private var isConstant = true
  private(set) var wettestHour: Float = 0
  private(set) var wetHours = 0
  /// Places of the cells that must have rain.
  private let wanted: [Int]

  init(_ day: JSTDay, wanted: [Int]) {
    (self.day, self.wanted) = (day, wanted)
  }

  /// Adds the next hour of the day that has values, mm.
  mutating func add(_ rain: [Float]) {
    hours += 1
    if totals.isEmpty { totals = [Float](repeating: 0, count: rain.count) }
    var most: Float = 0
    for i in rain.indices {
      let value = rain[i]
      guard !value.isNaN else { continue }
      totals[i] += value
      most = max(most, value)
      if single == nil { single = value }
      if value != single { isConstant = false }
    }
    let missing = wanted.count { rain[$0].isNaN }
    if missing > 0 { uncovered = (uncovered.hours + 1, max(uncovered.cells, missing)) }
    wettestHour = max(wettestHour, most)
    if most > 0 { wetHours += 1 }
    if let last { changes.append(Self.change(from: last, to: rain)) }
    last = rain
  }

  private static func change(from last: [Float], to rain: [Float]) -> Change {
    var change = Change()
    for (before, now) in zip(last, rain) {
      if before > 0 { change.wet += 1 }
      if now > before + 0.01 { change.rises += 1 } else if now < before - 0.01 { change.falls += 1 }
    }
    return change
  }

  /// What the day looks like.
  func findings(source: String) -> [RainIrregularity] {
    var found: [RainIrregularity] = []
    func add(_ kind: RainIrregularity.Kind, _ subject: String, count: Int = 1) {
      found.append(RainIrregularity(kind, file: source, subject: subject, count: count))
    }
    let english = Language.english
    if uncovered.hours > 0 {
      add(
        .uncovered, english.say(.uncoveredDay, "\(day)", "\(uncovered.cells)", "\(wanted.count)"),
        count: uncovered.hours)
    }
    if grows { add(.runningTotals, "\(day)") }
    if hours == 24, isConstant, let single, single > 0 {
      add(.constant, english.say(.constantDay, "\(day)", "\(single)"))
    }
    if let wettest = totals.max(), wettest > RainGate.dayRecord {
      add(.unit, english.say(.recordDay, "\(day)", "\(wettest)", "\(RainGate.dayRecord)"))
    }
    return found
  }

  /// No cell ever falls but at one hour, when nearly all wet cells do; and rain grows in most hours.
  private var grows: Bool {
    let drops = changes.filter { $0.falls > 0 }
    guard drops.count == 1, let drop = drops.first, drop.wet > 0 else { return false }
    return drop.falls * 10 >= drop.wet * 9 && changes.count { $0.rises > 0 } >= 8
  }

  /// Amounts that would be metres, over all days of an import.
  static func unitDoubt(_ all: [RainSigns], source: String) -> RainIrregularity? {
    let most = all.map(\.wettestHour).max() ?? 0
    let wet = all.reduce(0) { $0 + $1.wetHours }
    guard wet >= 100, most < 0.1 else { return nil }
    return RainIrregularity(
      .unit, file: source, subject: "no cell above \(most) mm in \(wet) hours with rain: is it in metres?")
  }
}
