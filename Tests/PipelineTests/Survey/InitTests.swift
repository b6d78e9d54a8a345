import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

/// Inputs in folders of their own, as people keep them.
private struct Inputs {
  let folder: ScratchFolder
  var catalogue: String { folder.path + "/catalog.yaml" }

  init() throws {
    folder = try ScratchFolder()
    _ = try gaugeCatalogue(folder, workspace: "elsewhere")
    let ring = "[[133.2,33.3],[133.6,33.3],[133.6,33.8],[133.2,33.8],[133.2,33.3]]"
    try folder.write(
      """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"N03_001":"高知県","N03_004":null},
      "geometry":{"type":"Polygon","coordinates":[\(ring)]}}]}
      """, to: "places/prefectures.geojson")
    let rows = (0..<100).map { "503334\($0 / 10)\($0 % 10),\(100 + $0)" }
    try folder.write("meshcode,elevation_m\n" + rows.joined(separator: "\n") + "\n", to: "ground/heights.csv")
  }

  func run(_ paths: [String]? = nil, overwrite: Bool = false) throws -> InitReport {
    try initCatalogue(
      from: paths ?? [folder.path], to: catalogue, area: nil, overwrite: overwrite, console: Console(.quiet))
  }
}

private func find(_ name: String, in report: InitReport) throws -> FoundInput {
  try #require(report.inputs.first { $0.path.hasSuffix(name) }, "\(name) among \(report.inputs.map(\.path))")
}

@Suite struct InitTests {
  @Test func `a folder of inputs becomes a catalogue that a run can be checked with`() throws {
    let inputs = try Inputs()
    let report = try inputs.run()
    #expect(report.exitCode == .done && report.lacks.isEmpty)
    let used = report.inputs.filter(\.isUsed).map(\.role)
    #expect(Set(used) == [.boundaries, .terrain, .rain, .stations])
    let catalogue = try Catalogue.read(inputs.catalogue)
    #expect(catalogue.area == "高知県")
    #expect(catalogue.rain?.files == [inputs.folder.path + "/rain.csv"])
    #expect(catalogue.rain?.stations == inputs.folder.path + "/stations.csv")
    let preflight = try checkInputs(
      catalogue: inputs.catalogue, area: "503334", day: nil, threads: 1, console: Console(.quiet))
    // Eight days are no past, for empty tanks spin up for thirty: nothing else is amiss.
    #expect(preflight.checks.filter { $0.verdict != .good }.map(\.input) == ["past"], "\(preflight.words)")
    // They have no earlier season: the record is compared with itself, and the catalogue says why.
    #expect(catalogue.reference?.first == JSTDay("2023-08-01") && catalogue.reference?.last == JSTDay("2023-08-08"))
  }

  @Test func `a catalogue that is there is kept unless it may be replaced`() throws {
    let inputs = try Inputs()
    try inputs.folder.write("mine", to: "catalog.yaml")
    #expect(throws: InitError.exists(path: inputs.catalogue)) { _ = try inputs.run() }
    #expect(try String(contentsOfFile: inputs.catalogue, encoding: .utf8) == "mine")
    _ = try inputs.run(overwrite: true)
    #expect(try Catalogue.read(inputs.catalogue).rain != nil)
  }

  @Test func `totals of a day beside hourly readings are never merged with them`() throws {
    let inputs = try Inputs()
    let lines = try String(contentsOfFile: inputs.folder.path + "/rain.csv", encoding: .utf8).split(separator: "\n")
    let values = lines.dropFirst().map { line in line.split(separator: ",").dropFirst().map { Float($0) ?? 0 } }
    var totals = [String(lines[0])]
    for (place, line) in lines.enumerated().dropFirst() {
      let sums = (0..<4).map { station in values[max(0, place - 24)..<place].reduce(0) { $0 + $1[station] } }
      totals.append(line.prefix { $0 != "," } + "," + sums.map { "\($0)" }.joined(separator: ","))
    }
    try inputs.folder.write(totals.joined(separator: "\n") + "\n", to: "rain_24h.csv")
    let report = try inputs.run()
    let found = try find("rain_24h.csv", in: report)
    #expect(found.role == .other && !found.isUsed && !found.remarks.isEmpty)
    #expect(try Catalogue.read(inputs.catalogue).rain?.files == [inputs.folder.path + "/rain.csv"])
  }

