import Foundation

/// Draws a ramp upright with its values at the right.
///
/// Equal room for each stop and not for equal values: scales with short first steps stay legible.
func drawColourBar(_ stops: [ColourStop], in bar: Box, _ style: TextStyle, on canvas: borrowing Canvas) {
  let step = bar.height / Double(max(1, stops.count - 1))
  for row in 0..<Int(bar.height) {
    let place = (Double(row) + 0.5) / step
    let index = min(Int(place), stops.count - 2)
    let colour = stops[index].colour.mixed(with: stops[index + 1].colour, place - Double(index))
    canvas.fill(Box(x: bar.x, y: bar.bottom - Double(row) - 1, width: bar.width, height: 1), with: colour)
  }
  canvas.stroke(bar, .quietInk, width: 0.8)
  for (place, stop) in stops.enumerated() {
    let at = bar.bottom - Double(place) * step
    canvas.line(through: [[bar.right, at], [bar.right + 6, at]], .ink)
    canvas.text(String(format: "%.4g", stop.value), at: [bar.right + 10, at + 5], style)
  }
}
