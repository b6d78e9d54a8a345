package import Mesh

extension TankField {
  /// Goes on from storages known at a full hour within a day to 24:00 of that day.
  ///
  /// Missing hours follow METHOD.md 1.3; the rain of the hour of the storages is not known, so a missing hour right after
  /// it is taken as 0. Hours up to the storages count as observed: they are in them.
  ///
  /// - Parameters:
  ///   - start: Storages at the hour, and how long the tanks have run.
  ///   - hour: The moment of the storages. At 24:00 the start is the state.
  ///   - rain: Rain of the 24 hours of the hour's day, mm, shape `(24, cells)`; hours up to `hour` are not looked at.
  /// - Returns: The state at 24:00 of the hour's day.
  package func finishDay(_ start: SoilWaterState, from hour: JSTHour, rain: [Float]) -> SoilWaterState {
    let cells = start.cells
    precondition(rain.count == 24 * cells, "\(rain.count) values of rain for 24 hours of \(cells) cells")
    var state = start
    state.day = hour.day
    let done = hour.hourOfDay
    guard done < 24 else { return state }
    var today = [UInt32](repeating: 0, count: cells)
    for cell in 0..<cells where state.hoursRun[cell] >= 0 {
      for place in done..<24 where rain[place * cells + cell].isNaN { today[cell] |= 1 << UInt32(place) }
      let unknown = UInt32(1) << UInt32(done - 1)
      let kinds = MissingRain(missing: today[cell] | unknown, yesterday: 0, wasObserved: true)
      var tanks = TankStorage(
        surface: state.storages[cell], middle: state.storages[cells + cell], deep: state.storages[2 * cells + cell])
      for place in done..<24 {
        if place == 23, kinds.isOpen { state.setGap(cell, tanks) }
        let observed = rain[place * cells + cell]
        let isFilled = kinds.filled >> UInt32(place) & 1 == 1
        let filled = isFilled ? (rain[(place - 1) * cells + cell] + rain[(place + 1) * cells + cell]) / 2 : 0
        tanks = advanceHour(tanks, rain: observed.isNaN ? filled : observed, by: parameters)
      }
      state.storages[cell] = tanks.surface
      state.storages[cells + cell] = tanks.middle
      state.storages[2 * cells + cell] = tanks.deep
      let last = today[cell] & MissingRain.lastHour == 0 ? 23 : 22
      state.lastRain[cell] = last >= done ? rain[last * cells + cell] : .nan
    }
    state.missingHours.removeLast()
    state.missingHours.insert(today.contains { $0 != 0 } ? today : [], at: 0)
    return state
  }
}

extension SoilWaterState {
  fileprivate mutating func setGap(_ cell: Int, _ tanks: TankStorage<Float>) {
    storagesBeforeGap[cell] = tanks.surface
    storagesBeforeGap[cells + cell] = tanks.middle
    storagesBeforeGap[2 * cells + cell] = tanks.deep
  }
}
