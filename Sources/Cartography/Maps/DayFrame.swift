package import Foundation
import Mesh

/// Draws a picture of a day for an animation: the map, the day, the cells at each level. All days of an area have one size.
///
/// - Parameter content: As for the sheet; notes and sources are not drawn.
/// - Returns: A PNG file, 900 pixels wide.
package func drawDayFrame(_ content: RiskMapContent) -> Data {
  let main = AreaParts(of: content.area).main
  let size = MapFrame.kilometres(of: main)
  let window = Box(x: 20, y: 84, width: 860, height: min(900, max(360, (860 * size.y / size.x).rounded())))
  let canvas = Canvas(width: 900, height: Int(window.bottom) + 96)
  let language = content.language
  let name = areaTitle(content.areaName, content.areaNameJapanese, language)
  let title = TextStyle(size: 26, bold: true)
  let day = "\(content.horizon.title) (\(weekday(of: content.horizon.day, language)))"
  canvas.text(day, at: [880, 38], TextStyle(size: 30, bold: true), anchor: .right)
  let heading = "\(content.title): \(name)"
  let room = 840 - canvas.width(of: day, TextStyle(size: 30, bold: true))
  canvas.text(heading, at: [20, 38], canvas.shrunk(title, for: heading, within: room))
  canvas.text(
    language.say(.notice), at: [20, 68], canvas.shrunk(TextStyle(size: 15), for: language.say(.notice), within: 860))
  let summary = RiskMapSummary(of: content)
  let frame = MapFrame(showing: main, in: window)
  let outline = cellOutline(of: content.level.grid) { content.area.values[$0] && content.level.values[$0] >= 4 }
  drawMap(content, marking: summary.marked, outline: outline, frame, on: canvas)
  canvas.stroke(window, .ink, width: 1.2)
  for level in 0...5 {
    let swatch = Box(x: 20 + Double(level) * 145, y: window.bottom + 18, width: 40, height: 26)
    canvas.repaint(columns: Int(swatch.x)..<Int(swatch.right), rows: Int(swatch.y)..<Int(swatch.bottom)) { x, y, _ in
      level == 0 ? content.palettes.ofNoData(at: x, y) : content.palettes.ofLevel(level, at: x, y)
    }
    canvas.stroke(swatch, .quietInk)
    let words = level == 0 ? language.say(.noData) : "\(level)"
    canvas.text(words, at: [swatch.right + 6, swatch.y + 19], TextStyle(size: 15, bold: level > 0))
    canvas.text(grouped(summary.cells[level]), at: [swatch.x, swatch.bottom + 22], TextStyle(size: 16))
  }
  return canvas.png()
}
