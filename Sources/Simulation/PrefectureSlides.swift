import Foundation
import Mesh
import Rasters
import Statistics

/// A landslide of the synthetic prefecture.
struct PrefectureSlide: Sendable {
  let day: JSTDay
  /// 1 ... 24.
  let hour: Int
  let latitude: Double
  let longitude: Double
  /// How well the position is known, m.
  let accuracy: Int
  /// Some reports name the day only.
  let isHourKnown: Bool
}

/// Failures of the slopes in every cell of the prefecture: infinite slopes wetted by a hydrology of their own.
struct PrefectureSlides: Sendable {
  let slides: [PrefectureSlide]
  /// Added to every slope's cohesion so that the wanted number fails, kPa.
  let offset: Double

  /// - Parameters:
  ///   - wanted: How many failures.
  ///   - days: The days that count.
  ///   - land: Slopes of the pixels.
  ///   - cover: Gives each cell its soil.
  ///   - weather: The rain; begins no later than the first day.
  ///   - seed: Of the run.
  /// - Throws: `badReferenceSystem` when PROJ does not know the land's.
  init(
    wanted: Int, days: ClosedRange<JSTDay>, land: PrefectureLand, cover: LandCover, weather: PrefectureWeather,
    seed: UInt64
  ) throws(RasterError) {
    let steep = try Self.steepPixels(land: land, grid: weather.grid)
    let hydraulics = SoilHydraulics(seed: seed)
    let dayCount = days.lowerBound.distance(to: days.upperBound) + 1
    let demand = days.map { evapotranspiration(dayOfYear: $0.dayOfYear) }
    var histories: [(cell: Int, history: SlopeHistory)] = []
    for cell in 0..<weather.grid.count where !steep[cell].isEmpty {
      var stream = RandomStream(seed: seed, "slopes", .number(cell))
      let rain = weather.series(ofCell: cell, from: days.lowerBound, days: dayCount)
      let group = LandCover.soilLegend.first { $0.code == cover.soil(at: steep[cell][0].pixel) }?.classNumber ?? 0
      let region = hydraulics.draw(soil: group == 0 ? 10 : group, from: &stream)
      // One slope that matters for every sixteen steep pixels of a hectare.
      for _ in 0..<min(6, steep[cell].count / 16) {
        let slope = Hillslope(in: region, from: &stream)
        histories.append(
          (
            cell,
            SlopeHistory(
              slope: slope, rain: rain, from: days.lowerBound, firstDay: days.lowerBound, evapotranspiration: demand)
          ))
      }
    }
    let required = histories.map(\.history.requiredCohesion)
    var strengthStream = RandomStream(seed: seed, "strength")
    let quantiles = required.map { SlopeStrength.localQuantile($0) }
    guard !quantiles.isEmpty else {
      (slides, offset) = ([], 0)
      return
    }
    let strength = SlopeStrength(
      required: required, quantiles: quantiles, median: quantile(0.5, ofSorted: quantiles.sorted()),
      from: &strengthStream)
    offset = Calibration.offset(reaching: wanted) { strength.failures(offset: $0).count }
    var stream = RandomStream(seed: seed, "reports")
    let failures = strength.failures(offset: offset).sorted { ($0.day, $0.slope) < ($1.day, $1.slope) }
    slides = failures.map { failure in
      let pixels = steep[histories[failure.slope].cell]
      let place = pixels[stream.index(below: pixels.count)]
      let draw = stream.uniform()
      return PrefectureSlide(
        day: days.lowerBound.advanced(by: failure.day), hour: Int(histories[failure.slope].history.hour[failure.day]),
        latitude: place.latitude, longitude: place.longitude, accuracy: draw < 0.8 ? 100 : draw < 0.95 ? 1_000 : 5_000,
        isHourKnown: stream.uniform() < 0.85)
    }
  }

  private struct Pixel {
    let pixel: Int
    let latitude: Double
    let longitude: Double
  }

  /// The pixels steeper than 15° of the prefecture in each cell.
  private static func steepPixels(land: PrefectureLand, grid: MeshGrid) throws(RasterError) -> [[Pixel]] {
    let toDegrees = try CoordinateTransformation(from: PrefectureLand.referenceSystem, to: "EPSG:6668")
    let plane = land.terrain.grid
    let steep = (0..<plane.count).filter { land.slope[$0] > 15 }.filter {
      land.inside(x: plane.x(ofColumn: $0 % plane.width), y: plane.y(ofRow: $0 / plane.width)) > 0
    }
    var xs = steep.map { plane.x(ofColumn: $0 % plane.width) }
    var ys = steep.map { plane.y(ofRow: $0 / plane.width) }
    toDegrees.transform(x: &xs, y: &ys)
    var result = [[Pixel]](repeating: [], count: grid.count)
    for (place, pixel) in steep.enumerated() {
      guard let code = Mesh3Code(latitude: ys[place], longitude: xs[place]), let cell = grid.index(of: code) else {
        continue
      }
      result[cell].append(Pixel(pixel: pixel, latitude: ys[place], longitude: xs[place]))
    }
    return result
  }
}
