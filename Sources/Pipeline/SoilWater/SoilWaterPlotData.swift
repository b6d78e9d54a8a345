package import Mesh
package import SoilWater

/// The history of one cell around a day, ready to be drawn: the snake line and the series in time.
package struct SoilWaterPlotData: Sendable {
  /// A line of equal cover in the plane of soil water and rain.
  package struct Contour: Sendable {
    /// Cover, 0.9 (often survived) ... 0.1.
    package let level: Float
    /// Corners from the rain axis to the soil water axis.
    package let soilWater: [Float]
    package let rain: [Float]
    package let isCriticalLine: Bool
  }

  /// Days shown before the one that is drawn.
  package static let daysBefore = 3

  package let cell: Mesh3Code
  package let day: JSTDay
  /// Ends of the hours, ascending: those of `day` are the last 24.
  package let hours: [JSTHour]
  /// Rain of each hour, mm; `NaN` where nothing is known.
  package let rain: [Float]
  /// Index at the end of each hour, mm: with `rain` the points of the snake line.
  package let soilWater: [Float]
  /// Storages at the end of each hour, mm: surface, middle, deep.
  package let tanks: [[Float]]
  /// Empty without climatology.
  package let contours: [Contour]
  package let criticalLine: CriticalLine?
  /// Ends of the axes of the contours, mm and mm/h.
  package let axes: (soilWater: Float, rain: Float)
  package let flag: SoilWaterFlag
  package let anomaly: Float
  package let uncovered: Float
  package let rank: Float
  package let returnPeriod: Float
  /// Hour (1 ... 24) of the worst state of `day`.
  package let worstHour: Int
}

extension SoilWaterRun {
  /// Gathers what a plot of a cell shows.
  ///
  /// - Parameters:
  ///   - cell: A cell of the grid.
  ///   - day: The day; its climatology must not have seen it.
  ///   - coldStart: As for `run`.
  ///   - climatology: For contours and anomaly, if there is one.
  ///   - rain: As for `run`; read on the whole grid.
  /// - Returns: The data; `nil` where the grid lacks the cell.
  /// - Throws: As `run`, and `SoilWaterError.seenDay`.
  package func plotData(
    of cell: Mesh3Code, on day: JSTDay, coldStart: JSTDay, climatology: Climatology?,
    rain: (JSTDay) throws -> LayerStack<Float>?
  ) throws -> SoilWaterPlotData? {
    guard let place = grid.index(of: cell) else { return nil }
    let first = max(coldStart, day.advanced(by: -SoilWaterPlotData.daysBefore))
    var hours: [JSTHour] = []
    var series: (rain: [Float], soilWater: [Float]) = ([], [])
    var tanks: [[Float]] = [[], [], []]
    var last: SoilWaterDay?
    var start: TankStorage<Float>?
    _ = try run(
      first...day, coldStart: coldStart, continuation: .beforeRange, storing: { _ in false },
      keepingHours: { $0 >= first }, rain: rain,
      onDay: { record, state in
        defer {
          start = TankStorage(
            surface: state.surface[place], middle: state.middle[place], deep: state.deep[place])
        }
        guard let date = record.day, date >= first else { return }
        if start == nil, let before = try store.read(date.advanced(by: -1)) {
          start = TankStorage(
            surface: before.surface[place], middle: before.middle[place], deep: before.deep[place])
        }
        var storage = start ?? .empty
        for (hour, time) in date.hours.enumerated() {
          let amount = record.hourlyRain[hour * grid.count + place]
          hours.append(time)
          series.rain.append(amount)
          series.soilWater.append(record.hourlyIndex[hour * grid.count + place])
          if !amount.isNaN {
            storage = advanceHour(storage.total.isNaN ? .empty : storage, rain: amount, by: field.parameters)
          }
          for (tank, value) in [storage.surface, storage.middle, storage.deep].enumerated() {
            tanks[tank].append(amount.isNaN ? .nan : value)
          }
        }
        last = record
      })
    guard let record = last else { return nil }
    let anomaly = try climatology.map { try $0.score(record, on: grid) }
    let unit = climatology?.units.unit(of: cell)
    let line = climatology?.criticalLine()
    var contours: [SoilWaterPlotData.Contour] = []
    var axes: (soilWater: Float, rain: Float) = (400, 120)
    if let climatology, let unit, climatology.members[unit].hasClimatology {
      let surface = climatology.surface(at: cell)
      axes = (surface.soilWaterAxis, surface.rainAxis)
      contours = Climatology.levels.map { level in
        let points = surface.contour(level: level)
        return SoilWaterPlotData.Contour(
          level: level, soilWater: points.map(\.soilWater), rain: points.map(\.rain),
          isCriticalLine: level == line?.level)
      }
    }
    return SoilWaterPlotData(
      cell: cell, day: day, hours: hours, rain: series.rain, soilWater: series.soilWater, tanks: tanks,
      contours: contours, criticalLine: contours.isEmpty ? nil : line,
      axes: axes,
      flag: SoilWaterFlag(rawValue: record.flags[place]) ?? .invalid,
      anomaly: anomaly?.anomaly[place] ?? .nan, uncovered: anomaly?.uncovered[place] ?? .nan,
      rank: anomaly?.rank[place] ?? .nan, returnPeriod: anomaly?.returnPeriod[place] ?? .nan,
      worstHour: Int(anomaly?.worstHour[place] ?? record.hourOfMaximum[place]))
  }
}
