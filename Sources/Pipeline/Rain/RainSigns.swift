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

  /// What is known of a day's amounts.
  struct Amounts {
    /// The least and the most of a cell in an hour, mm; the other way round infinite where nothing is known.
    var lowest = Float.infinity
    var highest = -Float.infinity
    /// Hours with rain somewhere.
    var wetHours = 0
  }

  private let day: JSTDay
  private var last: ArraySlice<Float>?
  private var changes: [Change] = []
  private var hours = 0
  private var uncovered = (hours: 0, cells: 0)
  private var totals: [Float] = []
  private(set) var amounts = Amounts()
  /// Places of the cells that must have rain.
  private let wanted: [Int]

  init(_ day: JSTDay, wanted: [Int]) {
    (self.day, self.wanted) = (day, wanted)
  }

  /// Adds the next hour of the day that has values, mm.
  mutating func add(_ rain: ArraySlice<Float>) {
    hours += 1
    if totals.isEmpty { totals = [Float](repeating: 0, count: rain.count) }
    let (lowest, highest) = Self.add(rain.span, to: &totals)
    amounts.lowest = min(amounts.lowest, lowest)
    amounts.highest = max(amounts.highest, highest)
    if highest > 0 { amounts.wetHours += 1 }
    let missing = missing(in: rain.span)
    if missing > 0 { uncovered = (uncovered.hours + 1, max(uncovered.cells, missing)) }
    if let last { changes.append(Self.change(from: last.span, to: rain.span)) }
    last = rain
  }

  private static func add(_ rain: Span<Float>, to totals: inout [Float]) -> (lowest: Float, highest: Float) {
    var (lowest, highest) = (Float.infinity, -Float.infinity)
    var sums = totals.mutableSpan
    for i in rain.indices {
      let value = rain[i]
      // No comparison with `NaN` holds.
      sums[i] += value.isNaN ? 0 : value
      lowest = value < lowest ? value : lowest
      highest = value > highest ? value : highest
    }
    return (lowest, highest)
  }

  private func missing(in rain: Span<Float>) -> Int {
    var count = 0
    for place in wanted where rain[place].isNaN { count += 1 }
    return count
  }

  private static func change(from last: Span<Float>, to rain: Span<Float>) -> Change {
    // Counters as wide as the values are counted several at a time.
    var (rises, falls, wet): (Int32, Int32, Int32) = (0, 0, 0)
    for i in rain.indices {
      let (before, now) = (last[i], rain[i])
      wet &+= before > 0 ? 1 : 0
      rises &+= now > before + 0.01 ? 1 : 0
      falls &+= now < before - 0.01 ? 1 : 0
    }
    return Change(rises: Int(rises), falls: Int(falls), wet: Int(wet))
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
    if hours == 24, amounts.lowest == amounts.highest, amounts.lowest > 0 {
      add(.constant, english.say(.constantDay, "\(day)", "\(amounts.lowest)"))
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
  static func unitDoubt(_ all: [Amounts], source: String) -> RainIrregularity? {
    let most = all.map(\.highest).max() ?? 0
    let wet = all.reduce(0) { $0 + $1.wetHours }
    guard wet >= 100, most < 0.1 else { return nil }
    return RainIrregularity(
      .unit, file: source, subject: "no cell above \(most) mm in \(wet) hours with rain: is it in metres?")
  }
}
