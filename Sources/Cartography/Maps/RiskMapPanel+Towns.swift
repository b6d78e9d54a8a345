import Mesh

extension RiskMapPanel {
  /// So many lines: a table of all is in a file of its own.
  private static let mostTowns = 8

  /// Municipalities with cells at level 4 or 5, the worst first, and what lies in these cells; nothing where none of it is known.
  ///
  /// - Returns: The lower end.
  func drawTowns(in box: Box, top: Double, on canvas: borrowing Canvas) -> Double {
    let language = content.language
    let exposed = [
      content.peopleOverThreshold.map { language.say(.peopleAtLevelFour, roundedPeople($0)) },
      content.roadsOverThreshold.map { language.say(.roadsAtLevelFour, grouped(Int($0.rounded()))) },
    ].compactMap(\.self)
    guard content.towns != nil || !exposed.isEmpty else { return top }
    let body = TextStyle(size: 15)
    canvas.line(through: [[box.x, top], [box.right, top]], .rule)
    var y = top + 8
    if let towns = content.towns {
      let words =
        towns.isEmpty ? language.say(.noTownAtLevelFour) : language.say(.townsAtLevelFour, "\(towns.count)")
      let style = TextStyle(size: 15, bold: !towns.isEmpty)
      y = canvas.paragraph(words, x: box.x, top: y, width: box.width, style)
    }
    if summary.overThreshold > 0 {
      for words in exposed { y = canvas.paragraph(words, x: box.x, top: y, width: box.width, body) }
    }
    guard let towns = content.towns, !towns.isEmpty else { return y }
    let hasPeople = towns.contains { $0.people != nil }
    let (cells, share, people) = (box.right - (hasPeople ? 136 : 66), box.right - (hasPeople ? 76 : 0), box.right)
    let small = TextStyle(size: 13, colour: .quietInk)
    y += 18
    canvas.text(language.say(.cells), at: [cells, y], small, anchor: .right)
    canvas.text(language.say(.share), at: [share, y], small, anchor: .right)
    if hasPeople { canvas.text(language.say(.people), at: [people, y], small, anchor: .right) }
    for town in towns.prefix(Self.mostTowns) {
      y += 22
      let swatch = Box(x: box.x, y: y - 13, width: 16, height: 16)
      canvas.repaint(
        columns: Int(swatch.x)..<Int(swatch.right), rows: Int(swatch.y)..<Int(swatch.bottom)
      ) { x, y, _ in content.palettes.ofLevel(max(1, town.worstLevel), at: x, y) }
      canvas.stroke(swatch, .quietInk, width: 0.8)
      let room = cells - box.x - 22 - canvas.width(of: "0000", body) - 8
      canvas.text(town.name, at: [box.x + 22, y], canvas.shrunk(body, for: town.name, within: room))
      canvas.text(grouped(town.overThreshold), at: [cells, y], body, anchor: .right)
      canvas.text("\(Int((town.share * 100).rounded())) %", at: [share, y], body, anchor: .right)
      if let count = town.people { canvas.text(roundedPeople(count), at: [people, y], body, anchor: .right) }
    }
    y += 8
    guard towns.count > Self.mostTowns else { return y }
    let more = language.say(.moreTowns, "\(towns.count - Self.mostTowns)", "towns.csv")
    return canvas.paragraph(more, x: box.x, top: y, width: box.width, small)
  }
}

/// People to two digits: a mesh of a census counts residents of years ago, not who is there tonight.
private func roundedPeople(_ people: Float) -> String {
  let count = Int(people.rounded())
  var unit = 1
  while count / unit >= 100 { unit *= 10 }
  return grouped((count + unit / 2) / unit * unit)
}
