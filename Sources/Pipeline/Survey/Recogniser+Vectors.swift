import Rasters

extension Recogniser {
  /// Polygons, points and tables that OGR opens.
  static let vectors = Recogniser(
    name: "vectors",
    mayBe: { $0.ends(in: "shp", "gpkg", "geojson", "json", "zip", "gml", "kml", "fgb", "shz", "parquet") }
  ) { group in
    let survey = try VectorSurvey(group.first)
    if survey.field("G04a_002") != nil {
      var found = FoundInput(.terrain, group, "国土数値情報 G04-a, \(survey.features) cells a file")
      found.keys = [("ksj", found.path)]
      found.weight = survey.features * group.files.count
      found.credit = "国土数値情報（標高・傾斜度3次メッシュ）（国土交通省）"
      found.isRough = true
      return found
    }
    if let prefecture = survey.field("N03_001") { return try boundaries(group, survey, prefecture) }
    if let zone = survey.fields.first(where: { $0.uppercased().hasPrefix("A33_") }), survey.shape == .polygons {
      var found = FoundInput(.other, group, "国土数値情報 A33, \(survey.features) landslide warning zones")
      found.remarks = ["drawn by law, not by the weather (\(zone)): lay them over the map in QGIS; no input of a run"]
      return found
    }
    let isSlides = survey.fields.contains { name in
      name.hasPrefix("A30a5") || ["date", "date_iso", "発生日", "発生年月日"].contains(name.lowercased())
    }
    if isSlides {
      // 国土数値情報 names its files by their datum.
      let system = group.hints(at: "-jgd") ? "EPSG:4612" : group.hints(at: "-tky") ? "EPSG:4301" : nil
      return try inventory(group, crs: survey.hasReferenceSystem ? nil : system)
    }
    // Geofabrik's extracts of OpenStreetMap have `fclass` in every theme, of rivers and railways too.
    let extract = group.hints(at: "road") ? survey.field("fclass") : nil
    if survey.shape == .lines, let kind = survey.field("N01_001") ?? survey.field("highway") ?? extract {
      var found = FoundInput(.roads, group, "\(survey.features) lines of roads by \(kind)")
      found.keys = [("path", group.first)]
      found.weight = survey.features
      return found
    }
    guard survey.shape == .polygons else {
      return FoundInput(
        .other, group, "\(survey.features) features with \(survey.fields.prefix(6).joined(separator: ", "))")
    }
    return try namedPolygons(group, survey)
  }

  /// 国土数値情報 N03: of prefectures alone, or of municipalities, which serve for both.
  private static func boundaries(
    _ group: FileGroup, _ survey: VectorSurvey, _ prefecture: String
  ) throws -> FoundInput {
    let towns = try survey.field("N03_004").map { try survey.values(of: $0) } ?? []
    let names = try survey.values(of: prefecture)
    let what = "国土数値情報 N03, \(names.count) prefecture\(names.count == 1 ? "" : "s")"
    var found = FoundInput(
      towns.isEmpty ? .boundaries : .municipalities, group,
      towns.isEmpty ? what : "\(what), \(towns.count) municipalities")
    found.keys = [("path", group.first), ("attribute", prefecture)]
    (found.names, found.weight) = (names, names.count)
    found.credit = "国土数値情報（行政区域）（国土交通省）"
    return found
  }

  /// Other polygons: a map of classes by its name, else areas with names.
  private static func namedPolygons(_ group: FileGroup, _ survey: VectorSurvey) throws -> FoundInput {
    if let role = group.hintedRole, [.soil, .vegetation].contains(role) {
      var found = FoundInput(role, group, "\(survey.features) polygons of classes")
      let attribute = survey.field("code") ?? survey.field("class") ?? survey.fields.first ?? ""
      found.keys = [("path", group.first), ("attribute", attribute)]
      found.names = try survey.values(of: attribute)
      found.weight = survey.features
      return found
    }
    let usual = ["name", "name_ja", "pref", "prefecture", "pref_name", "ken_name", "nam_ja", "都道府県名", "名称"]
    let known = usual.compactMap { survey.field($0) }
    // A prefecture is looked up by its Japanese name.
    let prefectures = try known.first { field in
      try survey.values(of: field).contains { Prefecture($0)?.japaneseName == $0 }
    }
    guard let attribute = prefectures ?? known.first else {
      var found = FoundInput(.other, group, "\(survey.features) polygons")
      found.remarks = ["no attribute with names among \(survey.fields.prefix(8).joined(separator: ", "))"]
      return found
    }
    var found = FoundInput(.boundaries, group, "\(survey.features) areas, named in \(attribute)")
    found.keys = [("path", group.first), ("attribute", attribute)]
    found.names = try survey.values(of: attribute)
    found.weight = found.names.count
    return found
  }
}
