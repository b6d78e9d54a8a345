import Foundation
import Mesh

/// So many islands are named below an inset, the largest.
private let mostNames = 3

/// Frame of an inset, and below it which islands it shows and its own scale.
func drawInsetCaption(_ frame: MapFrame, of part: MeshGrid, _ language: Language, on canvas: borrowing Canvas) {
  let window = frame.window
  canvas.stroke(window, .ink, width: 1.2)
  let style = TextStyle(size: 13, colour: .quietInk)
  let names = NamedIslands.within(part).prefix(mostNames).map { language.say($0.name) }
  let place = "\(decimals(frame.centreLatitude, 1))°N \(decimals((frame.west + frame.east) / 2, 1))°E"
  let words = names.isEmpty ? place : names.joined(separator: language == .japanese ? "・" : ", ")
  canvas.text(words, at: [window.x, window.bottom + 17], canvas.shrunk(style, for: words, within: window.width))
  let kilometres = roundLength(upTo: window.width * 0.5 / frame.perKilometre)
  let length = kilometres * frame.perKilometre
  let y = window.bottom + 35
  canvas.line(
    through: [[window.x, y - 5], [window.x, y], [window.x + length, y], [window.x + length, y - 5]], .ink, width: 1.4)
  canvas.text(String(format: "%g km", kilometres), at: [window.x + length + 8, y + 2], style)
}

/// Draws sea, land, relief, cells, the 80 %-recall line, boundaries and the highest cell into the window.
func drawMap(
  _ content: RiskMapContent, marking highest: Mesh3Code?, outline: [[SIMD2<Double>]], _ frame: MapFrame,
  on canvas: borrowing Canvas
) {
  let window = frame.window
  canvas.fill(window, with: content.seaColour)
  // Lines thin out where cells become small, or they would hide them.
  let weight = min(1, max(0.3, frame.cell.y / 5))
  canvas.clipped(to: window) {
    canvas.fill(rings: content.surroundings.map(frame.points), with: content.palettes.map.otherLand)
    // Within a frame the boundary's inside may be sea: there the cells themselves are the land.
    if content.boundaryIsLand, !content.boundary.isEmpty {
      canvas.fill(rings: content.boundary.map(frame.points), with: content.palettes.calmLand)
    } else {
      // Its land between coast or border and the first whole cell; what of it holds no cell of the area stays as thin as that.
      canvas.clipped(to: content.boundary.map(frame.points)) {
        canvas.fill(rings: content.surroundings.map(frame.points), with: content.palettes.calmLand)
      }
      paintCells(content, frame, levels: 1...1, on: canvas)
    }
    paintUnknownEdges(content, frame, on: canvas)
    if let elevation = content.elevation {
      shadeRelief(elevation, frame, content.palettes.map, sea: content.seaColour, on: canvas)
    }
    paintCells(content, frame, levels: 2...5, on: canvas)
    for ring in content.surroundings {
      canvas.line(through: frame.points(ring), content.palettes.map.coast, width: 0.8 * max(0.6, weight), closed: true)
    }
    for ring in content.boundary {
      canvas.line(
        through: frame.points(ring), content.palettes.map.boundary, width: 1.6 * max(0.5, weight), closed: true)
    }
    if frame.showsThresholdLine { drawThresholdLine(outline.map(frame.points), weight: weight, on: canvas) }
    if let highest {
      drawHighestMark(
        at: frame.point(longitude: highest.centreLongitude, latitude: highest.centreLatitude), content.palettes,
        on: canvas)
    }
  }
}

extension MapFrame {
  /// Around cells of a pixel or less the line would hide what it encloses.
  var showsThresholdLine: Bool { min(cell.x, cell.y) >= 1.4 }
}

/// The 80 %-recall line: black on white, so that it stands out from purple and black cells alike.
func drawThresholdLine(_ rings: [[SIMD2<Double>]], weight: Double, on canvas: borrowing Canvas) {
  for ring in rings { canvas.line(through: ring, .white, width: 5.2 * weight, closed: true) }
  for ring in rings { canvas.line(through: ring, .ink, width: 2.4 * weight, closed: true) }
}

/// A ring around the highest cell.
func drawHighestMark(at point: SIMD2<Double>, _ palettes: Palettes, on canvas: borrowing Canvas) {
  canvas.disc(at: point, radius: 13, fill: nil, edge: .white, edgeWidth: 6)
  canvas.disc(at: point, radius: 13, fill: nil, edge: palettes.map.highestCell, edgeWidth: 3)
}

