import Mesh
import Foundation

/// Draws the frame of a map, ticks and faint lines of longitude and latitude, and their labels outside.
func drawGraticule(_ frame: MapFrame, on canvas: borrowing Canvas) {
  let window = frame.window
  let style = TextStyle(size: 13, colour: .quietInk)
  let minutes = graticuleStep(degrees: max(frame.east - frame.west, frame.north - frame.south))
  canvas.clipped(to: window) {
    for longitude in multiples(of: minutes, from: frame.west, to: frame.east) {
      let x = frame.point(longitude: Double(longitude) / 60, latitude: 0).x
      canvas.line(through: [[x, window.y], [x, window.bottom]], .ink, width: 0.7, opacity: 0.22)
    }
    for latitude in multiples(of: minutes, from: frame.south, to: frame.north) {
      let y = frame.point(longitude: 0, latitude: Double(latitude) / 60).y
      canvas.line(through: [[window.x, y], [window.right, y]], .ink, width: 0.7, opacity: 0.22)
    }
  }
  canvas.stroke(window, .ink, width: 1.4)
  for longitude in multiples(of: minutes, from: frame.west, to: frame.east) {
    let x = frame.point(longitude: Double(longitude) / 60, latitude: 0).x
    canvas.line(through: [[x, window.bottom], [x, window.bottom + 6]], .ink, width: 1.2)
    guard x > window.x + 34, x < window.right - 34 else { continue }
    canvas.text(degreesText(longitude) + "E", at: [x, window.bottom + 21], style, anchor: .centre)
  }
  for latitude in multiples(of: minutes, from: frame.south, to: frame.north) {
    let y = frame.point(longitude: 0, latitude: Double(latitude) / 60).y
    canvas.line(through: [[window.x - 6, y], [window.x, y]], .ink, width: 1.2)
    // Upright text beside the frame would need a wide margin; turned it needs a line's height.
    let pivot: SIMD2<Double> = [window.x - 12, y]
    guard y > window.y + 30, y < window.bottom - 30 else { continue }
    canvas.turned(by: -90, about: pivot) {
      canvas.text(degreesText(latitude) + "N", at: pivot, style, anchor: .centre)
    }
  }
}

/// Minutes of arc between lines: the smallest usual step that draws at most six.
private func graticuleStep(degrees span: Double) -> Int {
  [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600].first { span * 60 / Double($0) <= 6.5 } ?? 1_200
}

private func multiples(of step: Int, from low: Double, to high: Double) -> [Int] {
  let first = Int(saturating: (low * 60 / Double(step)).rounded(.up))
  let last = Int(saturating: (high * 60 / Double(step)).rounded(.down))
  return first <= last ? (first...last).map { $0 * step } : []
}

/// `134°` or `134°30′`.
private func degreesText(_ minutes: Int) -> String {
  let rest = minutes % 60
  return "\(minutes / 60)°" + (rest == 0 ? "" : (rest < 10 ? "0" : "") + "\(rest)′")
}
