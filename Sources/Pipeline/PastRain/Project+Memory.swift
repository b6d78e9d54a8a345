import Mesh
import Rasters
import SoilWater

extension Project {
  /// A day beside what every cell had survived on all days before it, from the first day of the soil water on; states are
  /// there.
  ///
  /// - Parameters:
  ///   - day: A whole day of observed rain.
  ///   - rain: Of the run; its past is that of the archive.
  /// - Returns: The day on the project's grid.
  /// - Throws: What reading rain and states throws.
  func memory(of day: JSTDay, rain: RunRain) throws -> MemoryDay {
    let first = try soilWaterStart(by: day)
    var survived = SurvivedRecord(cells: grid.count)
    var hours: [Float] = []
    var found: MemoryDay?
    console.begin("what the cells of \(area.name) have survived since \(first)")
    let all = Double(first.distance(to: day) + 1)
    try replay(
      first...day,
      rain: { day in
        let stack = try rain.rain(of: day)
        hours = stack?.values ?? [Float](repeating: .nan, count: 24 * grid.count)
        return stack
      },
      onDay: { record, _ in
        found = survived.advance(by: record, rain: hours, threads: threads)
        if let day = record.day { console.progress(Double(first.distance(to: day) + 1) / all) }
      })
    guard let found else { throw RainLack.noRain(day: day, archive: archive.folder) }
    return found
  }
}
