import Foundation
import Mesh

/// The right side of the sheet: figures, legend, scale, notes, sources, notice.
struct RiskMapPanel {
  let content: RiskMapContent
  let summary: RiskMapSummary
  /// The main window's and those of far-off parts.
  let frames: [MapFrame]

  private var frame: MapFrame { frames[0] }
  private var language: Language { content.language }

  private static let heading = TextStyle(size: 17, bold: true)
  private static let body = TextStyle(size: 15)
  private static let small = TextStyle(size: 13, colour: .quietInk)

  /// Height that all texts need, pixels: measured by drawing them on a sheet that is thrown away.
  func height(width: Double) -> Double {
    let canvas = Canvas(width: Int(width), height: 2_400)
    let noticeTop = drawNotice(in: Box(x: 0, y: 0, width: width, height: 0), on: canvas)
    return drawAllButNotice(in: Box(x: 0, y: 0, width: width, height: 2_400), on: canvas) + 8 - noticeTop
  }

  func draw(in box: Box, on canvas: borrowing Canvas) {
    _ = drawAllButNotice(in: box, on: canvas)
    _ = drawNotice(in: box, on: canvas)
  }

  /// - Returns: The lower end.
  private func drawAllButNotice(in box: Box, on canvas: borrowing Canvas) -> Double {
    var y = drawFigures(in: box, top: box.y, on: canvas)
    y = drawLegend(in: box, top: y + 18, on: canvas)
    y = drawSymbols(in: box, top: y + 6, on: canvas)
    y = drawTowns(in: box, top: y + 8, on: canvas)
    y = drawScale(in: box, top: y + 16, on: canvas)
    return drawNotes(in: box, top: y + 16, on: canvas)
  }

  private func drawFigures(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    let big = TextStyle(size: 40, bold: true)
    let count = grouped(summary.overThreshold)
    canvas.text(count, at: [box.x, top + 36], big)
    let beside = box.x + canvas.width(of: count, big) + 12
    canvas.text(language.say(.ofCells, grouped(summary.total)), at: [beside, top + 16], Self.body)
    canvas.text(language.say(.atLevelFour), at: [beside, top + 37], Self.body)
    guard let highest = summary.highest else {
      return canvas.paragraph(language.say(.noCellHasData), x: box.x, top: top + 52, width: box.width, Self.body)
    }
    let level = "\(summary.highestLevel)"
    let text =
      summary.highestProbability.map {
        language.say(.highestWithProbability, level, decimals(Double($0), 3))
      } ?? language.say(.highestIs, level)
    let y = canvas.paragraph(text, x: box.x, top: top + 52, width: box.width, Self.body)
    let place = language.say(
      .cellAt, "\(highest)", decimals(highest.centreLatitude, 3), decimals(highest.centreLongitude, 3))
    let quiet = TextStyle(size: 14, colour: .quietInk)
    var end = canvas.paragraph(place, x: box.x, top: y, width: box.width, quiet)
    if let event = content.highestEvent {
      let words = language.say(.soilWaterThere, event)
      end = canvas.paragraph(words, x: box.x, top: end, width: box.width, quiet)
    }
    guard summary.equals > 1 else { return end }
    let words = language.say(.oneOfEquals, grouped(summary.equals))
    return canvas.paragraph(words, x: box.x, top: end, width: box.width, quiet)
  }

  private func drawLegend(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    canvas.line(through: [[box.x, top], [box.right, top]], .rule)
    var y = top + 12
    canvas.text(language.say(.level), at: [box.x, y + 17], Self.heading)
    canvas.text(language.say(.cells), at: [box.right, y + 17], Self.heading, anchor: .right)
    y += 30
    let words = content.levelDescription.classes
    for level in (0...5).reversed() {
      let swatch = Box(x: box.x, y: y, width: 44, height: 30)
      let colour = level == 0 ? content.palettes.map.noData : content.palettes.of(level: level)
      canvas.fill(swatch, with: colour)
      if level == 0 {
        canvas.repaint(
          columns: Int(swatch.x)..<Int(swatch.right), rows: Int(swatch.y)..<Int(swatch.bottom)
        ) { x, y, _ in content.palettes.ofNoData(at: x, y) }
      } else {
        canvas.repaint(
          columns: Int(swatch.x)..<Int(swatch.right), rows: Int(swatch.y)..<Int(swatch.bottom)
        ) { x, y, _ in content.palettes.ofLevel(level, at: x, y) }
        let number = TextStyle(size: 18, bold: true, colour: colour.textOnIt)
        canvas.text("\(level)", at: [swatch.centre.x, swatch.centre.y + 6.5], number, anchor: .centre)
      }
      canvas.stroke(swatch, .quietInk, width: 1)
      let name = level == 0 ? language.say(.noData)[...] : words[level - 1].drop { $0 != ":" }.dropFirst(2)
      canvas.text(grouped(summary.cells[level]), at: [box.right, y + 20], Self.body, anchor: .right)
      let lines = canvas.lines(of: String(name), Self.body, within: box.width - 56 - 70)
      for (i, line) in lines.enumerated() {
        let first = lines.count == 1 ? y + 20 : y + 11
        canvas.text(line, at: [box.x + 56, first + Double(i) * Self.body.leading], Self.body)
      }
      y += max(38, Double(lines.count) * Self.body.leading + 6)
    }
    return y
  }

