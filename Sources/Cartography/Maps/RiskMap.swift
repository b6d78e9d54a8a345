package import Foundation
package import Mesh

/// Draws the risk map sheet of an area: what an officer prints or mails.
///
/// The map at the left, north up, evenly scaled at the middle latitude; at the right the figures, the legend, scale and
/// notes. The 80 %-recall line runs around the cells of levels 4 and 5. A sheet is 1,600 units wide, 850 to 2,000 high by the area's
/// shape.
package struct RiskSheet {
  private let content: RiskMapContent
  private let summary: RiskMapSummary
  private let layout: RiskMapLayout

  /// - Parameter content: What to show.
  package init(_ content: RiskMapContent) {
    self.content = content
    summary = RiskMapSummary(of: content)
    layout = RiskMapLayout(of: content, summary)
  }

  /// Pixels a unit that give so many dots an inch where the sheet is as wide as A4 is long.
  package static func scale(dotsPerInch: Double) -> Double { dotsPerInch * 297 / 25.4 / 1_600 }

  /// The sheet as a PNG file: 1,600 pixels wide where the scale is 1; the same bytes for the same content.
  package func png(scale: Double = 1) -> Data {
    let canvas = Canvas(width: Int(layout.sheet.width), height: Int(layout.sheet.height), scale: scale)
    draw(on: canvas)
    return canvas.png()
  }

  /// The sheet as a page whose lines and letters stay such; cells and relief are a picture in it.
  ///
  /// - Parameters:
  ///   - format: Of the file.
  ///   - paper: What the page is fitted to.
  /// - Returns: The file; the same bytes for the same content.
  package func page(_ format: VectorFormat, on paper: Paper?) -> Data {
    let size = (width: Int(layout.sheet.width), height: Int(layout.sheet.height))
    // Dated by its contents: a clock would make two files of equal runs.
    let page = VectorPage(
      format, width: size.width, height: size.height, paper: paper, date: "\(content.horizon.day)T00:00:00+09:00")
    draw(on: Canvas(width: size.width, height: size.height, scale: 2, page: page))
    return page.finished()
  }

  private func draw(on canvas: borrowing Canvas) {
    drawHeader(content, layout.header, on: canvas)
    let outline = cellOutline(of: content.level.grid) { content.area.values[$0] && content.level.values[$0] >= 4 }
    for frame in layout.frames { drawMap(content, marking: summary.marked, outline: outline, frame, on: canvas) }
    drawGraticule(layout.frames[0], on: canvas)
    for (frame, part) in zip(layout.frames.dropFirst(), layout.remoteParts) {
      drawInsetCaption(frame, of: part, content.language, on: canvas)
    }
    let smallMaps = RiskMapSmallMaps(content: content)
    for (place, box) in layout.smallMaps.enumerated() {
      smallMaps.draw(place, showing: layout.mainPart, in: box, on: canvas)
    }
    RiskMapLeadStrip(content: content).draw(in: layout.leads, showing: layout.mainPart, on: canvas)
    RiskMapPanel(content: content, summary: summary, frames: layout.frames).draw(in: layout.panel, on: canvas)
  }
}

/// Where the parts of the sheet stand, pixels.
struct RiskMapLayout {
  let sheet: Box
  let header: Box
  let panel: Box
  /// The map's main window, then those of far-off parts, in a strip below.
  let frames: [MapFrame]
  let mainPart: MeshGrid
  /// What the windows after the first show.
  let remoteParts: [MeshGrid]
  /// Boxes of the small maps, below.
  let smallMaps: [Box]
  /// Boxes of the hours of a run as of a time, lowest on the sheet.
  let leads: [Box]

  private static let width = 1_080.0
  private static let left = 68.0
  private static let top = 128.0
  /// Heights of windows of far-off parts, pixels.
  private static let leastInset = 120.0
  private static let greatestInset = 340.0

  init(of content: RiskMapContent, _ summary: RiskMapSummary) {
    let parts = AreaParts(of: content.area)
    let size = MapFrame.kilometres(of: parts.main)
    let small = RiskMapSmallMaps(content: content).layers.count
    // The panel beside needs about 820 pixels; strips below the map give some of them.
    let least = parts.remote.isEmpty && small == 0 ? 820.0 : 560
    let height = min(small == 0 ? 1_240 : 1_080, max(least, (Self.width * size.y / size.x).rounded()))
    let window = Box(x: Self.left, y: Self.top, width: Self.width, height: height)
    let main = MapFrame(showing: parts.main, in: window)
    let insets = Self.insets(parts.remote, top: window.bottom + 40, scale: main.perKilometre)
    // No larger than the main window: a single cell blown up would look like an event.
    frames =
      [main]
      + zip(parts.remote, insets).map {
        MapFrame(showing: $0, in: $1, margin: 0.12, limit: main.perKilometre)
      }
    mainPart = parts.main
    remoteParts = parts.remote
    let mapsEnd = insets.map { $0.bottom + 44 }.max() ?? window.bottom + 30
    smallMaps = Self.smallMaps(small, shape: size.y / size.x, top: mapsEnd + 18)
    leads = RiskMapLeadStrip(content: content).boxes(
      left: Self.left, top: (smallMaps.map(\.bottom).max() ?? mapsEnd) + 46, width: Self.width, shape: size.y / size.x)
    let panelHeight = RiskMapPanel(content: content, summary: summary, frames: frames).height(width: 376)
    let bottom = max((smallMaps + leads).map(\.bottom).max() ?? mapsEnd, Self.top + panelHeight)
    header = Box(x: 40, y: 28, width: 1_520, height: 84)
    panel = Box(x: 1_184, y: Self.top, width: 376, height: bottom - Self.top)
    sheet = Box(x: 0, y: 0, width: 1_600, height: bottom + 26)
  }

