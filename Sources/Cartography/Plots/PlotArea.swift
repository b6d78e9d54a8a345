import Foundation

/// A box with two scales: turns values into points, draws grid, ticks and titles.
struct PlotArea {
  let box: Box
  let x: Axis
  let y: Axis

  func point(_ horizontal: Double, _ vertical: Double) -> SIMD2<Double> {
    [box.x + x.share(horizontal) * box.width, box.bottom - y.share(vertical) * box.height]
  }

  func point(_ place: SIMD2<Double>) -> SIMD2<Double> { point(place.x, place.y) }

  /// Draws grid lines and labels; curves come after, then the frame.
  ///
  /// - Parameters:
  ///   - canvas: The picture.
  ///   - labelsTime: Writes the labels of the horizontal scale; off where a plot below has the same.
  func drawGrid(on canvas: borrowing Canvas, labelsTime: Bool = true) {
    canvas.fill(box, with: .white)
    let label = TextStyle(size: 14)
    for tick in x.ticks {
      let at = point(tick.value, y.low).x
      canvas.line(
        through: [[at, box.y], [at, box.bottom]], .rule, width: tick.label.isEmpty ? 0.5 : 0.9, opacity: 0.7)
      if labelsTime { canvas.text(tick.label, at: [at, box.bottom + 20], label, anchor: .centre) }
    }
    for tick in y.ticks {
      let at = point(x.low, tick.value).y
      canvas.line(
        through: [[box.x, at], [box.right, at]], .rule, width: tick.label.isEmpty ? 0.5 : 0.9, opacity: 0.7)
      canvas.text(tick.label, at: [box.x - 8, at + 5], label, anchor: .right)
    }
    let title = TextStyle(size: 15, colour: .quietInk)
    if labelsTime { canvas.text(x.title, at: [box.x + box.width / 2, box.bottom + 42], title, anchor: .centre) }
    let widest = y.ticks.map { canvas.width(of: $0.label, label) }.max() ?? 0
    let pivot: SIMD2<Double> = [box.x - widest - 22, box.y + box.height / 2]
    canvas.turned(by: -90, about: pivot) { canvas.text(y.title, at: pivot, title, anchor: .centre) }
  }

  func drawFrame(on canvas: borrowing Canvas) { canvas.stroke(box, .ink, width: 1.2) }

  /// Draws a curve, within the box only; `NaN` interrupts it.
  func drawCurve(
    _ values: [SIMD2<Double>], _ colour: Colour, width: Double = 2, dash: [Double] = [], opacity: Double = 1,
    on canvas: borrowing Canvas
  ) {
    canvas.clipped(to: box) {
      canvas.line(through: values.map(point), colour, width: width, dash: dash, opacity: opacity)
    }
  }
}
