import Cartography
import Foundation
import Mesh
import Testing

@Test(arguments: [(0.0, 1.0), (0, 0.034), (-3, 17), (0, 515), (12, 12), (0, 1e-6), (100, 104)])
func `ticks are round, evenly spaced and enclose the values`(low: Double, high: Double) {
  let axis = Axis("x", from: low, to: high)
  #expect(axis.low <= low + 1e-12 && axis.high >= high - 1e-12)
  #expect((2...12).contains(axis.ticks.count))
  let step = axis.ticks[1].value - axis.ticks[0].value
  let digits = step / pow(10, log10(step).rounded(.down))
  #expect([1, 2, 5, 10].contains { abs(digits - $0) < 1e-6 })
  for tick in axis.ticks { #expect(Double(tick.label).map { abs($0 - tick.value) < step * 1e-6 } == true) }
  #expect(axis.share(axis.low) == 0 && axis.share(axis.high) == 1)
}

@Test(arguments: [(0.003, 0.9), (1.0, 1.0), (2e-7, 4_000)])
func `a logarithmic scale has ratios where a plain one has distances`(low: Double, high: Double) {
  let axis = Axis(logarithmic: "loss", from: low, to: high)
  #expect(axis.low <= low && axis.high >= high)
  #expect(abs(axis.share((axis.low * axis.high).squareRoot()) - 0.5) < 1e-12)
  #expect(axis.ticks.filter { !$0.label.isEmpty }.count >= 2)
}

@Test(arguments: [1, 6, 24, 72, 24 * 30, 24 * 365])
func `hours are ticked at round hours of Japanese days, never densely`(count: Int) {
  let first = JSTHour(ending: JSTDay(daysSince1970: 19_584), 1)
  let axis = Axis(hours: first...first.advanced(by: count))
  #expect(axis.ticks.count <= 40)
}

@Test(arguments: [24, 72])
func `a midnight is ticked with the day that begins`(count: Int) throws {
  let first = JSTHour(ending: JSTDay(daysSince1970: 19_584), 1)
  let axis = Axis(hours: first...first.advanced(by: count))
  let midnight = JSTHour(ending: JSTDay(daysSince1970: 19_585), 0)
  let tick = try #require(axis.ticks.first { $0.value == Double(midnight.hoursSince1970) })
  #expect(tick.label == "8/16")
}

private func snake() -> SnakePlot {
  var rain = [Float](repeating: 0, count: 48)
  for hour in 31..<48 { rain[hour] = Float((hour * 7) % 23) }
  rain[5] = .nan
  let water = (0..<48).map { Float($0) * 2 }
  return SnakePlot(
    place: "cell 53340175", day: JSTDay(daysSince1970: 19_584),
    firstHour: JSTHour(ending: JSTDay(daysSince1970: 19_583), 1), rain: rain,
    soilWaterIndex: water.map { 3 * $0 }, tanks: [water, water, water],
    contours: [.init(cover: 0.5, points: [[0, 40], [100, 30], [150, 0]])], criticalCover: 0.5)
}

@Test func `a snake plot is the same each time and shows the day and the missing hour`() throws {
  let bytes = drawSnakePlot(snake())
  #expect(bytes == drawSnakePlot(snake()))
  let picture = try Picture(png: bytes)
  #expect(picture.width == 1_600 && picture.height == 900)
  let colours = (0..<picture.height).flatMap { y in
    stride(from: 0, to: picture.width, by: 1).map { picture[$0, y] }
  }
  #expect(colours.count { $0 == Colour(200, 30, 60) } > 200)
  #expect(colours.count { $0 == Colour(33, 102, 172) } > 500)
}

@Test func `the snake follows the run's own index, whatever the tanks sum up to`() {
  var other = snake()
  other.soilWaterIndex[40] += 30
  #expect(drawSnakePlot(other) != drawSnakePlot(snake()))
}

@Test func `another day of interest gives another plot`() {
  var other = snake()
  other.day = other.day.advanced(by: -1)
  #expect(drawSnakePlot(other) != drawSnakePlot(snake()))
}

@Test func `a single dry hour without climatology can be plotted`() {
  let plot = SnakePlot(
    place: "x", day: JSTDay(daysSince1970: 0), firstHour: JSTHour(hoursSince1970: 1), rain: [0],
    soilWaterIndex: [.nan], tanks: [[.nan], [0], [0]])
  #expect(drawSnakePlot(plot).count > 1_000)
}

@Test(arguments: [[], [1.0], [3, .nan, 0.001], [-1, -2]] as [[Double]])
func `training curves are drawn at any epoch, with gaps and of any sign`(losses: [Double]) {
  let curves = TrainingCurves(
    title: "t",
    stages: [.init(name: "a", curves: [.init(name: "total", values: losses)]), .init(name: "b", curves: [])])
  #expect(drawTrainingCurves(curves) == drawTrainingCurves(curves))
}

@Test func `precision and recall are drawn as steps`() throws {
  let plot = PrecisionRecallPlot(
    title: "t", curves: [.init(name: "m", points: [[0.5, 1], [1, 0.4]])], prevalence: 0.1)
  let picture = try Picture(png: drawPrecisionRecall(plot))
  // Axes: recall 0 ... 1 over x 104 ... 954, precision 0 ... 1 over y 720 ... 110.
  func colour(_ recall: Double, _ precision: Double) -> Colour {
    picture[Int(104 + 850 * recall), Int(720 - 610 * precision)]
  }
  #expect(colour(0.75, 0.4) == Colour(0, 92, 175))
  #expect(colour(0.5, 0.75) == Colour(0, 92, 175))
  #expect(colour(0.25, 0.4) != Colour(0, 92, 175))
}

@Test(arguments: [LayerDescription.elevation, .slope, .level, .vegetation])
func `a quick-look paints cells in their style`(description: LayerDescription) throws {
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 10, width: 10)
  var layer = Layer<Float>(grid: grid, filledWith: 3)
  for x in 0..<10 { layer[0, x] = .nan }
  for x in 0..<10 { layer[9, x] = 5 }
  let style = LayerStyle(of: description, range: 3...5)
  let picture = try Picture(png: drawQuickLook(layer, description))
  let middle = picture[440, 100 + (picture.height - 150) / 2 - 14]
  #expect(middle == style.colour(of: 3))
  #expect(style.colour(of: .nan) == nil)
  let empty = Layer<Float>(grid: grid, filledWith: .nan)
  #expect(drawQuickLook(empty, description).count > 500)
}
