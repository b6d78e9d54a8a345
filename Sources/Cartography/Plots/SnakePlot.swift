package import Foundation
package import Mesh

/// What the forecaster's picture shows of one place: rain, soil water and the snake line, as plain values.
package struct SnakePlot: Sendable {
  /// A line of equal cover in the plane of soil water and rain.
  package struct Contour: Sendable {
    package let cover: Float
    /// Soil water index, mm, and rain, mm/h.
    package let points: [SIMD2<Double>]

    package init(cover: Float, points: [SIMD2<Double>]) {
      self.cover = cover
      self.points = points
    }
  }

  /// `Saji, cell 53340123`.
  package var place: String
  /// The day of interest; its part of the snake line is drawn strongly.
  package var day: JSTDay
  /// End of the first hour; the others follow without gap.
  package var firstHour: JSTHour
  /// Rain of each hour, mm; `NaN` for a missing one.
  package var rain: [Float]
  /// Soil water index at the end of each hour, mm: the run's own values, so that the snake's peak is the map's.
  package var soilWaterIndex: [Float]
  /// Storages at the end of each hour, mm, from the surface down.
  package var tanks: [[Float]]
  /// Lines of equal cover; empty without a climatology.
  package var contours: [Contour]
  /// Cover of the critical line; drawn strongly among the contours.
  package var criticalCover: Float?
  /// Hours from this one on are forecast.
  package var forecastFrom: JSTHour?
  /// Hours of recorded landslides.
  package var landslides: [JSTHour]
  /// Below the title: parameters, period of the climatology, source.
  package var subtitle: String
  /// Of the plot's own words.
  package var language = Language.english
  /// The colours.
  package var palettes = Palettes.program

  /// - Precondition: At least one hour; each tank has as many values as `rain`.
  package init(
    place: String, day: JSTDay, firstHour: JSTHour, rain: [Float], soilWaterIndex: [Float], tanks: [[Float]],
    contours: [Contour] = [],
    criticalCover: Float? = nil, forecastFrom: JSTHour? = nil, landslides: [JSTHour] = [], subtitle: String = ""
  ) {
    precondition(!rain.isEmpty, "no hour to plot")
    precondition(soilWaterIndex.count == rain.count, "index and rain differ in length")
    precondition(tanks.allSatisfy { $0.count == rain.count }, "tanks and rain differ in length")
    self.place = place
    self.day = day
    self.firstHour = firstHour
    self.rain = rain
    self.soilWaterIndex = soilWaterIndex
    self.tanks = tanks
    self.contours = contours
    self.criticalCover = criticalCover
    self.forecastFrom = forecastFrom
    self.landslides = landslides
    self.subtitle = subtitle
  }

  func hour(_ place: Int) -> JSTHour { firstHour.advanced(by: place) }
  var hours: Range<JSTHour> { firstHour..<firstHour.advanced(by: rain.count) }
}

/// Draws the snake line over the contours at the left, rain and soil water in time at the right.
///
/// - Parameter plot: What to show.
/// - Returns: A PNG file of 1600 x 900 pixels; the same bytes for the same content.
package func drawSnakePlot(_ plot: SnakePlot) -> Data {
  let canvas = Canvas(width: 1_600, height: 900)
  canvas.text(plot.language.say(.snakeTitle, plot.place), at: [40, 56], TextStyle(size: 30, bold: true))
  canvas.text(
    "\(plot.day) (\(weekday(of: plot.day, plot.language)))", at: [1_560, 56], TextStyle(size: 30, bold: true),
    anchor: .right)
  let peak = plot.soilWaterIndex.indices.filter { plot.hour($0).day == plot.day && !plot.soilWaterIndex[$0].isNaN }
    .max { (plot.soilWaterIndex[$0], $1) < (plot.soilWaterIndex[$1], $0) }
  let peakWords = peak.map {
    plot.language.say(.snakePeak, decimals(Double(plot.soilWaterIndex[$0]), 0), plot.hour($0).clock)
  }
  canvas.text(
    ([peakWords] + [plot.subtitle]).compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; "), at: [40, 88],
    TextStyle(size: 17, colour: .quietInk))
  drawSnake(plot, in: Box(x: 100, y: 124, width: 640, height: 600), on: canvas)
  drawHistory(plot, left: 860, right: 1_540, top: 124, bottom: 724, on: canvas)
  canvas.text(
    plot.language.say(.notice), at: [40, 880], TextStyle(size: 14, colour: .quietInk))
  return canvas.png()
}

// MARK: The plane