  private func drawSymbols(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    drawThresholdLine(
      [[[box.x + 2, top + 4], [box.x + 42, top + 4], [box.x + 42, top + 24], [box.x + 2, top + 24]]],
      weight: 1, on: canvas)
    let words =
      frames.contains { $0.showsThresholdLine }
      ? language.say(.aroundLevels, content.levelLine) : language.say(.lineNotDrawn, content.levelLine)
    var y = canvas.paragraph(words, x: box.x + 56, top: top - 2, width: box.width - 56, Self.body)
    // Below the sample of the line, however short its words are.
    y = max(y, top + 27) + 6
    guard summary.highestLevel >= 2 else { return y }
    drawHighestMark(at: [box.x + 22, y + 13], content.palettes, on: canvas)
    canvas.text(language.say(.highestCell), at: [box.x + 56, y + 18], Self.body)
    return y + 30
  }

  private func drawScale(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    let arrow: SIMD2<Double> = [box.right - 16, top + 4]
    let tip: [SIMD2<Double>] = [arrow, arrow + [11, 36], arrow + [0, 28], arrow + [-11, 36]]
    canvas.fill(rings: [tip], with: .ink)
    canvas.text("N", at: [arrow.x, arrow.y + 54], TextStyle(size: 16, bold: true), anchor: .centre)
    let room = box.width - 90
    let kilometres = roundLength(upTo: room / frame.perKilometre)
    let length = kilometres * frame.perKilometre
    let y = top + 26
    canvas.fill(Box(x: box.x, y: y, width: length / 2, height: 7), with: .ink)
    canvas.stroke(Box(x: box.x, y: y, width: length, height: 7), .ink, width: 1.2)
    for (share, anchor) in [(0.0, TextAnchor.left), (0.5, .centre), (1, .centre)] {
      let number = decimals(kilometres * share, kilometres * share < 1 && share > 0 ? 1 : kilometres == 5 ? 1 : 0)
      let label = number.hasSuffix(".0") ? String(number.dropLast(2)) : number
      canvas.text(
        share == 1 ? label + " km" : label, at: [box.x + length * share, y - 6], Self.body, anchor: anchor)
    }
    canvas.text(language.say(.atLatitude, decimals(frame.centreLatitude, 1)), at: [box.x, y + 25], Self.small)
    return top + 62
  }

  /// The notice stands at the panel's foot.
  ///
  /// - Returns: The upper edge of the notice.
  private func drawNotice(in box: Box, on canvas: borrowing Canvas) -> Double {
    let style = TextStyle(size: 14, bold: true)
    let japanese = TextStyle(size: 14)
    let words = [
      (Phrase.notice.english, content.language == .english ? style : japanese),
      (Phrase.notice.japanese, content.language == .english ? japanese : style),
    ]
    let inner = box.width - 24
    let height = words.reduce(20.0) {
      $0 + Double(canvas.lines(of: $1.0, $1.1, within: inner).count) * $1.1.leading
    }
    let frame = Box(x: box.x, y: box.bottom - height, width: box.width, height: height)
    canvas.fill(frame, with: content.palettes.map.noticeFill)
    canvas.stroke(frame, content.palettes.map.noticeEdge, width: 1.4)
    var y = frame.y + 8
    for (text, style) in words { y = canvas.paragraph(text, x: frame.x + 12, top: y, width: inner, style) }
    return frame.y
  }

  /// Notes and credits, whole: the sheet grows with them.
  ///
  /// - Returns: The lower end.
  private func drawNotes(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    canvas.line(through: [[box.x, top], [box.right, top]], .rule)
    let note = TextStyle(size: 14)
    var paragraphs = content.notes.map { ($0, note) }
    if !content.sources.isEmpty {
      paragraphs.append((language.say(.sources, content.sources.joined(separator: "; ")), Self.small))
    }
    var y = top + 10
    for (text, style) in paragraphs { y = canvas.paragraph(text, x: box.x, top: y, width: box.width, style) + 4 }
    return y
  }
}

/// The longest of 1, 2, 5, 10, ... kilometres within a limit.
func roundLength(upTo limit: Double) -> Double {
  var best = 0.1
  for exponent in -1...4 {
    for digit in [1.0, 2, 5] where digit * pow(10, Double(exponent)) <= limit {
      best = digit * pow(10, Double(exponent))
    }
  }
  return best
}
