package import Foundation
package import Mesh

/// Draws the risk map sheet of an area: what an officer prints or mails.
///
/// The map at the left, north up, evenly scaled at the middle latitude; at the right the figures, the legend, scale and
/// notes. The 80 %-recall line runs around the cells of levels 4 and 5.
///
/// - Parameter content: What to show.
/// - Returns: A PNG file, 1600 pixels wide, 1004 to 1424 high by the area's shape; the same bytes for the same content.
package func drawRiskMap(_ content: RiskMapContent) -> Data {
  let summary = RiskMapSummary(of: content)
  let layout = RiskMapLayout(of: content)
  let canvas = Canvas(width: Int(layout.sheet.width), height: Int(layout.sheet.height))
  drawHeader(content, layout.header, on: canvas)
  let frame = MapFrame(showing: layout.shown, in: layout.window)
  drawMap(content, summary, frame, on: canvas)
  drawGraticule(frame, on: canvas)
  RiskMapPanel(content: content, summary: summary, frame: frame).draw(in: layout.panel, on: canvas)
  return canvas.png()
}

/// Where the parts of the sheet stand, pixels.
struct RiskMapLayout {
  let sheet: Box
  let header: Box
  let window: Box
  let panel: Box
  /// The cells the window must show.
  let shown: MeshGrid

  init(of content: RiskMapContent) {
    shown = content.area.grid.smallest { content.area.values[$0] } ?? content.area.grid
    let size = MapFrame.kilometres(of: shown)
    let width = 1_080.0
    let height = min(1_240, max(820, (width * size.y / size.x).rounded()))
    header = Box(x: 40, y: 28, width: 1_520, height: 84)
    window = Box(x: 68, y: 128, width: width, height: height)
    panel = Box(x: 1_184, y: 128, width: 376, height: height + 30)
    sheet = Box(x: 0, y: 0, width: 1_600, height: 128 + height + 56)
  }
}

extension MeshGrid {
  /// The smallest part of the grid that holds all chosen cells; `nil` where none is.
  func smallest(where isChosen: (Int) -> Bool) -> MeshGrid? {
    var (top, bottom, left, right) = (Int.max, Int.min, Int.max, Int.min)
    for index in 0..<count where isChosen(index) {
      let (y, x) = (index / width, index % width)
      (top, bottom) = (min(top, y), max(bottom, y))
      (left, right) = (min(left, x), max(right, x))
    }
    guard top <= bottom else { return nil }
    return MeshGrid(south: north - 1 - bottom, west: west + left, height: bottom - top + 1, width: right - left + 1)
  }
}

private func drawHeader(_ content: RiskMapContent, _ box: Box, on canvas: borrowing Canvas) {
  let title = TextStyle(size: 36, bold: true)
  let name = [content.areaName, content.areaNameJapanese].filter { !$0.isEmpty }.joined(separator: "  ")
  canvas.text("\(content.title): \(name)", at: [box.x, box.y + 34], title)
  canvas.text("\(content.day) (\(weekday(of: content.day)))", at: [box.right, box.y + 34], title, anchor: .right)
  var period = "24 h to 24:00 JST"
  if let asOf = content.asOf, asOf < JSTHour(ending: content.day, 24) {
    period = "observed to \(asOf.clock) JST"
  }
  if content.forecastHours > 0 {
    period += " + \(content.forecastHours) h forecast"
  }
  let quiet = TextStyle(size: 18, colour: .quietInk)
  let room = box.width - canvas.width(of: period, quiet) - 40
  let lines = canvas.lines(of: "1-km cells (MESH3, JGD2011). Model: \(content.model)", quiet, within: room)
  canvas.text(lines[0] + (lines.count > 1 ? " …" : ""), at: [box.x, box.y + 70], quiet)
  canvas.text(period, at: [box.right, box.y + 70], quiet, anchor: .right)
}

func weekday(of day: JSTDay) -> String {
  // 1970-01-01 was a Thursday.
  let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  return names[((day.daysSince1970 % 7) + 7) % 7]
}

extension JSTHour {
  /// `14:00`, the end of a day as `24:00`.
  var clock: String { (hourOfDay < 10 ? "0" : "") + "\(hourOfDay):00" }
}

/// Where the sheet draws the centre of a cell, pixels from the upper left corner.
package func sheetPosition(of code: Mesh3Code, on content: RiskMapContent) -> SIMD2<Double> {
  let layout = RiskMapLayout(of: content)
  return MapFrame(showing: layout.shown, in: layout.window)
    .point(longitude: code.centreLongitude, latitude: code.centreLatitude)
}
