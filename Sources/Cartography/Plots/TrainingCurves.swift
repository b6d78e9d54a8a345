package import Foundation

/// The losses of a training run, epoch by epoch.
package struct TrainingCurves: Sendable {
  /// One curve: `total`, `focal`, `distillation`.
  package struct Curve: Sendable {
    package let name: String
    /// One value an epoch; `NaN` where there is none.
    package let values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// A stage with a plot of its own: pre-training, fine-tuning.
  package struct Stage: Sendable {
    package let name: String
    package let unit: String
    package let curves: [Curve]

    package init(name: String, unit: String = "loss", curves: [Curve]) {
      self.name = name
      self.unit = unit
      self.curves = curves
    }
  }

  package let title: String
  package let subtitle: String
  package let stages: [Stage]

  package init(title: String, subtitle: String = "", stages: [Stage]) {
    precondition(!stages.isEmpty, "no stage to plot")
    self.title = title
    self.subtitle = subtitle
    self.stages = stages
  }
}

/// Draws the losses over the epochs, a plot a stage, side by side; logarithmic where a positive loss falls over more than a decade.
///
/// - Parameter training: The losses so far; a stage that has not begun shows an empty plot.
/// - Returns: A PNG file, 640 pixels high; the same bytes for the same losses.
package func drawTrainingCurves(_ training: TrainingCurves) -> Data {
  let width = training.stages.count == 1 ? 1_000.0 : 800.0 * Double(training.stages.count)
  let canvas = Canvas(width: Int(width), height: 640)
  canvas.text(training.title, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(training.subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  let share = width / Double(training.stages.count)
  for (place, stage) in training.stages.enumerated() {
    let box = Box(x: Double(place) * share + 104, y: 134, width: share - 150, height: 390)
    drawStage(stage, in: box, on: canvas)
  }
  return canvas.png()
}

private func drawStage(_ stage: TrainingCurves.Stage, in box: Box, on canvas: borrowing Canvas) {
  canvas.text(stage.name, at: [box.x, box.y - 12], TextStyle(size: 18, bold: true))
  let values = stage.curves.flatMap(\.values).filter(\.isFinite)
  let epochs = stage.curves.map(\.values.count).max() ?? 0
  let (low, high) = (values.min() ?? 0, values.max() ?? 1)
  let y =
    low > 0 && high > 10 * low
    ? Axis(logarithmic: stage.unit, from: low, to: high)
    : Axis(stage.unit, from: min(0, low), to: high)
  let area = PlotArea(box: box, x: Axis("epoch", from: 0, to: Double(max(1, epochs))), y: y)
  area.drawGrid(on: canvas)
  for (place, curve) in stage.curves.enumerated() {
    let colour = CurvePalette.curves[place % CurvePalette.curves.count]
    let points = curve.values.enumerated().map { SIMD2(Double($0 + 1), $1.isFinite ? $1 : .nan) }
    area.drawCurve(points, colour, width: 2.2, on: canvas)
    // A single epoch has no line to show.
    if let last = points.last(where: { $0.y.isFinite }) {
      canvas.disc(at: area.point(last), radius: 4, fill: colour)
    }
  }
  area.drawFrame(on: canvas)
  guard epochs > 0 else {
    canvas.text("not begun", at: box.centre, TextStyle(size: 18, colour: .quietInk), anchor: .centre)
    return
  }
  let entries = stage.curves.enumerated().map { place, curve in
    let last = curve.values.last(where: \.isFinite).map { String(format: " %.4g", $0) } ?? ""
    return LegendEntry(
      curve.name + last, CurvePalette.curves[place % CurvePalette.curves.count], .line(width: 2.2, dash: []))
  }
  drawLegend(entries, x: box.x, top: box.bottom + 56, width: box.width, on: canvas)
}
