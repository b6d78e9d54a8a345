/// The beginning of a rain event within a day of a cell: at a wet hour after 24 dry ones, so once a day at most.
struct EventCut {
  let cell: Int
  /// Place of the wet hour, 0 ..< 24.
  let hour: Int
  /// Highest values of the day before that hour, of the event that ends, mm, in the order of `MemoryIndex`; 0 for none.
  var before = SIMD8<Float>()
  /// Highest from that hour on, of the event that begins.
  var after = SIMD8<Float>()

  /// Dry hours that end an event: those of the critical line's usual settings, whatever a catalogue sets.
  static let dryHours = UInt16(ClimatologySettings().dryHours)
  /// Rain from which an hour is wet, mm.
  static let wetHour = ClimatologySettings().wetHour

  /// The beginnings in a strip of cells, ascending.
  ///
  /// - Parameters:
  ///   - range: The strip.
  ///   - cells: Of a row.
  ///   - rain: Rain of the 24 hours, mm, shape `(24, cells)`, without `NaN`.
  ///   - dryHours: Dry hours since the last wet one, `EventCut.dryHours` at most, a cell; goes on to the end of the day.
  /// - Returns: One entry a beginning, its highest values still to be found.
  static func cuts(
    in range: Range<Int>, of cells: Int, rain: UnsafeBufferPointer<Float>, dryHours: UnsafeMutableBufferPointer<UInt16>
  ) -> [EventCut] {
    var cuts: [EventCut] = []
    for hour in 0..<24 {
      for cell in range {
        if rain[hour * cells + cell] >= wetHour {
          if dryHours[cell] >= Self.dryHours { cuts.append(EventCut(cell: cell, hour: hour)) }
          dryHours[cell] = 0
        } else if dryHours[cell] < Self.dryHours {
          // Compared first: a number of a file may be the greatest of its type.
          dryHours[cell] += 1
        }
      }
    }
    return cuts.sorted { $0.cell < $1.cell }
  }

  /// Takes in the hours of one measure, `NaN` for none.
  mutating func take(_ index: MemoryIndex, value: (_ hour: Int) -> Float) {
    for place in 0..<24 {
      let value = value(place)
      if place < hour {
        if value > before[index.rawValue] { before[index.rawValue] = value }
      } else if value > after[index.rawValue] {
        after[index.rawValue] = value
      }
    }
  }
}
