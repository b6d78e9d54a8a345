/// The highest values of a day of a strip of cells, by all memory indices, on buffers that all strips share but none
/// overlaps in.
struct MemoryStrip {
  let cells: Int
  /// Soil water of the day, with its hourly fields.
  let record: SoilWaterDay
  /// Rain of the three days before and of the day, mm, shape `(96, cells)`, without `NaN`.
  let hours: UnsafeBufferPointer<Float>
  /// Effective rains, go on to 24:00, shape `(2, cells)`.
  let effective: UnsafeMutableBufferPointer<Float>
  /// Go on to 24:00, as `EventCut` has them.
  let dryHours: UnsafeMutableBufferPointer<UInt16>
  /// Takes the highest values of the day, shape `(8, cells)`; those of the tanks stand there already.
  let highest: UnsafeMutableBufferPointer<Float>

  /// - Returns: The rain events that begin, ascending by cell, with the day's highest values on both sides.
  func advance(_ range: Range<Int>) -> [EventCut] {
    let today = UnsafeBufferPointer(rebasing: hours[SurvivedRecord.rainHours * cells..<hours.count])
    var cuts = EventCut.cuts(in: range, of: cells, rain: today, dryHours: dryHours)
    for place in cuts.indices { takeTanks(&cuts[place]) }
    keepHighestSum(of: 24, range, into: .rain24, &cuts)
    keepHighestSum(of: 72, range, into: .rain72, &cuts)
    for (place, index) in [MemoryIndex.effectiveRain72, .effectiveRain144].enumerated() {
      keepHighestEffective(place, range, into: index, &cuts)
    }
    return cuts
  }

  private func takeTanks(_ cut: inout EventCut) {
    let cell = cut.cell
    cut.take(.soilWater) { record.hourlyIndex[$0 * cells + cell] }
    cut.take(.middleTank) { record.hourlyMiddle[$0 * cells + cell] }
    cut.take(.deepTank) { record.hourlyDeep[$0 * cells + cell] }
    cut.take(.lowerTanks) { record.hourlyMiddle[$0 * cells + cell] + record.hourlyDeep[$0 * cells + cell] }
  }

  /// Keeps the highest sum of the last `length` hours that ends within the day.
  ///
  /// The sum slides in `Double`, in which amounts of rain add and cancel exactly.
  private func keepHighestSum(of length: Int, _ range: Range<Int>, into index: MemoryIndex, _ cuts: inout [EventCut]) {
    let before = SurvivedRecord.rainHours
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { sums in
      sums.initialize(repeating: 0)
      for hour in before - length..<before {
        for (i, cell) in range.enumerated() { sums[i] += Double(hours[hour * cells + cell]) }
      }
      keepHighest(range, into: index, &cuts) { hour in
        let new = before + hour
        for (i, cell) in range.enumerated() {
          sums[i] += Double(hours[new * cells + cell]) - Double(hours[(new - length) * cells + cell])
          let place = index.rawValue * cells + cell
          highest[place] = max(highest[place], Float(sums[i]))
        }
      }
    }
  }

  private func keepHighestEffective(
    _ half: Int, _ range: Range<Int>, into index: MemoryIndex, _ cuts: inout [EventCut]
  ) {
    let process = EffectiveRain(halfLife: EffectiveRain.halfLives[half])
    keepHighest(range, into: index, &cuts) { hour in
      for cell in range {
        let (own, place) = (half * cells + cell, index.rawValue * cells + cell)
        effective[own] = process.next(effective[own], rain: hours[(SurvivedRecord.rainHours + hour) * cells + cell])
        highest[place] = max(highest[place], effective[own])
      }
    }
  }

  /// Runs through the hours of one measure: what is highest so far is put aside where an event begins.
  private func keepHighest(
    _ range: Range<Int>, into index: MemoryIndex, _ cuts: inout [EventCut], advance: (_ hour: Int) -> Void
  ) {
    for hour in 0..<24 {
      for place in cuts.indices where cuts[place].hour == hour {
        let own = index.rawValue * cells + cuts[place].cell
        (cuts[place].before[index.rawValue], highest[own]) = (highest[own], 0)
      }
      advance(hour)
    }
    for place in cuts.indices {
      let own = index.rawValue * cells + cuts[place].cell
      cuts[place].after[index.rawValue] = highest[own]
      highest[own] = max(highest[own], cuts[place].before[index.rawValue])
    }
  }
}
