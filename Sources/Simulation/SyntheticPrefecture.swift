import Foundation
package import Mesh
package import Rasters

/// What the synthetic prefecture of the demo shall be like.
package struct PrefectureSettings: Sendable {
  /// Same seed, same bytes.
  package var seed: UInt64 = 46
  /// Days with rain for all 24 hours, JST.
  package var days: ClosedRange<JSTDay> = JSTDay(daysSince1970: 19_083)...JSTDay(daysSince1970: 19_600)
  /// Number of landslides in the inventory.
  package var slides = 150
  /// Height that one pixel in a hundred exceeds, m.
  package var high = 1_100.0
  /// Multiplies all rain.
  package var wetness = 1.4

  /// 518 days, 2022-04-01 to 2023-08-31: a year of past before the season that is predicted.
  package init() {}
}

/// What `simulatePrefecture` made.
package struct SimulationSummary: Sendable {
  /// Paths in the folder, in the order they were written.
  package let files: [String]
  package let days: ClosedRange<JSTDay>
  /// A day with many landslides in the last season, late enough for the soil water to have spun up.
  package let suggestedDate: JSTDay
  package let slides: Int
  /// Land cells of the prefecture.
  package let cells: Int
  /// The most rain a cell gets on the suggested date, mm.
  package let heaviestRain: Double
  /// Invented name of the prefecture.
  package let name: String
}

/// Writes the synthetic prefecture of the demo: elevation, soil, vegetation, hourly rain, boundary, landslides and a catalogue, in
/// the formats users have. Weather and failures follow METHOD 9; nothing in it is real.
///
/// - Parameters:
///   - settings: Seed, days and sizes.
///   - folder: Where the files go; made if absent. Files of these names are replaced.
///   - progress: Gets a line at each step.
/// - Returns: What was made.
/// - Throws: `cannotWrite`; each file is either whole or absent.
package func simulatePrefecture(
  _ settings: PrefectureSettings, to folder: String, progress: (String) -> Void = { _ in }
) throws(RasterError) -> SimulationSummary {
  precondition(settings.days.lowerBound.distance(to: settings.days.upperBound) >= 45, "fewer than 46 days")
  progress("growing a landscape of 60 x 60 km")
  let land = PrefectureLand(seed: settings.seed, high: settings.high)
  let cover = LandCover(land: land, seed: settings.seed)
  let bounds = try PrefectureLand.bounds()
  let grid = MeshGrid(south: bounds.south, west: bounds.west, north: bounds.north, east: bounds.east).padded(by: 5)

  progress("raining on \(grid.count) cells from \(settings.days.lowerBound) to \(settings.days.upperBound)")
  let elevation = try meanElevation(of: land, on: grid)
  // Whole UTC days: the hours that end from 10:00 JST of the day before to 09:00 of the day after.
  let first = JSTHour(ending: settings.days.lowerBound.advanced(by: -1), 10)
  let end = JSTHour(ending: settings.days.upperBound.advanced(by: 1), 10)
  let weather = PrefectureWeather(
    seed: settings.seed, grid: grid, hours: first..<end, elevation: elevation, wetness: settings.wetness)

  progress("letting slopes fail")
  let slides = try PrefectureSlides(
    wanted: settings.slides, days: settings.days, land: land, cover: cover, weather: weather, seed: settings.seed)

  progress("writing \(folder)")
  let files = PrefectureFiles(folder: folder, seed: settings.seed)
  let written = try files.write(land: land, cover: cover, weather: weather, slides: slides.slides)
  let boundary = try AreaPolygons(VectorInput((folder as NSString).appendingPathComponent("boundary.geojson")))
  let date = suggestedDate(slides.slides, weather: weather, days: settings.days)
  return SimulationSummary(
    files: written, days: settings.days, suggestedDate: date, slides: slides.slides.count,
    cells: boundary.cells.values.count { $0 }, heaviestRain: weather.heaviestDay(date), name: PrefectureFiles.name)
}

/// The day with most slides in the last season, after 45 days of spin-up; of equal ones the wettest.
private func suggestedDate(
  _ slides: [PrefectureSlide], weather: PrefectureWeather, days: ClosedRange<JSTDay>
) -> JSTDay {
  let first = max(days.lowerBound.advanced(by: 45), days.upperBound.advanced(by: -150))
  var counts: [JSTDay: Int] = [:]
  for slide in slides where slide.day >= first { counts[slide.day, default: 0] += 1 }
  let most = counts.values.max() ?? 0
  let candidates = (first...days.upperBound).filter { counts[$0, default: 0] == most }
  let rain = candidates.map(weather.heaviestDay)
  return zip(candidates, rain).max { $0.1 < $1.1 }?.0 ?? days.upperBound
}

extension PrefectureWeather {
  /// The most rain any cell gets on a day, mm.
  func heaviestDay(_ day: JSTDay) -> Double {
    let first = firstHour.distance(to: JSTHour(ending: day, 1))
    let totals = (0..<grid.count).map { cell in
      (first..<first + 24).reduce(0) { $0 + Int(tenths[$1 * grid.count + cell]) }
    }
    return Double(totals.max() ?? 0) / 10
  }
}

/// The cells' mean height over land pixels, m; 0 in the sea and off the map.
private func meanElevation(of land: PrefectureLand, on grid: MeshGrid) throws(RasterError) -> [Float] {
  let plane = land.terrain.grid
  let toDegrees = try CoordinateTransformation(from: PrefectureLand.referenceSystem, to: "EPSG:6668")
  var xs = (0..<plane.count).map { plane.x(ofColumn: $0 % plane.width) }
  var ys = (0..<plane.count).map { plane.y(ofRow: $0 / plane.width) }
  toDegrees.transform(x: &xs, y: &ys)
  var sums = [Double](repeating: 0, count: grid.count)
  var counts = [Double](repeating: 0, count: grid.count)
  for i in 0..<plane.count where land.terrain.isLand[i] {
    guard let code = Mesh3Code(latitude: ys[i], longitude: xs[i]), let cell = grid.index(of: code) else { continue }
    sums[cell] += Double(land.terrain.height[i])
    counts[cell] += 1
  }
  return zip(sums, counts).map { Float($1 > 0 ? $0 / $1 : 0) }
}
