import Foundation
package import Mesh

/// The small maps below the main one: quantities on fixed scales, which still differ where the level is the highest everywhere.
package struct RiskMapSmallMaps {
  let content: RiskMapContent
  /// The cell that the main map marks: among equal values these maps mark it too.
  private let highest: Mesh3Code?

  package init(content: RiskMapContent) {
    self.content = content
    highest = RiskMapSummary(of: content).highest
  }

  /// Layers to show, from the left.
  var layers: [(layer: Layer<Float>, description: LayerDescription)] {
    var layers: [(layer: Layer<Float>, description: LayerDescription)] = []
    if let soilWater = content.soilWaterIndex { layers.append((soilWater, .soilWaterIndex)) }
    if let pastRecord = content.pastRecord { layers.append((pastRecord, .pastRecord)) }
    if let probability = content.probability { layers.append((probability, .risk)) }
    return layers
  }

  /// Draws a layer with its title, its greatest value and its colour bar into a box.
  func draw(_ place: Int, showing extent: MeshGrid, in box: Box, on canvas: borrowing Canvas) {
    let (layer, description) = layers[place]
    let unit = description.unit.isEmpty || description.unit == "1" ? "" : " (\(description.unit))"
    let title = description.inLanguage(content.language).title + unit
    let heading = TextStyle(size: 14, bold: true)
    canvas.text(title, at: [box.x, box.y + 14], canvas.shrunk(heading, for: title, within: box.width))
    let window = Box(x: box.x, y: box.y + 46, width: (box.width - 92).rounded(), height: box.height - 46)
    let frame = MapFrame(showing: extent, in: window)
    let style = LayerStyle(of: description, in: content.palettes)
    canvas.fill(window, with: content.seaColour)
    canvas.clipped(to: window) {
      canvas.fill(rings: content.surroundings.map(frame.points), with: content.palettes.map.otherLand)
      paint(layer, style, frame, on: canvas)
      for ring in content.surroundings + content.boundary {
        canvas.line(through: frame.points(ring), content.palettes.map.quietBoundary, width: 0.7, closed: true)
      }
      if let greatest = greatest(of: layer) {
        let at = frame.point(longitude: greatest.code.centreLongitude, latitude: greatest.code.centreLatitude)
        canvas.disc(at: at, radius: 6, fill: nil, edge: .white, edgeWidth: 4)
        canvas.disc(at: at, radius: 6, fill: nil, edge: .ink, edgeWidth: 1.8)
      }
    }
    canvas.stroke(window, .ink, width: 1.2)
    let words =
      greatest(of: layer).map { greatest in
        let value = decimals(Double(greatest.value), description.unit == "1" ? 3 : 0)
        return content.language.say(
          .greatestValue, value + (description.unit == "1" ? "" : " " + description.unit), "\(greatest.code)")
      } ?? content.language.say(.noValue)
    canvas.text(words, at: [box.x, box.y + 34], TextStyle(size: 13, colour: .quietInk))
    guard case .ramp(let stops) = style else { return }
    let bar = Box(x: window.right + 16, y: window.y + 8, width: 18, height: window.height - 16)
    drawColourBar(stops, in: bar, TextStyle(size: 13), on: canvas)
  }

  /// The cell of the greatest value in the area: of equals that of the main map, else the most northern, then western.
  package func greatest(of layer: Layer<Float>) -> (code: Mesh3Code, value: Float)? {
    let known = layer.values.indices.filter { content.area.values[$0] && !layer.values[$0].isNaN }
    guard
      let first = known.max(by: {
        layer.values[$0] < layer.values[$1] || layer.values[$0] == layer.values[$1] && $0 > $1
      })
    else { return nil }
    let value = layer.values[first]
    if let highest, layer[highest] == value { return (highest, value) }
    return (layer.grid.code(at: first), value)
  }

  /// Paints the cells of the area; where several share a pixel the greatest value shows.
  private func paint(_ layer: Layer<Float>, _ style: LayerStyle, _ frame: MapFrame, on canvas: borrowing Canvas) {
    let grid = layer.grid
    let cells = frame.cellsOfPixels(in: grid)
    let palettes = content.palettes
    let (left, top) = (Int(frame.window.x), Int(frame.window.y))
    layer.values.withUnsafeBufferPointer { values in
      content.area.values.withUnsafeBufferPointer { area in
        canvas.repaint(columns: left..<left + cells.columns.count, rows: top..<top + cells.rows.count) { x, y, _ in
          var isInside = false
          var greatest = Float.nan
          for row in cells.rows[y - top] {
            for column in cells.columns[x - left] where area[row * grid.width + column] {
              isInside = true
              let value = values[row * grid.width + column]
              // `max` of a number and NaN would depend on their order.
              if !value.isNaN, greatest.isNaN || value > greatest { greatest = value }
            }
          }
          guard isInside else { return nil }
          return style.colour(of: greatest) ?? palettes.ofNoData(at: x, y)
        }
      }
    }
  }
}
