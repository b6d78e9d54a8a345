package import Foundation

/// How often that happened which methods gave a probability for.
package struct ReliabilityPlot: Sendable {
  package struct Curve: Sendable {
    package let name: String
    /// Mean probability and observed share of each bin.
    package let points: [SIMD2<Double>]

    package init(name: String, points: [SIMD2<Double>]) {
      self.name = name
      self.points = points
    }
  }

  package let title: String
  package let subtitle: String
  package let curves: [Curve]

  package init(title: String, subtitle: String, curves: [Curve]) {
    self.title = title
    self.subtitle = subtitle
    self.curves = curves
  }

  /// Least share the scales show: rarer ones lie on the edge.
  static let floor = 0.001
}

/// Draws the curves on logarithmic scales beside the diagonal of perfect calibration.
///
/// - Parameter plot: What to show.
/// - Returns: A PNG file of 1000 x 880 pixels; the same bytes for the same curves.
package func drawReliability(_ plot: ReliabilityPlot) -> Data {
  let canvas = Canvas(width: 1_000, height: 880)
  canvas.text(plot.title, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(plot.subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  let floor = ReliabilityPlot.floor
  let area = PlotArea(
    box: Box(x: 104, y: 110, width: 850, height: 610),
    x: Axis(logarithmic: "probability given (bins of equal count)", from: floor, to: 1),
    y: Axis(logarithmic: "share with a landslide", from: floor, to: 1))
  area.drawGrid(on: canvas)
  area.drawCurve([[floor, floor], [1, 1]], .ink, width: 1.2, dash: [6, 4], on: canvas)
  for (place, curve) in plot.curves.enumerated() {
    let colour = CurvePalette.curves[place % CurvePalette.curves.count]
    let points = curve.points.map { SIMD2(max($0.x, floor), max($0.y, floor)) }
    area.drawCurve(points, colour, on: canvas)
    for point in points { canvas.disc(at: area.point(point), radius: 4, fill: colour) }
  }
  area.drawFrame(on: canvas)
  let entries = plot.curves.enumerated().map { place, curve in
    LegendEntry(curve.name, CurvePalette.curves[place % CurvePalette.curves.count], .line(width: 2, dash: []))
  }
  drawLegend(
    entries + [LegendEntry("perfect", .ink, .line(width: 1.2, dash: [6, 4]))], x: area.box.x,
    top: area.box.bottom + 56, width: area.box.width, on: canvas)
  return canvas.png()
}
