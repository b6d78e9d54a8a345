import Cartography
import Evaluation
import Foundation
import Mesh

/// A run folder as one page that needs no other file: for a phone, a printer (two A4 pages) or a mail.
struct ReportPage {
  /// A cell worth a look, with its snake line.
  struct WorstCell {
    let code: String
    /// Empty where no municipalities are known.
    let town: String
    let level: Int
    let probability: Float
    /// Daily maximum of the soil water index, mm.
    let soilWater: Float
    /// Its historical rank, 0 ..< 1; `NaN` without past rain.
    let rank: Float
    /// Its place among the cell's rain events; `nil` below the tenth.
    let place: EventPlace?
    /// 1 ... 24 JST; `nil` where it is not known.
    let hour: Int?
    /// PNG of its snake line; `nil` in a run as of a time.
    let picture: Data?
  }

  /// The forecast of one hour.
  struct Lead {
    let validTime: JSTHour
    /// From the last hour of the analysis on.
    let hours: Int
    /// Cells at level 0 (unknown here: the sea is among them), 1 ... 5.
    let counts: [Int]
  }

  let language: Language
  let area: String
  /// The day, or the last hour of a run as of a time.
  let time: String
  let manifest: Manifest
  /// Which hours it knows.
  let rain: String
  /// Cells of the area at level 0 (no data), 1 ... 5.
  let counts: [Int]
  let map: Data
  /// Hour by hour; empty for an observed day.
  let leads: [Lead]
  /// `nil` where the run has no table of municipalities.
  let towns: [TownRisk]?
  /// The worst first.
  let cells: [WorstCell]
  let credit: String
  /// The colours.
  var palettes = Palettes.program

  /// So many municipalities stand on two pages of paper; the table of all is a file of the run.
  private static let mostTowns = 14

  var html: Data {
    let heading = "\(language.say(.reportTitle)): \(area), \(language.say(.clockDay, time))"
    let sections = [
      HTMLText.section(language.say(.reportMap), class: "map", HTMLText.image(map, heading)),
      HTMLText.section(language.say(.reportLevels), class: "levels", levels),
      leads.isEmpty ? "" : HTMLText.section(language.say(.reportLeads), class: "leads", leadTable),
      HTMLText.section(language.say(.municipalities), class: "towns", townTable),
      HTMLText.section(language.say(.reportWorst), class: "cells", cellTable),
      HTMLText.section(language.say(.reportMissing), class: "missing", missing),
      HTMLText.section(language.say(.reportMade), class: "made", made),
    ]
    return Data(
      """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(HTMLText.escaped(heading))</title>
      <style>\(ReportStyle(palettes: palettes).sheet)</style></head><body>
      <h1>\(HTMLText.escaped(heading))</h1>
      \(HTMLText.paragraph(language.say(.notice), class: "notice"))
      \(HTMLText.paragraph(summary, class: "summary"))
      \(sections.joined(separator: "\n"))
      </body></html>

      """.utf8)
  }

  private var summary: String {
    let total = counts.reduce(0, +)
    let count = language.say(.summaryCells, "\(counts[4] + counts[5])", "\(total)")
    let sentences = exposed.map { kind in
      let amounts = (towns ?? []).filter { !$0.isPrefecture }.compactMap { $0.overThreshold(kind) }
      return language.say(kind.sentence, rounded(amounts.reduce(0, +), 0))
    }
    return ([count] + sentences).joined(separator: " ")
  }

  private var exposed: [Exposed] {
    Exposed.allCases.filter { kind in towns?.contains { $0.exposed[kind] != nil } ?? false }
  }

  private var levels: String {
    let meanings = Levels.meanings(
      isMeasured: manifest.thresholdsMeasured, intervals: manifest.recallIntervals, in: language)
    let rows: [[HTMLText.Cell]] = (0...5).reversed().map { level in
      [
        .level(level), .text(level == 0 ? language.say(.noData) : meanings[level - 1]), .number("\(counts[level])"),
      ]
    }
    return HTMLText.table([language.say(.level), language.say(.meaning), language.say(.cells)], rows)
      + HTMLText.paragraph(language.say(.reportOrigin, language.levelOrigin(manifest.thresholdsOrigin)))
  }

