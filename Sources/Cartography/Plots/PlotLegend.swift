/// A sample of a line or a patch with its name.
struct LegendEntry {
  enum Kind {
    case line(width: Double, dash: [Double])
    case patch
    case disc
  }

  let name: String
  let colour: Colour
  let kind: Kind

  init(_ name: String, _ colour: Colour, _ kind: Kind) {
    self.name = name
    self.colour = colour
    self.kind = kind
  }

  fileprivate static let style = TextStyle(size: 14)

  fileprivate func draw(at x: Double, _ y: Double, on canvas: borrowing Canvas) {
    switch kind {
    case .line(let lineWidth, let dash):
      canvas.line(through: [[x, y], [x + 32, y]], colour, width: lineWidth, dash: dash)
    case .patch:
      canvas.fill(Box(x: x + 2, y: y - 7, width: 28, height: 14), with: colour)
      canvas.stroke(Box(x: x + 2, y: y - 7, width: 28, height: 14), .quietInk, width: 0.7)
    case .disc: canvas.disc(at: [x + 16, y], radius: 5.5, fill: colour, edge: .white, edgeWidth: 1.2)
    }
    canvas.text(name, at: [x + 40, y + 5], Self.style)
  }
}

/// Draws entries in rows below a plot, in columns of one width: a legend within could cover what it explains.
///
/// - Parameters:
///   - entries: In reading order.
///   - x: Left edge.
///   - top: Upper edge.
///   - width: Room of a row.
///   - canvas: The picture.
func drawLegend(
  _ entries: [LegendEntry], x: Double, top: Double, width: Double, on canvas: borrowing Canvas
) {
  let widest = entries.reduce(0) { max($0, canvas.width(of: $1.name, LegendEntry.style)) } + 62
  let columns = max(1, Int(width / widest))
  for (place, entry) in entries.enumerated() {
    entry.draw(at: x + Double(place % columns) * widest, top + 10 + Double(place / columns) * 23, on: canvas)
  }
}