private func drawSnake(_ plot: SnakePlot, in box: Box, on canvas: borrowing Canvas) {
  let index = plot.soilWaterIndex
  let (wettest, heaviest) = (greatest(index), greatest(plot.rain))
  // The critical line should be in sight even when the day stays far below it.
  let critical = plot.contours.first { $0.cover == plot.criticalCover }?.points ?? []
  let area = PlotArea(
    box: box,
    x: Axis(
      plot.language.say(.snakeIndexAxis), from: 0, to: max(100, wettest * 1.15, (critical.map(\.x).max() ?? 0) * 1.05)),
    y: Axis(
      plot.language.say(.snakeRainAxis), from: 0, to: max(20, heaviest * 1.15, (critical.map(\.y).max() ?? 0) * 1.05)))
  area.drawGrid(on: canvas)
  for contour in plot.contours {
    let isCritical = contour.cover == plot.criticalCover
    let colour = isCritical ? Colour.ink : plot.palettes.plot.cover
    area.drawCurve(contour.points, colour, width: isCritical ? 3 : 1.1, on: canvas)
    // Labels beside the rain axis: the snake comes there only after a long dry time.
    guard !isCritical, let start = contour.points.first, start.y < area.y.high else { continue }
    canvas.text(
      decimals(Double(contour.cover), 1), at: area.point(area.x.low, start.y) + [5, 4],
      TextStyle(size: 12, colour: plot.palettes.plot.coverWords), halo: .white)
  }
  drawTrack(plot, index, area, on: canvas)
  area.drawFrame(on: canvas)
  var entries = [LegendEntry(plot.language.say(.snakeOfDay), plot.palettes.plot.snake, .line(width: 3, dash: []))]
  if plot.rain.count > 24 {
    entries.append(LegendEntry(plot.language.say(.snakeBefore), plot.palettes.plot.before, .line(width: 2, dash: [])))
  }
  if plot.forecastFrom.map({ plot.hours.contains($0) }) ?? false {
    entries.append(
      LegendEntry(plot.language.say(.snakeForecast), plot.palettes.plot.snake, .line(width: 2, dash: [5, 4])))
  }
  if let cover = plot.criticalCover {
    entries.append(
      LegendEntry(plot.language.say(.snakeCritical, decimals(Double(cover), 1)), .ink, .line(width: 3, dash: [])))
  }
  if !plot.contours.isEmpty {
    entries.append(LegendEntry(plot.language.say(.snakeCover), plot.palettes.plot.cover, .line(width: 1.1, dash: [])))
  }
  if !plot.landslides.isEmpty { entries.append(LegendEntry(plot.language.say(.snakeLandslide), .ink, .disc)) }
  drawLegend(entries, x: box.x - 30, top: box.bottom + 60, width: box.width + 90, on: canvas)
}

/// The snake: grey before the day, red on it, dashed where the rain is forecast, a dot an hour, clock labels every third hour.
private func drawTrack(_ plot: SnakePlot, _ index: [Float], _ area: PlotArea, on canvas: borrowing Canvas) {
  let points = index.indices.map { SIMD2(Double(index[$0]), Double(plot.rain[$0])) }
  for step in points.indices.dropFirst() {
    let hour = plot.hour(step)
    let isOfDay = hour.day == plot.day
    let isForecast = plot.forecastFrom.map { hour >= $0 } ?? false
    area.drawCurve(
      [points[step - 1], points[step]], isOfDay ? plot.palettes.plot.snake : plot.palettes.plot.before,
      width: isOfDay ? 3 : 1.6,
      dash: isForecast ? [5, 4] : [], on: canvas)
  }
  var labelled: [SIMD2<Double>] = []
  for step in points.indices where points[step].x.isFinite && points[step].y.isFinite {
    let hour = plot.hour(step)
    let at = area.point(points[step])
    if plot.landslides.contains(hour) { canvas.disc(at: at, radius: 8, fill: .ink, edge: .white, edgeWidth: 2) }
    guard hour.day == plot.day else { continue }
    canvas.disc(at: at, radius: 3.2, fill: plot.palettes.plot.snake, edge: .white, edgeWidth: 0.8)
    // A label only where it does not cover another.
    guard hour.hourOfDay % 3 == 0, labelled.allSatisfy({ abs($0.x - at.x) > 44 || abs($0.y - at.y) > 16 }) else {
      continue
    }
    labelled.append(at)
    canvas.text(
      "\(hour.hourOfDay)h", at: at + [8, -6], TextStyle(size: 13, bold: true, colour: plot.palettes.plot.snake),
      halo: .white)
  }
}

private func greatest(_ values: [Float]) -> Double { Double(values.filter { !$0.isNaN }.max() ?? 0) }

// MARK: In time

