package import Mesh

/// Everything the model needs to go on after 24:00 of a day: one value a cell, no grid.
///
/// Rain of an hour that is missing between two observed hours is their mean (METHOD.md 1.3). Where that hour is the last
/// of a day, the next one is not known yet: the day counts it as 0 and flags it, and the state keeps the storages of 23:00.
/// When the next day begins with an observed hour, the missing one is computed again from there. So a day needs no look
/// into the next, and day by day gives the same bits as one go.
package struct SoilWaterState: Sendable, Equatable {
  package static let historyDays = 10

  package let cells: Int
  /// The day at whose 24:00 the state stands; `nil` before the first day.
  package var day: JSTDay?
  /// Storages of the tanks, mm, shape `(3, cells)`: surface, middle, deep. `NaN` where rain was never observed.
  package var storages: [Float]
  /// Rain of the hour ending 24:00, else (where that is missing) of the hour ending 23:00, mm; `NaN` where both are.
  package var lastRain: [Float]
  /// Storages at 23:00 where the hour ending 24:00 is missing and the one before is not, shape `(3, cells)`, else `NaN`.
  package var storagesBeforeGap: [Float]
  /// Missing hours of the last ten days, latest day first: bit `h − 1` stands for the hour ending at `h`. A day without
  /// missing hours is an empty array.
  package var missingHours: [[UInt32]]
  /// Hours since the first observed one; −1 where there was none.
  package var hoursRun: [Int32]

  /// Empty tanks that wait for their first rain observation.
  package init(cells: Int) {
    self.cells = cells
    storages = Array(repeating: .nan, count: 3 * cells)
    lastRain = Array(repeating: .nan, count: cells)
    storagesBeforeGap = storages
    missingHours = Array(repeating: [], count: Self.historyDays)
    hoursRun = Array(repeating: -1, count: cells)
  }

  /// A start from storages computed elsewhere: counts as spun up. Cells with `NaN` in any tank start empty.
  ///
  /// - Parameters:
  ///   - surface: First tank, mm, one value a cell.
  ///   - middle: Second tank, mm.
  ///   - deep: Third tank, mm.
  ///   - day: The storages are those of 24:00 of this day.
  package init(surface: [Float], middle: [Float], deep: [Float], at day: JSTDay?) {
    precondition(surface.count == middle.count && middle.count == deep.count, "tanks of different sizes")
    self.init(cells: surface.count)
    self.day = day
    for i in 0..<cells where !(surface[i] + middle[i] + deep[i]).isNaN {
      storages[i] = surface[i]
      storages[cells + i] = middle[i]
      storages[2 * cells + i] = deep[i]
      hoursRun[i] = Self.spunUp
    }
  }

  /// Hours that stand for "warm start": far more than any spin-up.
  package static let spunUp: Int32 = 87_600

  package var surface: [Float] { Array(storages[0..<cells]) }
  package var middle: [Float] { Array(storages[cells..<2 * cells]) }
  package var deep: [Float] { Array(storages[2 * cells..<3 * cells]) }

  /// The soil water index at 24:00, mm.
  package var soilWaterIndex: [Float] {
    (0..<cells).map { storages[$0] + storages[cells + $0] + storages[2 * cells + $0] }
  }

  /// What no run can have led to, in words; `nil` where all is possible.
  package var impossibility: String? {
    // Storages that any rain the gate lets through can lead to are far below; below 0 they are by rounding alone.
    let (tank, rain): (ClosedRange<Float>, ClosedRange<Float>) = (-0.01...5_000, 0...400)
    if let value = (storages + storagesBeforeGap).first(where: { !$0.isNaN && !tank.contains($0) }) {
      return "a tank with \(value) mm"
    }
    if let value = lastRain.first(where: { !$0.isNaN && !rain.contains($0) }) {
      return "an hour with \(value) mm of rain"
    }
    for cell in 0..<cells {
      let isEmpty = storages[cell].isNaN
      if storages[cells + cell].isNaN != isEmpty || storages[2 * cells + cell].isNaN != isEmpty {
        return "a cell with some of its tanks"
      }
      if hoursRun[cell] < -1 || (hoursRun[cell] < 0) != isEmpty { return "tanks that ran for \(hoursRun[cell]) hours" }
    }
    return nil
  }

  /// Equal to the bit; `NaN` equals `NaN`.
  package static func == (a: SoilWaterState, b: SoilWaterState) -> Bool {
    func same(_ x: [Float], _ y: [Float]) -> Bool {
      x.count == y.count && zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
    return a.cells == b.cells && a.day == b.day && same(a.storages, b.storages) && same(a.lastRain, b.lastRain)
      && same(a.storagesBeforeGap, b.storagesBeforeGap) && a.missingHours == b.missingHours && a.hoursRun == b.hoursRun
  }
}

/// Storages of the tanks from JMA's soil water fields of one moment.
///
/// `S₁` is tank 1, `S₂` the magnitude of tank 2 (about a third of its levels carry a minus sign of unknown meaning),
/// `S₃ = (SWI − S₁ − S₂)⁺`.
/// - Source: METHOD.md 1.2.
package func tankStorages(
  soilWaterIndex: Float, tank1: Float, tank2: Float
) -> TankStorage<Float> {
  let middle = abs(tank2)
  let rest = soilWaterIndex - tank1 - middle
  return TankStorage(surface: tank1, middle: middle, deep: rest < 0 ? 0 : rest)
}
