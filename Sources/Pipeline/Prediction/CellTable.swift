import Foundation
import Mesh

/// `cells.csv`: a line for each cell of the area, keyed by mesh code.
enum CellTable {
  static let fileName = "cells.csv"

  /// - Parameters:
  ///   - day: What the run says of the cells.
  ///   - towns: Where municipalities are known: the code of each cell's own.
  ///   - exposed: Of the area's grid, a column each.
  ///   - language: Of the header.
  /// - Returns: The file's bytes.
  static func data(
    _ day: RunLayers, _ towns: RunTowns?, _ exposed: [(kind: Exposed, cells: Layer<Float>)], _ language: Language
  ) -> Data {
    var header: [Phrase] = [
      .columnMesh, .columnLatitude, .columnLongitude, .columnLevelOfCell, .columnProbability, .columnSoilWater,
      .columnAnomaly, .columnRank, .columnEventRank, .columnEventDay, .columnHour, .columnQuality,
    ]
    if towns != nil { header += [.columnCode, .columnMunicipality] }
    header += exposed.map(\.kind.columnOfCell)
    var text = CSVText(header.map { language.say($0) })
    let grid = day.cells.grid
    let (probability, water, anomaly, rank) = (day.probability, day.soilWaterMaximum, day.anomaly, day.rank)
    let (eventRank, eventDay) = (day.eventRank, day.eventDay)
    let (level, hour, flag) = (day.level, day.worstHour, day.flags)
    for run in day.cells.runs {
      for step in 0..<run.count {
        let (place, index) = (run.place + step, run.row * grid.width + run.column + step)
        let code = grid.code(at: index)
        var fields: [CSVText.Field] = [
          .text("\(code)"), .number(Float(code.centreLatitude), 4), .number(Float(code.centreLongitude), 4),
          .whole(Int(level[place])), .number(probability[place], 4), .number(water[place], 1),
          .number(anomaly[place], 3), .number(rank[place], 4),
          eventRank[place] > 0 ? .whole(Int(eventRank[place])) : .none,
          .text(eventDay[place].map { "\($0)" } ?? ""),
          hour[place] > 0 ? .whole(Int(hour[place])) : .none, .whole(Int(flag[place])),
        ]
        if let towns {
          let town = towns.owner[index] < 0 ? nil : towns.towns[towns.owner[index]].risk
          fields += [.text(town?.code ?? ""), .text(town?.name ?? "")]
        }
        fields += exposed.map { .number($0.cells.values[index], $0.kind.decimals) }
        text.add(fields)
      }
    }
    return text.data
  }
}
