package import Foundation

/// Precision against recall of several methods on the same samples.
package struct PrecisionRecallPlot: Sendable {
  /// One method.
  package struct Curve: Sendable {
    package let name: String
    /// Recall and precision, recall rising; drawn in steps, as average precision sums them.
    package let points: [SIMD2<Double>]
    package let averagePrecision: Double?

    package init(name: String, points: [SIMD2<Double>], averagePrecision: Double? = nil) {
      self.name = name
      self.points = points
      self.averagePrecision = averagePrecision
    }
  }

  package let title: String
  package let subtitle: String
  package let curves: [Curve]
  /// Share of positives: what chance would reach.
  package let prevalence: Double
  /// Recall of the operating point, marked by a line.
  package let operatingRecall: Double

  package init(
    title: String, subtitle: String = "", curves: [Curve], prevalence: Double, operatingRecall: Double = 0.8
  ) {
    self.title = title
    self.subtitle = subtitle
    self.curves = curves
    self.prevalence = prevalence
    self.operatingRecall = operatingRecall
  }
}

/// Draws the curves with the level of chance and the operating recall.
///
/// - Parameter plot: What to show.
/// - Returns: A PNG file of 1000 x 880 pixels; the same bytes for the same curves.
package func drawPrecisionRecall(_ plot: PrecisionRecallPlot) -> Data {
  let canvas = Canvas(width: 1_000, height: 880)
  canvas.text(plot.title, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(plot.subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  let area = PlotArea(
    box: Box(x: 104, y: 110, width: 850, height: 610), x: Axis("recall", from: 0, to: 1, intervals: 10),
    y: Axis("precision", from: 0, to: 1, intervals: 10))
  area.drawGrid(on: canvas)
  area.drawCurve(
    [[plot.operatingRecall, 0], [plot.operatingRecall, 1]], .ink, width: 1.2, dash: [6, 4], on: canvas)
  area.drawCurve([[0, plot.prevalence], [1, plot.prevalence]], .quietInk, width: 1.4, dash: [2, 3], on: canvas)
  for (place, curve) in plot.curves.enumerated() {
    var steps: [SIMD2<Double>] = []
    for point in curve.points {
      // Precision of a threshold holds from the recall before it on: the step that average precision sums.
      steps.append([steps.last?.x ?? 0, point.y])
      steps.append(point)
    }
    area.drawCurve(steps, CurvePalette.curves[place % CurvePalette.curves.count], width: 2.2, on: canvas)
  }
  area.drawFrame(on: canvas)
  var entries = plot.curves.enumerated().map { place, curve in
    let score = curve.averagePrecision.map { "  AP \(decimals($0, 3))" } ?? ""
    return LegendEntry(
      curve.name + score, CurvePalette.curves[place % CurvePalette.curves.count], .line(width: 2.2, dash: []))
  }
  let chance = "chance (prevalence \(decimals(plot.prevalence * 100, 1)) %)"
  entries.append(LegendEntry(chance, .quietInk, .line(width: 1.4, dash: [2, 3])))
  let operating = "recall \(decimals(plot.operatingRecall * 100, 0)) %"
  entries.append(LegendEntry(operating, .ink, .line(width: 1.2, dash: [6, 4])))
  drawLegend(entries, x: area.box.x, top: area.box.bottom + 56, width: area.box.width, on: canvas)
  return canvas.png()
}
