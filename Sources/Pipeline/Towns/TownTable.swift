import Foundation
import Mesh
package import Rasters

/// `towns.csv`: a line for each municipality, then for each prefecture; the same columns in every language.
package enum TownTable {
  package static let fileName = "towns.csv"

  private static let columns: [Phrase] =
    [.columnCode, .columnPrefecture, .columnMunicipality, .columnCells] + (1...5).map(Phrase.columnLevel)
    + [
      .columnNoData, .columnOverThreshold, .columnShare, .columnWorstLevel, .columnProbability, .columnWorstCell,
      .columnHour,
    ]

  /// The table for spreadsheets: UTF-8 with the mark they know it by, codes quoted as text.
  ///
  /// - Parameters:
  ///   - towns: Municipalities and prefectures; all with the same exposure.
  ///   - language: Of the header.
  /// - Returns: The file's bytes.
  static func data(_ towns: [TownRisk], _ language: Language) -> Data {
    let kinds = kinds(of: towns)
    var text = CSVText((columns + kinds.flatMap(\.columns)).map { language.say($0) })
    for town in towns { text.add(fields(of: town, kinds)) }
    return text.data
  }

  /// The tables of many days below each other, with the day in front.
  ///
  /// - Parameters:
  ///   - days: In the order of time.
  ///   - language: Of the header.
  /// - Returns: The file's bytes.
  static func daily(_ days: [(day: JSTDay, towns: [TownRisk])], _ language: Language) -> Data {
    let kinds = kinds(of: days.flatMap(\.towns))
    var text = CSVText(([.columnDate] + columns + kinds.flatMap(\.columns)).map { language.say($0) })
    for (day, towns) in days {
      for town in towns { text.add([.text("\(day)")] + fields(of: town, kinds)) }
    }
    return text.data
  }

  private static func kinds(of towns: [TownRisk]) -> [Exposed] {
    Exposed.allCases.filter { kind in towns.contains { $0.exposed[kind] != nil } }
  }

  private static func fields(of town: TownRisk, _ kinds: [Exposed]) -> [CSVText.Field] {
    var fields: [CSVText.Field] = [.text(town.code), .text(town.prefecture), .text(town.name), .whole(town.cells)]
    fields += town.cellsByLevel.dropFirst().map { .whole($0) }
    fields += [.whole(town.cellsByLevel[0]), .whole(town.overThreshold), .number(Float(town.shareOverThreshold), 3)]
    fields += [
      .whole(town.worstLevel), .number(town.worst?.probability ?? .nan, 4), .text(town.worst?.code ?? ""),
      town.worst?.hour.map { .whole($0) } ?? .none,
    ]
    for kind in kinds {
      let amounts = town.exposed[kind] ?? [Float](repeating: 0, count: 6)
      fields += (amounts.dropFirst() + amounts.prefix(1)).map { .number($0, kind.decimals) }
    }
    return fields
  }

  /// Reads the table back, whatever the language of its header.
  ///
  /// - Throws: `malformed` where it is not a table of ours.
  package static func read(_ path: String) throws(RasterError) -> [TownRisk] {
    let table = try DelimitedText(reading: path)
    let kinds = Exposed.allCases.filter { kind in
      Language.allCases.contains { table.header.contains($0.say(kind.column(ofLevel: 1))) }
    }
    guard table.header.count == columns.count + kinds.flatMap(\.columns).count else {
      throw .malformed(
        path: path, reason: "\(table.header.count) columns instead of \(columns.count)",
        remedy: "make the run again with lsmap predict --overwrite")
    }
    return table.rows.map { row in
      var town = TownRisk(code: row[0], prefecture: row[1], name: row[2])
      town.cellsByLevel = ([row[9]] + row[4...8]).map { Int($0) ?? 0 }
      if let level = Int(row[12]), level > 0 {
        town.worst = TownRisk.Cell(
          code: row[14], level: level, probability: Float(row[13]) ?? .nan, hour: Int(row[15]))
      }
      for (place, kind) in kinds.enumerated() {
        let amounts = row[(columns.count + 6 * place)...].prefix(6).map { Float($0) ?? 0 }
        town.exposed[kind] = amounts.suffix(1) + amounts.prefix(5)
      }
      return town
    }
  }
}
