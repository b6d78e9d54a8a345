package import Mesh
import Statistics

/// The tank model of many cells: strips of cells run through a whole day, on as many threads as wanted.
///
/// Cells do not know each other, so strips and threads change no bit.
package struct TankField: Sendable {
  package let parameters: TankParameters
  /// Days after the first observation before values count as valid.
  package let spinUpDays: Int
  package let threads: Int
  /// Cells a strip: its storages and its day of rain stay in the second-level cache.
  static let stripCells = 1_024

  package init(parameters: TankParameters = .nationwide, spinUpDays: Int = 30, threads: Int = 1) {
    precondition(spinUpDays >= 0 && threads > 0, "\(spinUpDays) days of spin-up, \(threads) threads")
    self.parameters = parameters
    self.spinUpDays = spinUpDays
    self.threads = threads
  }

  /// Advances a state by one day.
  ///
  /// - Parameters:
  ///   - state: At 24:00 of the day before; becomes the state at 24:00 of `day`.
  ///   - rain: Rain of the 24 hours, mm, shape `(24, cells)`; `NaN` is missing.
  ///   - day: Written into state and result.
  ///   - keepingHours: Fills the hourly fields of the result.
  /// - Returns: The record of the day.
  /// - Precondition: `state` is fresh or stands at the day before.
  package func advance(
    _ state: inout SoilWaterState, rain: [Float], on day: JSTDay?, keepingHours: Bool = false
  ) -> SoilWaterDay {
    let cells = state.cells
    precondition(rain.count == 24 * cells, "\(rain.count) values of rain for 24 hours of \(cells) cells")
    if let last = state.day, let day {
      precondition(day == last.advanced(by: 1), "a state of \(last) cannot go on with \(day)")
    }
    var today = [UInt32](repeating: 0, count: cells)
    // Rows as `TankStrip.quantities` has them.
    // Strips write every value of theirs and are the first to touch the memory.
    var quantities = [Float](unsafeUninitializedCapacity: TankStrip.quantityRows * cells) {
      $1 = TankStrip.quantityRows * cells
    }
    // Hour of the maximum, flag, missing hours of 240, filled hours.
    var marks = [UInt8](repeating: 0, count: 4 * cells)
    var hourlyIndex = [Float](repeating: .nan, count: keepingHours ? 24 * cells : 0)
    var (hourlyRain, hourlyMiddle, hourlyDeep) = (hourlyIndex, hourlyIndex, hourlyIndex)
    let history = state.missingHours
    let strips = (cells + Self.stripCells - 1) / Self.stripCells

    rain.withUnsafeBufferPointer { rain in
      today.withUnsafeMutableBufferPointer { today in
        quantities.withUnsafeMutableBufferPointer { quantities in
          marks.withUnsafeMutableBufferPointer { marks in
            hourlyIndex.withUnsafeMutableBufferPointer { hourlyIndex in
              hourlyRain.withUnsafeMutableBufferPointer { hourlyRain in
                hourlyMiddle.withUnsafeMutableBufferPointer { hourlyMiddle in
                  hourlyDeep.withUnsafeMutableBufferPointer { hourlyDeep in
                    state.withBuffers { storages, lastRain, beforeGap, hoursRun in
                      let strip = TankStrip(
                        field: self, cells: cells, rain: rain, history: history, storages: storages, lastRain: lastRain,
                        beforeGap: beforeGap, hoursRun: hoursRun, today: today, quantities: quantities, marks: marks,
                        hourlyIndex: hourlyIndex, hourlyRain: hourlyRain, hourlyMiddle: hourlyMiddle,
                        hourlyDeep: hourlyDeep)
                      inParallel(strips, threads: threads) { index in
                        let first = index * Self.stripCells
                        strip.advance(first..<min(cells, first + Self.stripCells))
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }

    state.missingHours.removeLast()
    state.missingHours.insert(today.contains { $0 != 0 } ? today : [], at: 0)
    state.day = day
    let numbers = rows(TankStrip.quantityRows, of: quantities, cells: cells, threads: threads)
    let bytes = rows(4, of: marks, cells: cells, threads: threads)
    return SoilWaterDay(
      day: day, cells: cells, maximum: numbers[0], hourOfMaximum: bytes[0], rainAtMaximum: numbers[1],
      atMidnight: numbers[2], greatestRain: numbers[3], flags: bytes[1], missingHours: bytes[2], filledHours: bytes[3],
      hourlyIndex: hourlyIndex, hourlyRain: hourlyRain, middleMaximum: numbers[4], deepMaximum: numbers[5],
      lowerMaximum: numbers[6], hourlyMiddle: hourlyMiddle, hourlyDeep: hourlyDeep)
  }
}

extension SoilWaterState {
  /// Hands out storages, last rain, storages before a gap and hours run at once.
  fileprivate mutating func withBuffers(
    _ body: (
      UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>,
      UnsafeMutableBufferPointer<Int32>
    ) -> Void
  ) {
    storages.withUnsafeMutableBufferPointer { storages in
      lastRain.withUnsafeMutableBufferPointer { lastRain in
        storagesBeforeGap.withUnsafeMutableBufferPointer { beforeGap in
          hoursRun.withUnsafeMutableBufferPointer { body(storages, lastRain, beforeGap, $0) }
        }
      }
    }
  }
}

/// The rows of a buffer, copied side by side: the first touch of fresh memory costs as much as hours of the tanks.
private func rows<Value: Sendable>(_ count: Int, of buffer: [Value], cells: Int, threads: Int) -> [[Value]] {
  var rows = [[Value]](repeating: [], count: count)
  rows.withUnsafeMutableBufferPointer { rows in
    nonisolated(unsafe) let rows = rows
    inParallel(count, threads: threads) { rows[$0] = Array(buffer[$0 * cells..<($0 + 1) * cells]) }
  }
  return rows
}
