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
  private static let peopleColumns: [Phrase] = (1...5).map(Phrase.columnPeople) + [.columnPeopleNoData]

  /// The table for spreadsheets: UTF-8 with the mark they know it by, codes quoted as text.
  ///
  /// - Parameters:
  ///   - towns: Municipalities and prefectures; all with people or none.
  ///   - language: Of the header.
  /// - Returns: The file's bytes.
  static func data(_ towns: [TownRisk], _ language: Language) -> Data {
    let hasPeople = towns.contains { $0.peopleByLevel != nil }
    var text = CSVText((columns + (hasPeople ? peopleColumns : [])).map { language.say($0) })
    for town in towns { text.add(fields(of: town, hasPeople: hasPeople)) }
    return text.data
  }

  /// The tables of many days below each other, with the day in front.
  ///
  /// - Parameters:
  ///   - days: In the order of time.
  ///   - language: Of the header.
  /// - Returns: The file's bytes.
  static func daily(_ days: [(day: JSTDay, towns: [TownRisk])], _ language: Language) -> Data {
    let hasPeople = days.contains { $0.towns.contains { $0.peopleByLevel != nil } }
    var text = CSVText(([.columnDate] + columns + (hasPeople ? peopleColumns : [])).map { language.say($0) })
    for (day, towns) in days {
      for town in towns { text.add([.text("\(day)")] + fields(of: town, hasPeople: hasPeople)) }
    }
    return text.data
  }

  private static func fields(of town: TownRisk, hasPeople: Bool) -> [CSVText.Field] {
    var fields: [CSVText.Field] = [.text(town.code), .text(town.prefecture), .text(town.name), .whole(town.cells)]
    fields += town.cellsByLevel.dropFirst().map { .whole($0) }
    fields += [.whole(town.cellsByLevel[0]), .whole(town.overThreshold), .number(Float(town.shareOverThreshold), 3)]
    fields += [
      .whole(town.worstLevel), .number(town.worst?.probability ?? .nan, 4), .text(town.worst?.code ?? ""),
      town.worst?.hour.map { .whole($0) } ?? .none,
    ]
    guard hasPeople else { return fields }
    let people = town.peopleByLevel ?? [Float](repeating: 0, count: 6)
    return fields + (people.dropFirst() + people.prefix(1)).map { .number($0, 0) }
  }

  /// Reads the table back, whatever the language of its header.
  ///
  /// - Throws: `malformed` where it is not a table of ours.
  package static func read(_ path: String) throws(RasterError) -> [TownRisk] {
    let table = try DelimitedText(reading: path)
    let expected = [columns.count, columns.count + peopleColumns.count]
    guard expected.contains(table.header.count) else {
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
      if row.count > columns.count {
        town.peopleByLevel = ([row[21]] + row[16...20]).map { Float($0) ?? 0 }
      }
      return town
    }
  }
}