  /// Municipalities with a cell above level 1, then the sums.
  private var townTable: String {
    guard let towns else { return HTMLText.paragraph(language.say(.reportNoTowns)) }
    let touched = towns.filter { !$0.isPrefecture && $0.worstLevel >= 2 }.sorted {
      ($0.worstLevel, $0.shareOverThreshold, $0.worst?.probability ?? 0, $1.code)
        > ($1.worstLevel, $1.shareOverThreshold, $1.worst?.probability ?? 0, $0.code)
    }
    guard !touched.isEmpty else { return HTMLText.paragraph(language.say(.reportCalm)) }
    let heads: [Phrase] =
      [.municipality, .level, .cells, .columnLevel(4), .columnLevel(5), .share] + exposed.map(\.overThreshold)
      + [.probability, .cell, .hour]
    var text = HTMLText.table(
      heads.map { language.say($0).replacing("_", with: " ") },
      (touched.prefix(Self.mostTowns) + towns.filter(\.isPrefecture)).map(row))
    if touched.count > Self.mostTowns {
      text += HTMLText.paragraph(
        language.say(.moreTowns, "\(touched.count - Self.mostTowns)", TownTable.fileName))
    }
    return text
  }

  private func row(_ town: TownRisk) -> [HTMLText.Cell] {
    let name =
      town.isPrefecture
      ? "\(town.prefecture) \(language.say(.wholePrefecture))"
      : town.code.isEmpty && town.name.isEmpty ? language.say(.elsewhere) : town.name
    var cells: [HTMLText.Cell] = [
      .text(name), .level(town.worstLevel), .number("\(town.cells)"), .number("\(town.cellsByLevel[4])"),
      .number("\(town.cellsByLevel[5])"), .number("\(Int((town.shareOverThreshold * 100).rounded())) %"),
    ]
    cells += exposed.map { .number(rounded(town.overThreshold($0) ?? 0, $0.decimals)) }
    return cells + [
      .number(town.worst.map { rounded($0.probability, 3) } ?? ""), .text(town.worst?.code ?? ""),
      .number(town.worst?.hour.map { "\($0)" } ?? ""),
    ]
  }

  /// Later hours below earlier ones, levels from 2 on.
  private var leadTable: String {
    let heads = [language.say(.hour), ""] + (2...5).map { language.say(.columnLevel($0)).replacing("_", with: " ") }
    let rows: [[HTMLText.Cell]] = leads.map { lead in
      [.text(lead.validTime.words), .text("+\(lead.hours) h")] + lead.counts[2...].map { .number("\($0)") }
    }
    return HTMLText.table(heads, rows)
  }

  private var cellTable: String {
    guard !cells.isEmpty else { return HTMLText.paragraph(language.say(.reportCalm)) }
    // Without municipalities the column would stand empty.
    let hasTowns = cells.contains { !$0.town.isEmpty }
    let heads: [Phrase] =
      [.cell] + (hasTowns ? [.municipality] : []) + [.level, .probability, .soilWater, .ofRecord, .worstHour]
    let rows: [[HTMLText.Cell]] = cells.map { cell in
      var row: [HTMLText.Cell] = [.text(cell.code)]
      if hasTowns { row.append(.text(cell.town)) }
      row += [
        .level(cell.level), .number(rounded(cell.probability, 3)),
        .number(rounded(cell.soilWater, 0)), .text(againstRecord(cell)),
        .number(cell.hour.map { "\($0)" } ?? ""),
      ]
      return row
    }
    let pictures = cells.compactMap { cell in
      cell.picture.map { HTMLText.image($0, language.say(.reportSnakeLine, cell.code)) }
    }
    return HTMLText.table(heads.map { language.say($0) }, rows) + "<div class=\"snakes\">\(pictures.joined())</div>"
  }

  /// The place among the cell's own events; below the tenth the rank: from `n/(n + 1)` on it is past all `n` days that are known (METHOD 2.3).
  private func againstRecord(_ cell: WorstCell) -> String {
    if let place = cell.place { return place.words(in: language) }
    let rank = cell.rank
    guard !rank.isNaN else { return "" }
    let days = Float(manifest.referenceDays)
    if rank >= days / (days + 1) { return language.say(.pastRecord, "\(manifest.referenceDays)") }
    return language.say(.belowRecord, "\(Int((rank * 100).rounded(.down)))")
  }

  private var missing: String {
    let notes = language == .english ? manifest.gaps.notes : manifest.gaps.japaneseNotes
    return notes.isEmpty ? HTMLText.paragraph(language.say(.reportNothingMissing)) : HTMLText.list(notes)
  }

  private var made: String {
    HTMLText.list(
      [
        language.say(.modelIs, language.model(manifest.model)), language.say(.rainIs, rain),
        credit.isEmpty ? "" : language.say(.sources, credit), language.say(.reportMadeBy, manifest.tool),
      ].filter { !$0.isEmpty })
  }
}
