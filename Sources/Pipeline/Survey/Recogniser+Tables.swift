import Mesh
import Rasters

extension Recogniser {
  /// Text tables, told by their headers.
  static let text = Recogniser(
    name: "text tables", mayBe: { $0.ends(in: "csv", "tsv", "txt") }
  ) { group in
    let survey = try TableSurvey(group.first)
    switch survey.kind {
    case .gauges(let readings): return gauges(group, survey, "gauges, \(survey.header.count) stations", readings)
    case .download:
      var found = gauges(group, survey, "gauges, JMA's download of past weather", 1)
      found.credit = "気象庁"
      return found
    case .amedas: return nil
    case .runningTotals:
      var found = FoundInput(.other, group, "gauges, \(survey.header.count) stations, totals of more than an hour")
      found.remarks = [
        "the readings run on from hour to hour as totals of a day do: as hourly rain they would be wrong"
      ]
      return found
    case .table: return try table(group, survey)
    }
  }

  /// AMeDAS as JMA's page has it.
  static let json = Recogniser(name: "AMeDAS JSON", mayBe: { $0.ends(in: "json") }) { group in
    if let survey = try? TableSurvey(group.first), survey.kind == .amedas {
      var found = gauges(group, survey, "gauges, AMeDAS of JMA's page", group.files.count)
      found.credit = "気象庁"
      return found
    }
    guard let stations = try? readStations(group.first) else { return nil }
    return Self.stations(group, stations)
  }

  private static func gauges(_ group: FileGroup, _ survey: TableSurvey, _ what: String, _ readings: Int) -> FoundInput {
    var found = FoundInput(.rain, group, what)
    found.names = Set(survey.header)
    found.weight = readings
    found.keys = [("format", RainInput.Format.stations.rawValue), ("files", found.path)]
    return found
  }

  private static func stations(_ group: FileGroup, _ stations: [RainStation]) -> FoundInput {
    var found = FoundInput(.stations, group, "table of \(stations.count) stations")
    found.names = Set(stations.map(\.id))
    found.weight = stations.count
    return found
  }

  private static func table(_ group: FileGroup, _ survey: TableSurvey) throws -> FoundInput? {
    let code = survey.column("meshcode", "mesh_code", "mesh3", "KEY_CODE", "メッシュコード", "mesh")
    if survey.column("KEY_CODE") != nil || code != nil && survey.column("population", "人口") != nil {
      _ = try PopulationMesh([group.first]).people(on: MeshGrid(south: 4_200, west: 2_400, height: 1, width: 1))
      var found = FoundInput(.exposure, group, "people by mesh code (e-Stat)")
      found.keys = [("population", found.path)]
      found.weight = group.files.count
      return found
    }
    if let code, let column = survey.column("elevation_m", "elevation", "height", "ele", "alt", "標高", "平均標高") {
      let table = try MeshTable(MeshTableInput(group.first, codeColumn: code, valueColumn: column))
      var found = FoundInput(.terrain, group, "elevation by mesh code, \(table.rows.count) rows")
      found.keys = [("table", group.first), ("column", column)]
      if code != "meshcode" { found.keys.append(("code_column", code)) }
      found.cells = table.rows.dropFirst().reduce(table.rows.first?.cells) { $0?.union($1.cells) }
      found.weight = table.rows.reduce(0) { $0 + $1.cells.count }
      found.isRough = true
      return found
    }
    if survey.column("code", "source_code") != nil, survey.column("class", "class_id") != nil {
      let legend = try Legend(reading: group.first, classCount: 11)
      var found = FoundInput(.legend, group, "legend of \(legend.classes.count) codes")
      found.names = Set(legend.classes.keys)
      found.weight = Int(legend.classes.values.max() ?? 0)
      return found
    }
    let isDated = survey.header.contains { name in
      ["date", "day", "発生日", "発生年月日", "occurred", "年月日"].contains { name.lowercased().contains($0) }
    }
    let hasPlaces = survey.column("lat", "latitude", "緯度", "y") != nil
    if !isDated, hasPlaces, let stations = try? readStations(group.first) { return Self.stations(group, stations) }
    if isDated { return try inventory(group, crs: nil) }
    var found = FoundInput(.other, group, "table with the columns \(survey.header.prefix(6).joined(separator: ", "))")
    found.remarks = ["no table of gauges, stations, elevation, people, classes or landslides by its columns"]
    return found
  }

  /// Landslides, of any file that has them.
  ///
  /// - Parameters:
  ///   - group: Tables or points.
  ///   - crs: Reference system where the file states none.
  /// - Returns: The inventory, its usable landslides in Japan as weight.
  /// - Throws: What reading an inventory throws: it names the column that lacks.
  static func inventory(_ group: FileGroup, crs: String?) throws -> FoundInput {
    let all = try readInventory(group.first, referenceSystem: crs)
    let near = all.events.filter { MeshGrid.japan.index(of: $0.code) != nil }
    var found = FoundInput(
      .inventory, group,
      "inventory: \(near.count) usable landslides in Japan of \(all.events.count + all.rejects.count) records")
    let days = near.map(\.day)
    found.period = days.min().flatMap { first in days.max().map { "\(first) to \($0)" } } ?? ""
    found.keys = [("path", group.first)]
    if let crs { found.keys.append(("crs", crs)) }
    found.weight = near.count
    if group.files.count > 1 { found.remarks = ["\(group.files.count) files: an inventory is one file, join them"] }
    return found
  }
}

extension MeshGrid {
  /// The box of Japan's territory.
  static let japan = MeshGrid(south: 20, west: 122, north: 46, east: 154)
}