  @Test(arguments: [
    ("a.zip", "Rar!\u{1A}\u{7}", "RAR"), ("b.tif", "<!DOCTYPE html><html>login</html>", "web page"),
    ("c.nc", "%PDF-1.4", "PDF"), ("d.lzh", "\u{12}\u{34}-lh5-", "LZH"), ("e.tif", "", "empty"),
    ("f.xyz", "\u{1}\u{2}\u{3}\u{0}", "no mark"),
  ])
  func `an unknown file is told by its first bytes, and the others are used`(
    name: String, start: String, word: String
  ) throws {
    let inputs = try Inputs()
    try inputs.folder.write(start, to: "odd/" + name)
    let report = try inputs.run()
    let found = try find(name, in: report)
    #expect(found.role == .unknown)
    #expect(found.remarks.contains { $0.contains(word) }, "\(found.remarks)")
    #expect(try find("rain.csv", in: report).isUsed)
  }

  @Test func `without rain a catalogue is written all the same, and what lacks is told with code 3`() throws {
    let inputs = try Inputs()
    let report = try inputs.run([inputs.folder.path + "/places", inputs.folder.path + "/ground"])
    #expect(report.exitCode == .doneWithGaps)
    #expect(report.lacks.count == 1 && report.lacks[0].contains("rain"))
    #expect(try Catalogue.read(inputs.catalogue).rain == nil)
  }

  @Test func `products are named with what their files do not say`() throws {
    let folder = try ScratchFolder()
    func keys(_ files: [String]) throws -> RainInput? {
      let path = folder.path + "/c.yaml"
      let report = try initCatalogue(from: files, to: path, area: nil, overwrite: true, console: Console(.quiet))
      #expect(report.inputs.filter(\.isUsed).map(\.role) == [.rain], "\(report.words)")
      return try Catalogue.read(path).rain
    }
    let land = try keys([Fixtures.path("rain/era5-land.nc")])
    #expect(land?.format == .netcdf && land?.accumulation == .sinceMidnightUTC)
    let zarr = try keys([Fixtures.path("rain/hourly.zarr")])
    #expect(zarr?.format == .zarr && zarr?.accumulation == nil)
    let numbers = [Float](repeating: 1, count: 3_600 * 1_200).withUnsafeBytes { Data($0) }
    for hour in ["1500", "1600"] {
      try folder.write(numbers, to: "g/gsmap_mvk.20230814.\(hour).v8.0000.0.dat")
    }
    let gsmap = try keys([folder.path + "/g"])
    #expect(gsmap?.format == .grads && gsmap?.accumulation == .meanRate && gsmap?.stamp == .start)
    #expect(gsmap?.files == [folder.path + "/g/gsmap_mvk.{YYYY}{MM}{DD}.{HH}{mm}.v8.0000.0.dat"])
    let input = try #require(gsmap)
    #expect(try openRainSource(input).hours.count == 2)
  }

  @Test func `what lsmap derived is no input`() throws {
    let inputs = try Inputs()
    for (place, mark) in [("work/kochi", "hashes.json"), ("out/kochi/2023-08-08", "manifest.json")] {
      try inputs.folder.write("{}", to: "\(place)/\(mark)")
      try inputs.folder.write("none", to: "\(place)/level.tif")
      try inputs.folder.write("meshcode,elevation_m\n50333400,1\n", to: "\(place)/heights.csv")
    }
    let report = try inputs.run()
    #expect(!report.inputs.contains { $0.path.contains("/work/") || $0.path.contains("/out/") })
  }

  @Test(arguments: [("N01_001", "lines"), ("highway", "lines"), ("fclass", "gis_osm_roads_free_1")], [false, true])
  func `lines of roads become an exposure that is read, beside people or without`(
    kind: (attribute: String, name: String), withPeople: Bool
  ) throws {
    let inputs = try Inputs()
    // Through the ten cells of a row of 503334: 11.6 km.
    let roads = try inputs.folder.write(
      lines(kind.attribute, "[[133.49,33.5958],[133.64,33.5958]]"), to: "ways/\(kind.name).geojson")
    if withPeople { try inputs.folder.write("meshcode,population\n50333400,7\n", to: "people.csv") }
    let report = try inputs.run()
    #expect(try find("\(kind.name).geojson", in: report).isUsed)
    let catalogue = try Catalogue.read(inputs.catalogue)
    #expect(catalogue.roads == VectorInput(roads) && (catalogue.population != nil) == withPeople)
    let preflight = try checkInputs(
      catalogue: inputs.catalogue, area: "503334", day: nil, threads: 1, console: Console(.quiet))
    let found = try #require(preflight.checks.first { $0.input == "roads" })
    #expect(found.verdict == .good && found.cover == "10/100 cells, 12 km")
  }

