import Cartography
import Mesh
import Rasters

extension Project {
  /// The file of municipalities that the catalogue names, else its boundaries; `nil` where it names neither.
  fileprivate func townBoundaries() throws -> BoundaryFile? {
    guard let path = catalogue.municipalities else {
      return try catalogue.boundaries.map { try $0.file() }
    }
    let file = try BoundaryFile.read(path, keepingIn: catalogue.workspace)
    guard file.namesMunicipalities else {
      throw RasterError.malformed(
        path: path, reason: "no attribute N03_004, the name of a municipality",
        remedy: "give the boundaries of 国土数値情報 (N03) as they come")
    }
    return file
  }

  /// Municipalities of the catalogue, or of its boundaries where these name them; `nil` where none does.
  func municipalities() throws -> [Municipality]? {
    try townBoundaries().flatMap { Rasters.municipalities(of: $0, on: area.grid) }
  }

  /// `nil` where the catalogue has no roads.
  func roadLengths() throws -> LineLengths? {
    let grid = try catalogue.alignment.tokyoGrid.map { try TokyoGrid(reading: $0) }
    return try catalogue.roads.map { try LineLengths($0, on: area.grid, tokyoGrid: grid) }
  }
}

/// Files of towns, people and roads, read at the door of a run: a wrong one ends it before any long work.
struct ExposureInputs {
  /// By cell of the area's grid, as far as the catalogue tells it.
  let exposed: [(kind: Exposed, cells: Layer<Float>)]
  /// Towns are cut from it when the cells are scored.
  fileprivate let towns: BoundaryFile?

  /// - Throws: What reading the boundaries, the tables and the roads throws.
  init(of project: Project) throws {
    towns = try project.townBoundaries()
    let people = try project.catalogue.population?.people(on: project.area.grid)
    let roads = try project.roadLengths()?.kilometres
    exposed = [(.people, people), (.roads, roads)].compactMap { kind, cells in cells.map { (kind, $0) } }
  }
}

/// Towns, people and roads of a run.
struct RunExposure {
  /// `nil` where the catalogue names no municipalities.
  let towns: RunTowns?
  /// By cell of the area's grid, as far as the catalogue tells it.
  let exposed: [(kind: Exposed, cells: Layer<Float>)]
  /// Cells of the area whose population no table covers.
  let cellsWithoutPopulation: Int
  private let whole: TownRisk

  init(of area: Area, _ inputs: ExposureInputs, _ day: RunLayers) {
    let exposed = inputs.exposed
    let level = day.cells.scatter(day.level, fill: 0)
    let (probability, water) = (day.layer(day.probability), day.layer(day.soilWaterMaximum))
    let record = day.layer(day.pastRecord)
    let compared = day.cells.scatter(day.hasClimatology, fill: false)
    let hours = day.cells.scatter(day.worstHour, fill: 0)
    func cell(_ index: Int) -> TownCell {
      TownCell(
        code: area.grid.code(at: index),
        order: RiskOrder(
          level: level.values[index], isCompared: compared.values[index], probability: probability.values[index],
          pastRecord: record.values[index], soilWater: water.values[index]),
        probability: probability.values[index], hour: hours.values[index],
        exposed: exposed.map { ($0.kind, $0.cells.values[index]) })
    }
    towns = inputs.towns.flatMap { municipalities(of: $0, on: area.grid) }.map { RunTowns($0, of: area, cell: cell) }
    self.exposed = exposed
    let inside = area.cells.values.indices.filter { area.cells.values[$0] }
    let people = exposed.first { $0.kind == .people }?.cells
    cellsWithoutPopulation = people.map { people in inside.count { people.values[$0].isNaN } } ?? 0
    if let towns {
      whole = towns.whole
    } else {
      var tally = TownTally(TownRisk(code: "", prefecture: "", name: ""))
      if !exposed.isEmpty { for index in inside { tally.add(cell(index)) } }
      whole = tally.risk
    }
  }

  /// In the area's cells of level 4 and above; `nil` where the catalogue does not tell it.
  func overThreshold(_ kind: Exposed) -> Float? { whole.overThreshold(kind) }

  /// Municipalities of the sheet.
  var townLines: [RiskMapContent.TownLine]? {
    towns?.overThreshold.map {
      RiskMapContent.TownLine(
        name: $0.name, overThreshold: $0.overThreshold, share: $0.shareOverThreshold, worstLevel: $0.worstLevel,
        people: $0.overThreshold(.people))
    }
  }

  /// What of the area the tables do not cover.
  func notes(in language: Language, cells: (Int) -> String) -> [String] {
    var notes: [String] = []
    if cellsWithoutPopulation > 0 {
      notes.append(language.say(.notePopulationUnknown, cells(cellsWithoutPopulation)))
    }
    if whole.exposed[.roads]?.reduce(0, +) == 0 { notes.append(language.say(.noteNoRoads)) }
    if let elsewhere = towns?.elsewhere { notes.append(language.say(.noteElsewhere, "\(elsewhere.cells)")) }
    return notes
  }
}
