package import Foundation
package import Mesh

/// Draws any layer in its style, with title, graticule and legend.
///
/// - Parameters:
///   - layer: `NaN` for missing values, left white; classes as whole numbers.
///   - description: What the layer is.
///   - subtitle: Below the title: day, area, source.
///   - coast: Rings of coasts and borders, longitude and latitude in degrees.
///   - palettes: The colours.
/// - Returns: A PNG file of 1100 pixels' width; the same bytes for the same layer.
package func drawQuickLook(
  _ layer: Layer<Float>, _ description: LayerDescription, subtitle: String = "", coast: [[SIMD2<Double>]] = [],
  palettes: Palettes = .program
) -> Data {
  let present = layer.values.filter { !$0.isNaN }
  let range = present.min().flatMap { low in present.max().map { low...$0 } }
  let style = LayerStyle(of: description, range: range, in: palettes)
  let size = MapFrame.kilometres(of: layer.grid)
  let height = min(1_200, max(520, (760 * size.y / size.x).rounded()))
  let canvas = Canvas(width: 1_100, height: Int(height) + 150)
  let unit = description.unitSuffix.isEmpty ? "" : " (\(description.unitSuffix.drop { $0 == " " }))"
  canvas.text(description.title + unit, at: [40, 50], TextStyle(size: 26, bold: true))
  canvas.text(subtitle, at: [40, 78], TextStyle(size: 15, colour: .quietInk))
  let frame = MapFrame(showing: layer.grid, in: Box(x: 60, y: 100, width: 760, height: height), margin: 0.02)
  canvas.fill(frame.window, with: palettes.map.blank)
  paint(layer, style, frame, on: canvas)
  canvas.clipped(to: frame.window) {
    for ring in coast { canvas.line(through: frame.points(ring), palettes.map.quietBoundary, width: 0.8, closed: true) }
  }
  drawGraticule(frame, on: canvas)
  drawLegend(style, description, range, missing: layer.values.count - present.count, top: 100, on: canvas)
  return canvas.png()
}

/// Paints each pixel with the cell at its centre.
private func paint(_ layer: Layer<Float>, _ style: LayerStyle, _ frame: MapFrame, on canvas: borrowing Canvas) {
  let grid = layer.grid
  let cells = frame.cellsOfPixels(in: grid)
  let (left, top) = (Int(frame.window.x), Int(frame.window.y))
  layer.values.withUnsafeBufferPointer { values in
    canvas.repaint(columns: left..<left + cells.columns.count, rows: top..<top + cells.rows.count) { x, y, _ in
      // Where cells are smaller than a pixel any one of them stands for the others: this is a look, not a map.
      guard let row = cells.rows[y - top].first, let column = cells.columns[x - left].first else { return nil }
      return style.colour(of: values[row * grid.width + column])
    }
  }
}

private func drawLegend(
  _ style: LayerStyle, _ description: LayerDescription, _ range: ClosedRange<Float>?, missing: Int, top: Double,
  on canvas: borrowing Canvas
) {
  let body = TextStyle(size: 15)
  let x = 850.0
  var y = top
  switch style {
  case .classes(let classes):
    for entry in classes {
      let swatch = Box(x: x, y: y, width: 32, height: 20)
      canvas.fill(swatch, with: entry.colour)
      canvas.stroke(swatch, .quietInk, width: 0.8)
      y = max(y + 28, canvas.paragraph(entry.label, x: x + 42, top: y, width: 200, body) + 6)
    }
  case .ramp(let stops):
    let bar = Box(x: x, y: y + 6, width: 32, height: 320)
    drawColourBar(stops, in: bar, body, on: canvas)
    y = bar.bottom + 20
  }
  let small = TextStyle(size: 14, colour: .quietInk)
  let words =
    range.map {
      "Least " + String(format: "%.4g", $0.lowerBound) + ", greatest " + String(format: "%.4g", $0.upperBound)
    }
    ?? "No cell has a value"
  y = canvas.paragraph(words, x: x, top: y + 8, width: 220, small)
  _ = canvas.paragraph("Missing: \(grouped(missing)) cells", x: x, top: y, width: 220, small)
}
