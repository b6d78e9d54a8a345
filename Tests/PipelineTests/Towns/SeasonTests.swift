import Forecasting
import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

@Test func `a season joins its days: each in its own frame and line, missing ones predicted, the others as they are`()
  throws
{
  let country = try SmallCountry(extra: "municipalities: towns.geojson")
  let (south, west) = (Double(country.north - SmallCountry.rows + 7), Double(country.west + 7))
  try country.folder.write(
    SmallTowns.geoJSON([.init("34101", "中区", county: "広島市", box: (south - 3, west - 3, 12, 15))]),
    to: "towns.geojson")
  let first = JSTDay(daysSince1970: 19_570)
  for date in first...first.advanced(by: 9) {
    try country.writeAnalysis(date.hours.map { $0.unixSeconds / 3_600 }, to: "\(date).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { 1 + ($0 * 7 + hour) % 40 }
    }
  }
  let out = country.folder.path + "/out"
  let days = first.advanced(by: 8)...first.advanced(by: 9)
  let single = try predict(
    PredictionRequest(catalogue: country.catalogue, area: nil, period: .day(days.upperBound), out: out),
    console: Console(.quiet))
  let before = try Data(contentsOf: URL(fileURLWithPath: single.folder + "/manifest.json"))
  let request = SeasonRequest(catalogue: country.catalogue, area: nil, days: days, out: out)
  let result = try season(request, console: Console(.quiet))
  #expect(result.days == 2 && result.predicted == 1)
  #expect(try FileManager.default.contentsOfDirectory(atPath: result.folder).sorted() == result.files.sorted())
  #expect(try Data(contentsOf: URL(fileURLWithPath: single.folder + "/manifest.json")) == before)

  let daily = try DelimitedText(reading: result.folder + "/daily.csv")
  #expect(
    daily.rows.map { $0[0] } == [
      "\(days.lowerBound)", "\(days.lowerBound)", "\(days.upperBound)", "\(days.upperBound)",
    ])
  #expect(daily.rows.map { $0[1] } == ["34101", "34", "34101", "34"] && daily.rows[0][4] == "56")
  let project = String(
    decoding: try VirtualFile.bytes(of: "/vsizip/{\(result.folder)/season.qgz}/season.qgs"), as: UTF8.self)
  for day in days {
    #expect(project.contains("./../\(day)/level.tif") && project.contains("lsmap_layer_level_\(day)"))
  }
  // From the top of the list: lines, the days, the ground.
  let places = try ["lsmap_layer_towns", "lsmap_layer_level_", "lsmap_layer_basemap"].map {
    try #require(project.range(of: $0)).lowerBound
  }
  #expect(places == places.sorted())
  #expect(try AreaPolygons(VectorInput(result.folder + "/season.gpkg", layer: "towns")).featureCount == 1)
  let package = try Data(contentsOf: URL(fileURLWithPath: result.folder + "/season.gpkg"))
  #expect(package.range(of: Data("layer_styles".utf8)) != nil)
  let picture = try Data(contentsOf: URL(fileURLWithPath: result.folder + "/season.png"))
  #expect(String(decoding: picture.prefix(60), as: UTF8.self).contains("acTL"))
  #expect(throws: RunFolderError.self) { try season(request, console: Console(.quiet)) }

  // Days of several models are joined, but not without a word.
  let mixed = Console(.quiet)
  try FileManager.default.removeItem(atPath: single.folder.replacing("\(days.upperBound)", with: "\(days.lowerBound)"))
  var other = request
  (other.method, other.overwrite) = (try Method(named: "swi-ews"), true)
  #expect(try season(other, console: mixed).predicted == 1)
  #expect(mixed.warnings.contains { $0.contains("a level does not mean the same on all days") })
}
