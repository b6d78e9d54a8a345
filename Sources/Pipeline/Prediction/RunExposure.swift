import Cartography
import Mesh
import Rasters

extension Project {
  /// Municipalities of the catalogue, or of its boundaries where these name them; `nil` where none does.
  func municipalities() throws -> [Municipality]? {
    if let path = catalogue.municipalities {
      guard let found = Rasters.municipalities(of: try BoundaryFile.read(path), on: area.grid) else {
        throw RasterError.malformed(
          path: path, reason: "no attribute N03_004, the name of a municipality",
          remedy: "give the boundaries of 国土数値情報 (N03) as they come")
      }
      return found
    }
    return try catalogue.boundaries.flatMap {
      Rasters.municipalities(of: try BoundaryFile.read($0.path), on: area.grid)
    }
  }

  /// People of the area's cells; `nil` without `exposure:` in the catalogue.
  func people() throws -> Layer<Float>? { try catalogue.population?.people(on: area.grid) }
}

/// Towns and people of a run; read once, before anything is written.
struct RunExposure {
  /// `nil` where the catalogue names no municipalities.
  let towns: RunTowns?
  /// People by cell of the area's grid; `nil` where the catalogue has no population.
  let people: Layer<Float>?
  /// Cells of the area whose population no table covers.
  let cellsWithoutPopulation: Int
  /// People in the area's cells of the levels 0 ... 5.
  let peopleByLevel: [Float]?

  /// - Throws: What reading the boundaries and the tables throws.
  init(of project: Project, _ day: RunLayers) throws {
    let area = project.area
    let people = try project.people()
    let level = day.cells.scatter(day.level, fill: 0)
    let (probability, water) = (day.layer(day.probability), day.layer(day.soilWaterMaximum))
    let record = day.layer(day.pastRecord)
    let compared = day.cells.scatter(day.hasClimatology, fill: false)
    let hours = day.cells.scatter(day.worstHour, fill: 0)
    towns = try project.municipalities().map { municipalities in
      RunTowns(municipalities, of: area) { index in
        TownCell(
          code: area.grid.code(at: index),
          order: RiskOrder(
            level: level.values[index], isCompared: compared.values[index], probability: probability.values[index],
            pastRecord: record.values[index], soilWater: water.values[index]),
          probability: probability.values[index], hour: hours.values[index], people: people?.values[index])
      }
    }
    self.people = people
    let inside = area.cells.values.indices.filter { area.cells.values[$0] }
    cellsWithoutPopulation = people.map { people in inside.count { people.values[$0].isNaN } } ?? 0
    peopleByLevel = people.map { people in
      inside.reduce(into: [Float](repeating: 0, count: 6)) { sums, index in
        let count = people.values[index]
        if !count.isNaN { sums[Int(min(level.values[index], 5))] += count }
      }
    }
  }

  /// Municipalities of the sheet.
  var townLines: [RiskMapContent.TownLine]? {
    towns?.overThreshold.map {
      RiskMapContent.TownLine(
        name: $0.name, overThreshold: $0.overThreshold, share: $0.shareOverThreshold, worstLevel: $0.worstLevel,
        people: $0.peopleOverThreshold)
    }
  }

  /// What of the area the tables do not cover.
  func notes(in language: Language, cells: (Int) -> String) -> [String] {
    var notes: [String] = []
    if cellsWithoutPopulation > 0 {
      notes.append(language.say(.notePopulationUnknown, cells(cellsWithoutPopulation)))
    }
    if let elsewhere = towns?.elsewhere { notes.append(language.say(.noteElsewhere, "\(elsewhere.cells)")) }
    return notes
  }
}
