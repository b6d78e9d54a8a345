import Mesh
import Rasters

/// The municipalities of a run and what the day is for each.
struct RunTowns {
  /// Of the area, each with its risk.
  let towns: [(municipality: Municipality, risk: TownRisk)]
  /// Cells of the area that lie in no municipality, where there are any.
  let elsewhere: TownRisk?
  let prefectures: [TownRisk]
  /// All of the area.
  let whole: TownRisk
  /// Municipality of each cell of the area's grid, an index of `towns`; -1 for none.
  let owner: [Int]

  /// Every line of the table; the cells of the area are all in it.
  var risks: [TownRisk] { towns.map(\.risk) + (elsewhere.map { [$0] } ?? []) + prefectures }

  /// - Parameters:
  ///   - municipalities: On the area's grid.
  ///   - area: The area.
  ///   - cell: What the run says of a cell, by its index on the area's grid.
  init(_ municipalities: [Municipality], of area: Area, cell: (Int) -> TownCell) {
    var owner = [Int](repeating: -1, count: area.grid.count)
    var towns: [(municipality: Municipality, risk: TownRisk)] = []
    var prefectures: [String: TownTally] = [:]
    var order: [String] = []
    for town in municipalities {
      let cells = town.cells.filter { area.cells.values[$0] }
      guard !cells.isEmpty else { continue }
      var tally = TownTally(TownRisk(code: town.code, prefecture: town.prefecture, name: town.name))
      for index in cells {
        owner[index] = towns.count
        tally.add(cell(index))
      }
      towns.append((town, tally.risk))
      if prefectures[town.prefecture] == nil { order.append(town.prefecture) }
      let prefecture = TownRisk(code: Self.prefectureCode(of: town), prefecture: town.prefecture, name: "")
      prefectures[town.prefecture, default: TownTally(prefecture)].add(tally)
    }
    var rest = TownTally(TownRisk(code: "", prefecture: "", name: ""))
    for index in owner.indices where owner[index] < 0 && area.cells.values[index] { rest.add(cell(index)) }
    self.towns = towns
    self.owner = owner
    elsewhere = rest.risk.cells > 0 ? rest.risk : nil
    let tallies = order.compactMap { prefectures[$0] }
    self.prefectures = tallies.map(\.risk)
    for tally in tallies { rest.add(tally) }
    whole = rest.risk
  }

  private static func prefectureCode(of town: Municipality) -> String {
    Prefecture(town.prefecture)?.twoDigits ?? String(town.code.prefix(2))
  }

  /// Municipalities with a cell at level 4 or 5, the worst first.
  var overThreshold: [TownRisk] {
    towns.map(\.risk).filter { $0.overThreshold > 0 }.sorted {
      ($0.worstLevel, $0.shareOverThreshold, $1.code) > ($1.worstLevel, $1.shareOverThreshold, $0.code)
    }
  }

  /// Features of the GeoPackage's table.
  var features: [DescribedPolygons] {
    towns.map { DescribedPolygons(polygons: $0.municipality.polygons, values: $0.risk.features) }
  }
}

extension TownRisk {
  /// Fields of a GeoPackage, with the names of the table in English.
  var features: [(name: String, value: DescribedPolygons.Value)] {
    var values: [(name: String, value: DescribedPolygons.Value)] = [
      ("code", .text(code)), ("prefecture", .text(prefecture)), ("name", .text(name)), ("cells", .whole(cells)),
    ]
    values += (1...5).map { ("level_\($0)", .whole(cellsByLevel[$0])) }
    values += [
      ("no_data", .whole(cellsByLevel[0])), ("cells_4_5", .whole(overThreshold)),
      ("share_4_5", .number(rounded(Float(shareOverThreshold), to: 3))), ("worst_level", .whole(worstLevel)),
      ("probability", .number(worst.map { rounded($0.probability, to: 4) })), ("worst_cell", .text(worst?.code ?? "")),
      ("worst_hour", .number(worst?.hour.map(Float.init))),
    ]
    if let people = exposed[.people] { values += (1...5).map { ("people_\($0)", .number(people[$0].rounded())) } }
    if let roads = exposed[.roads] { values += (1...5).map { ("road_km_\($0)", .number(rounded(roads[$0], to: 1))) } }
    return values
  }
}

/// A value as its table shows it; more digits would promise more than there is.
func rounded(_ value: Float, to decimals: Int) -> Float {
  let scale = Float((0..<decimals).reduce(1) { scale, _ in scale * 10 })
  return (value * scale).rounded() / scale
}
