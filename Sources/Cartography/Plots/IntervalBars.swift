package import Foundation

/// Values with their intervals as bars beside names: methods, or a method with one thing changed.
package struct IntervalBars: Sendable {
  package struct Row: Sendable {
    package let name: String
    /// `nil` where there is nothing to show.
    package let value: Double?
    package let interval: ClosedRange<Double>?

    package init(name: String, value: Double?, interval: ClosedRange<Double>?) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  package let title: String
  package let subtitle: String
  /// What the values are.
  package let quantity: String
  package let rows: [Row]

  package init(title: String, subtitle: String, quantity: String, rows: [Row]) {
    self.title = title
    self.subtitle = subtitle
    self.quantity = quantity
    self.rows = rows
  }
}

/// Draws the bars from 0 to 1, a row each, in their order.
///
/// - Parameter bars: What to show; at least one row.
/// - Returns: A PNG file, 1000 pixels wide; the same bytes for the same bars.
package func drawIntervalBars(_ bars: IntervalBars) -> Data {
  let (height, names) = (34.0, 330.0)
  let box = Box(x: names, y: 104, width: 620, height: height * Double(bars.rows.count))
  let canvas = Canvas(width: 1_000, height: Int(box.bottom) + 64)
  canvas.text(bars.title, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(bars.subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  canvas.fill(box, with: .white)
  let axis = Axis(bars.quantity, from: 0, to: 1, intervals: 10)
  func x(_ value: Double) -> Double { box.x + axis.share(value) * box.width }
  for tick in axis.ticks {
    canvas.line(through: [[x(tick.value), box.y], [x(tick.value), box.bottom]], .rule, width: 0.9, opacity: 0.7)
    canvas.text(tick.label, at: [x(tick.value), box.bottom + 20], TextStyle(size: 14), anchor: .centre)
  }
  for (place, row) in bars.rows.enumerated() {
    let middle = box.y + (Double(place) + 0.5) * height
    let style = canvas.shrunk(TextStyle(size: 14), for: row.name, within: names - 50)
    canvas.text(row.name, at: [names - 10, middle + 5], style, anchor: .right)
    guard let value = row.value else { continue }
    canvas.fill(
      Box(x: box.x, y: middle - 10, width: x(value) - box.x, height: 20), with: CurvePalette.curves[0], opacity: 0.75)
    guard let interval = row.interval else { continue }
    let ends = [x(interval.lowerBound), x(interval.upperBound)]
    canvas.line(through: ends.map { [$0, middle] }, .ink, width: 1.4)
    for end in ends { canvas.line(through: [[end, middle - 6], [end, middle + 6]], .ink, width: 1.4) }
  }
  canvas.stroke(box, .ink, width: 1.2)
  canvas.text(
    axis.title, at: [box.x + box.width / 2, box.bottom + 46], TextStyle(size: 15, colour: .quietInk), anchor: .centre)
  return canvas.png()
}