private func drawHistory(
  _ plot: SnakePlot, left: Double, right: Double, top: Double, bottom: Double, on canvas: borrowing Canvas
) {
  let time = Axis(hours: plot.firstHour.advanced(by: -1)...plot.hour(plot.rain.count - 1), in: plot.language)
  let gap = 26.0
  let split = top + (bottom - top) * 0.42
  let rain = PlotArea(
    box: Box(x: left, y: top, width: right - left, height: split - top - gap), x: time,
    y: Axis(plot.language.say(.snakeRainInTime), from: 0, to: max(10, greatest(plot.rain)), intervals: 4))
  let water = PlotArea(
    box: Box(x: left, y: split, width: right - left, height: bottom - split), x: time,
    y: Axis(plot.language.say(.soilWater), from: 0, to: max(50, greatest(plot.soilWaterIndex)), intervals: 5))
  for area in [rain, water] {
    area.drawGrid(on: canvas, labelsTime: area.box == water.box)
    shadeDay(plot, area, on: canvas)
  }
  drawRain(plot, rain, on: canvas)
  drawTanks(plot, water, on: canvas)
  for area in [rain, water] {
    for hour in plot.landslides where plot.hours.contains(hour) {
      let x = Double(hour.hoursSince1970)
      area.drawCurve([[x, area.y.low], [x, area.y.high]], .ink, width: 1.6, dash: [2, 3], on: canvas)
    }
    area.drawFrame(on: canvas)
  }
}

/// A faint ground under the day of interest.
private func shadeDay(_ plot: SnakePlot, _ area: PlotArea, on canvas: borrowing Canvas) {
  let from = max(Double(JSTHour(ending: plot.day, 0).hoursSince1970), area.x.low)
  let to = min(Double(JSTHour(ending: plot.day, 24).hoursSince1970), area.x.high)
  guard to > from else { return }
  let (a, b) = (area.point(from, area.y.high), area.point(to, area.y.low))
  canvas.fill(Box(x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y), with: plot.palettes.plot.snake, opacity: 0.06)
}

private func drawRain(_ plot: SnakePlot, _ area: PlotArea, on canvas: borrowing Canvas) {
  let (observed, forecast) = (plot.palettes.plot.rain, plot.palettes.plot.forecastRain)
  var isMissing = false
  for place in plot.rain.indices {
    let hour = Double(plot.hour(place).hoursSince1970)
    let (left, right) = (area.point(hour - 1, 0).x, area.point(hour, 0).x)
    let width = right - left > 3 ? right - left - 1 : right - left
    guard !plot.rain[place].isNaN else {
      isMissing = true
      canvas.fill(
        Box(x: left, y: area.box.y, width: width, height: area.box.height), with: plot.palettes.map.noData, opacity: 0.7
      )
      continue
    }
    let y = area.point(hour, Double(plot.rain[place])).y
    let isForecast = plot.forecastFrom.map { plot.hour(place) >= $0 } ?? false
    canvas.fill(
      Box(x: left, y: y, width: width, height: area.box.bottom - y), with: isForecast ? forecast : observed)
  }
  let total = plot.rain.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
  var words = plot.language.say(.snakeTotal, decimals(Double(total), 0), decimals(greatest(plot.rain), 0))
  if isMissing { words += plot.language.say(.snakeMissing) }
  canvas.text(words, at: [area.box.x + 10, area.box.y + 20], TextStyle(size: 14), halo: .white)
}

private func drawTanks(_ plot: SnakePlot, _ area: PlotArea, on canvas: borrowing Canvas) {
  // Filled from the deepest up, so that the upper edge of all is the index.
  let colours = plot.palettes.tanks
  let names = [Phrase.snakeTank1, .snakeTank2, .snakeTank3].map { plot.language.say($0) }
  var below = [Double](repeating: 0, count: plot.rain.count)
  for tank in plot.tanks.indices.reversed() {
    let above = below.indices.map { below[$0] + Double(plot.tanks[tank][$0]) }
    for steps in runs(of: above) {
      let time = steps.map { Double(plot.hour($0).hoursSince1970) }
      let upper = zip(time, steps).map { area.point($0, above[$1]) }
      let lower = zip(time, steps).map { area.point($0, below[$1]) }
      canvas.fill(rings: [upper + lower.reversed()], with: colours[tank % colours.count])
    }
    below = above
  }
  let index = plot.soilWaterIndex
  area.drawCurve(
    index.indices.map { [Double(plot.hour($0).hoursSince1970), Double(index[$0])] }, .ink, width: 2.4, on: canvas)
  let entries =
    [LegendEntry(plot.language.say(.snakeIndex), .ink, .line(width: 2.4, dash: []))]
    + plot.tanks.indices.map { LegendEntry(names[$0 % names.count], colours[$0 % colours.count], .patch) }
  drawLegend(entries, x: area.box.x, top: area.box.bottom + 60, width: area.box.width, on: canvas)
}

/// Stretches of finite values, two at least.
private func runs(of values: [Double]) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  for place in values.indices where values[place].isFinite {
    if let last = runs.last, last.upperBound == place {
      runs[runs.count - 1] = last.lowerBound..<place + 1
    } else {
      runs.append(place..<place + 1)
    }
  }
  return runs.filter { $0.count > 1 }
}
