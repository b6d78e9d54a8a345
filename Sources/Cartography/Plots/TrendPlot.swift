package import Foundation

/// A figure of several methods against a quantity, such as average precision against the length of a record.
package struct TrendPlot: Sendable {
  /// One method.
  package struct Curve: Sendable {
    package let name: String
    /// The quantity, rising, and the mean figure there.
    package let points: [SIMD2<Double>]
    /// Single figures that the means are of.
    package let singles: [SIMD2<Double>]

    package init(name: String, points: [SIMD2<Double>], singles: [SIMD2<Double>]) {
      self.name = name
      self.points = points
      self.singles = singles
    }
  }

  package let title: String
  package let subtitle: String
  /// Name and unit of the quantity.
  package let quantity: String
  /// Name of the figure, which lies in 0 ... 1.
  package let figure: String
  package let curves: [Curve]

  package init(title: String, subtitle: String = "", quantity: String, figure: String, curves: [Curve]) {
    self.title = title
    self.subtitle = subtitle
    self.quantity = quantity
    self.figure = figure
    self.curves = curves
  }
}

/// Draws a line through the means of each method, and its single figures as short strokes; where there are more methods than
/// colours, lines are dashed from then on.
///
/// - Parameter plot: What to show; at least one point.
/// - Returns: A PNG file of 1000 pixels by as many as the legend asks for; the same bytes for the same values.
package func drawTrend(_ plot: TrendPlot) -> Data {
  let canvas = Canvas(width: 1_000, height: 810 + 23 * plot.curves.count)
  canvas.text(plot.title, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(plot.subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  let across = plot.curves.flatMap { $0.points.map(\.x) }
  let area = PlotArea(
    box: Box(x: 104, y: 110, width: 850, height: 610),
    x: Axis(plot.quantity, from: min(0, across.min() ?? 0), to: across.max() ?? 1),
    y: Axis(plot.figure, from: 0, to: 1, intervals: 10))
  area.drawGrid(on: canvas)
  let stroke = (area.x.high - area.x.low) / 160
  for (place, curve) in plot.curves.enumerated() {
    let (colour, dash) = look(ofCurve: place)
    for single in curve.singles {
      area.drawCurve([[single.x - stroke, single.y], [single.x + stroke, single.y]], colour, width: 3, on: canvas)
    }
    area.drawCurve(curve.points, colour, width: 2.2, dash: dash, on: canvas)
  }
  area.drawFrame(on: canvas)
  let entries = plot.curves.enumerated().map { place, curve in
    let (colour, dash) = look(ofCurve: place)
    return LegendEntry(curve.name, colour, .line(width: 2.2, dash: dash))
  }
  drawLegend(entries, x: area.box.x, top: area.box.bottom + 56, width: area.box.width, on: canvas)
  return canvas.png()
}

private func look(ofCurve place: Int) -> (colour: Colour, dash: [Double]) {
  let colours = CurvePalette.curves
  return (colours[place % colours.count], place < colours.count ? [] : [7, 4])
}