/// Paints each pixel with the level of its cell; where several cells share a pixel the highest level shows.
///
/// Level 1 is drawn before the relief, or is the filled boundary with its smooth coast; the others and no data over it.
private func paintCells(
  _ content: RiskMapContent, _ frame: MapFrame, levels: ClosedRange<UInt8>, on canvas: borrowing Canvas
) {
  let grid = content.level.grid
  let cells = frame.cellsOfPixels(in: grid)
  let (left, top) = (Int(frame.window.x), Int(frame.window.y))
  let palettes = content.palettes
  content.level.values.withUnsafeBufferPointer { level in
    content.area.values.withUnsafeBufferPointer { area in
      canvas.repaint(
        columns: left..<left + cells.columns.count, rows: top..<top + cells.rows.count
      ) { x, y, _ in
        var highest: UInt8?
        for row in cells.rows[y - top] {
          for column in cells.columns[x - left] where area[row * grid.width + column] {
            highest = max(highest ?? 0, level[row * grid.width + column])
          }
        }
        switch highest {
        case nil: return nil
        case 0: return palettes.ofNoData(at: x, y)
        case let value?: return levels.contains(min(value, 5)) ? palettes.ofLevel(Int(min(value, 5)), at: x, y) : nil
        }
      }
    }
  }
}

/// Land between a coast or border and cells without data is hatched as these are: it holds no whole cell, and would look calm.
private func paintUnknownEdges(_ content: RiskMapContent, _ frame: MapFrame, on canvas: borrowing Canvas) {
  let (level, area) = (content.level, content.area)
  let grid = level.grid
  guard level.values.indices.contains(where: { area.values[$0] && level.values[$0] == 0 }) else { return }
  let cells = frame.cellsOfPixels(in: grid)
  let (left, top) = (Int(frame.window.x), Int(frame.window.y))
  let palettes = content.palettes
  canvas.repaint(columns: left..<left + cells.columns.count, rows: top..<top + cells.rows.count) { x, y, old in
    guard old == palettes.calmLand, let row = cells.rows[y - top].first, let column = cells.columns[x - left].first,
      !area.values[row * grid.width + column]
    else { return nil }
    for near in max(0, row - 1)...min(grid.height - 1, row + 1) {
      for beside in max(0, column - 1)...min(grid.width - 1, column + 1) {
        let cell = near * grid.width + beside
        if area.values[cell], level.values[cell] == 0 { return palettes.ofNoData(at: x, y) }
      }
    }
    return nil
  }
}

extension RiskMapContent {
  /// Without boundaries nothing says where the sea is: the ground around is then paper, not water.
  var seaColour: Colour { surroundings.isEmpty && !boundaryIsLand ? palettes.map.unknownGround : palettes.map.sea }
}

/// Darkens and lightens the land by its slope towards a light in the north-west, as far as the elevation reaches.
private func shadeRelief(
  _ elevation: Layer<Float>, _ frame: MapFrame, _ colours: Palettes.Map, sea: Colour, on canvas: borrowing Canvas
) {
  let shade = reliefShade(of: elevation)
  let grid = elevation.grid
  let (left, top) = (Int(frame.window.x), Int(frame.window.y))
  canvas.repaint(
    columns: left..<left + Int(frame.window.width), rows: top..<top + Int(frame.window.height)
  ) { x, y, old in
    guard old != sea else { return nil }
    let place = frame.place([Double(x) + 0.5, Double(y) + 0.5], in: grid) - 0.5
    let (column, row) = (place.x.rounded(.down), place.y.rounded(.down))
    let (x0, y0) = (Int(column), Int(row))
    guard x0 >= 0, y0 >= 0, x0 + 1 < grid.width, y0 + 1 < grid.height else { return nil }
    let (u, v) = (place.x - column, place.y - row)
    // Fades out where the elevation ends: an edge in the relief would look like an edge on the ground.
    let margin = min(min(x0, grid.width - 2 - x0), min(y0, grid.height - 2 - y0))
    let strength = min(1, Double(margin) / 10)
    let i = y0 * grid.width + x0
    let upper = shade[i] * (1 - u) + shade[i + 1] * u
    let lower = shade[i + grid.width] * (1 - u) + shade[i + grid.width + 1] * u
    let light = strength * (upper * (1 - v) + lower * v)
    return light < 0 ? old.mixed(with: colours.shade, -light) : old.mixed(with: .white, light)
  }
}

/// Shade of each cell, -0.35 (dark) ... 0.35 (light), 0 on flat land and where the elevation is unknown.
///
/// The gradient along the light's direction, steepened for cells of a kilometre and levelled off at both ends.
private func reliefShade(of elevation: Layer<Float>) -> [Double] {
  let grid = elevation.grid
  let degree = MapFrame.kilometresADegree(at: (grid.southLatitude + grid.northLatitude) / 2)
  let (across, down) = (degree.x / 80 * 1_000, degree.y / 120 * 1_000)
  var shade = [Double](repeating: 0, count: grid.count)
  let heights = elevation.values.span
  for y in 1..<max(1, grid.height - 1) {
    for i in (1..<max(1, grid.width - 1)).lazy.map({ y * grid.width + $0 }) {
      let (west, east) = (heights[i - 1], heights[i + 1])
      let (north, south) = (heights[i - grid.width], heights[i + grid.width])
      guard !(west + east + north + south).isNaN else { continue }
      let eastward = Double(east - west) / (2 * across)
      let southward = Double(south - north) / (2 * down)
      // Light from the north-west: ground that rises towards the south-east faces it.
      shade[i] = 0.35 * tanh((eastward + southward) * 3.5)
    }
  }
  return shade
}