  /// Windows of one height side by side, as wide as their parts need; no higher than these are at the main map's scale (pixels a
  /// kilometre), so that a single far cell takes no row of its own.
  private static func insets(_ parts: [MeshGrid], top: Double, scale: Double) -> [Box] {
    let gap = 16.0
    let sizes = parts.map { MapFrame.kilometres(of: $0) * (scale * 1.24) }
    let tallest = max(leastInset, min(greatestInset, sizes.map(\.y).max() ?? 0))
    // Narrow windows for what is small at that scale: the room goes to long chains.
    let shapes = sizes.map { size in
      size.y < tallest ? min(2.4, max(0.6, size.x / tallest)) : min(2.4, max(0.8, size.x / size.y))
    }
    let room = width - gap * Double(max(0, parts.count - 1))
    let height = min(tallest, room / shapes.reduce(0, +)).rounded(.down)
    var x = left
    return shapes.map { shape in
      let box = Box(x: x, y: top, width: (height * shape).rounded(.down), height: height)
      x = box.right + gap
      return box
    }
  }

  /// Boxes side by side for maps of a shape (height to width), with room for titles and colour bars.
  private static func smallMaps(_ count: Int, shape: Double, top: Double) -> [Box] {
    let gap = 24.0
    let each = ((width - gap * Double(max(1, count - 1))) / Double(max(2, count))).rounded()
    let height = min(360, max(170, ((each - 92) * shape).rounded())) + 46
    return (0..<count).map { Box(x: left + Double($0) * (each + gap), y: top, width: each, height: height) }
  }

  /// The frame that shows a cell: the main one where it can.
  func frame(of code: Mesh3Code) -> MapFrame {
    frames.first { frame in
      (frame.south...frame.north).contains(code.centreLatitude)
        && (frame.west...frame.east).contains(code.centreLongitude)
    } ?? frames[0]
  }
}

private func drawHeader(_ content: RiskMapContent, _ box: Box, on canvas: borrowing Canvas) {
  let title = TextStyle(size: 36, bold: true)
  let language = content.language
  let name = areaTitle(content.areaName, content.areaNameJapanese, language)
  let horizon = content.horizon
  let date = language.say(.clockDay, horizon.title) + " (\(weekday(of: horizon.day, language)))"
  canvas.text(date, at: [box.right, box.y + 34], title, anchor: .right)
  let heading = "\(content.title): \(name)"
  let left = box.width - canvas.width(of: date, title) - 40
  canvas.text(heading, at: [box.x, box.y + 34], canvas.shrunk(title, for: heading, within: left))
  let period = horizon.words(in: language)
  let quiet = TextStyle(size: 18, colour: .quietInk)
  let times = canvas.shrunk(quiet, for: period, within: box.width * 0.62)
  let room = box.width - canvas.width(of: period, times) - 40
  let model = language.say(.gridAndModel, content.model)
  canvas.text(model, at: [box.x, box.y + 70], canvas.shrunk(quiet, for: model, within: room))
  canvas.text(period, at: [box.right, box.y + 70], times, anchor: .right)
}

/// `Tottori  鳥取県`; in Japanese the Japanese name alone.
func areaTitle(_ name: String, _ japaneseName: String, _ language: Language) -> String {
  if language == .japanese, !japaneseName.isEmpty { return japaneseName }
  return [name, japaneseName].filter { !$0.isEmpty }.joined(separator: "  ")
}

func weekday(of day: JSTDay, _ language: Language) -> String {
  // 1970-01-01 was a Thursday.
  let names = language.say(.weekdays).split(separator: " ").map(String.init)
  return names[((day.daysSince1970 % 7) + 7) % 7]
}

/// Where the sheet draws the centre of a cell, pixels from the upper left corner.
package func sheetPosition(of code: Mesh3Code, on content: RiskMapContent) -> SIMD2<Double> {
  RiskMapLayout(of: content, RiskMapSummary(of: content)).frame(of: code).point(
    longitude: code.centreLongitude, latitude: code.centreLatitude)
}