  @Test func `rivers of a map with the attribute of its roads are no roads`() throws {
    let inputs = try Inputs()
    try inputs.folder.write(lines("fclass", "[[133.5,33.6],[133.6,33.6]]"), to: "ways/gis_osm_waterways_free_1.geojson")
    #expect(try find("waterways_free_1.geojson", in: inputs.run()).role == .other)
    #expect(try Catalogue.read(inputs.catalogue).roads == nil)
  }

  private func lines(_ attribute: String, _ points: String) -> String {
    """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"\(attribute)":"primary"},
    "geometry":{"type":"LineString","coordinates":\(points)}}]}
    """
  }

  @Test func `files of no use at all are an error and leave nothing`() throws {
    let folder = try ScratchFolder()
    try folder.write("# notes\n", to: "README.md")
    #expect(throws: InitError.self) {
      _ = try initCatalogue(
        from: [folder.path], to: folder.path + "/c.yaml", area: nil, overwrite: false, console: Console(.quiet))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/c.yaml"))
  }

  @Test func `classes go with the legend that has their codes`() throws {
    let inputs = try Inputs()
    for (kind, codes) in [("soil", 1...4), ("vegetation", 101...106)] {
      let count = codes.count
      let image = GeoTIFFImage(
        width: 20, height: 20, geotransform: [133.4, 0.01, 0, 33.7, 0, -0.01], referenceSystem: "EPSG:6668",
        sample: .int16, nodata: 0)
      let values = (0..<400).map { Float(codes.lowerBound + $0 % count) }
      try image.write(
        [GeoTIFFImage.Band(name: kind, values: values)], to: inputs.folder.path + "/\(kind).tif", tags: [:])
      let rows = codes.enumerated().map { "\($1),\($0 + 1),name" }
      try inputs.folder.write(
        "code,class,name\n" + rows.joined(separator: "\n"), to: "z_\(kind == "soil" ? "a" : "b").csv")
    }
    let report = try inputs.run()
    #expect(try find("soil.tif", in: report).isUsed && find("vegetation.tif", in: report).isUsed)
    let catalogue = try Catalogue.read(inputs.catalogue)
    #expect(catalogue.soil?.legend.hasSuffix("z_a.csv") == true)
    #expect(catalogue.vegetation?.legend.hasSuffix("z_b.csv") == true)
  }
}

@Suite(.enabled(if: RealData.isPresent, "the real data is not there")) struct InitRealDataTests {
  /// The catalogue of the repository against one that only the files made.
  @Test func `Tottori of 15 August 2023 has the same pixels as with the example's catalogue`() throws {
    let folder = try ScratchFolder()
    let written = folder.path + "/found.yaml"
    let report = try initCatalogue(
      from: [RealData.path("")], to: written, area: "tottori", overwrite: false, console: Console(.quiet))
    #expect(report.exitCode == .done)
    let example = try String(contentsOfFile: Repository.path("examples/amedas-2023.yaml"), encoding: .utf8)
      .replacing("../../shared/data/", with: RealData.path("")).replacing("../work/amedas-2023", with: "example")
    var runs: [String] = []
    for (name, path) in [("found", written), ("example", try folder.write(example, to: "example.yaml"))] {
      let request = PredictionRequest(
        catalogue: path, area: "tottori", period: .day(try #require(JSTDay("2023-08-15"))),
        out: folder.path + "/" + name)
      runs.append(try predict(request, console: Console(.quiet)).folder)
    }
    for layer in ["level.tif", "risk.tif", "anomaly.tif", "swi.tif", "drivers.tif", "quality.tif"] {
      let (a, b) = (try LayerFile.read(runs[0] + "/" + layer), try LayerFile.read(runs[1] + "/" + layer))
      #expect(a.names == b.names && a.stack.grid == b.stack.grid, "\(layer)")
      #expect(a.stack.values.map(\.bitPattern) == b.stack.values.map(\.bitPattern), "\(layer)")
      #expect(a.stack.values.contains { $0 > 0 }, "\(layer)")
    }
  }
}
