import Cartography
import Foundation
import FoundationXML
import Mesh
import Rasters
import TestSupport
import Testing

private let day = JSTDay(daysSince1970: 19_584)
private let described: [LayerDescription] = [
  .risk, .level, .soilWaterIndex, .anomaly, .elevation, .slope, .aspect, .soil, .vegetation, .landShare, .hourlyRain,
]

/// Texts of the elements of a name, anywhere in a document.
private func texts(of name: String, in data: Data) throws -> [String] {
  try XMLDocument(data: data).nodes(forXPath: "//" + name).compactMap(\.stringValue)
}

/// An attribute of the elements of a name, anywhere in a document.
private func attributes(_ attribute: String, of name: String, in data: Data) throws -> [String] {
  try XMLDocument(data: data).nodes(forXPath: "//\(name)/@\(attribute)").compactMap(\.stringValue)
}

private func runFacts(_ grid: MeshGrid) -> RunFacts {
  RunFacts(
    area: "test", areaTitle: "Test <&\"> 鳥取", horizon: RainHorizon(day: day), grid: grid, model: "a & b",
    software: "lsmap 0",
    sources: ["one", "two"], notes: ["A gap."])
}

@Test(arguments: described)
func `a style holds a label and a colour for each class or rising value`(description: LayerDescription) throws {
  let style = qgisStyle(of: description, horizon: RainHorizon(day: day), range: 0...10)
  if description.classes.isEmpty {
    let values = try attributes("value", of: "item", in: style).compactMap(Double.init)
    #expect(values.count >= 2)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
  } else {
    #expect(try attributes("label", of: "paletteEntry", in: style) == description.classes)
    #expect(
      try attributes("value", of: "paletteEntry", in: style) == description.classes.indices.map { "\($0 + 1)" })
  }
}

@Test func `the level style has the national colours and an opaque pale level 1`() throws {
  let style = qgisStyle(of: .level)
  #expect(
    try attributes("color", of: "paletteEntry", in: style) == ["#ececda", "#f2e700", "#ff2800", "#aa00aa", "#0c000c"])
  #expect(try attributes("alpha", of: "paletteEntry", in: style) == ["255", "255", "255", "255", "255"])
}

@Test func `a layer with a unit says it in QGIS' own legend`() throws {
  #expect(try attributes("suffix", of: "rampLegendSettings", in: qgisStyle(of: .soilWaterIndex)) == [" mm"])
  #expect(try attributes("suffix", of: "rampLegendSettings", in: qgisStyle(of: .risk)) == [""])
}

@Test func `metadata name terms, somebody to ask and where the official warnings are`() throws {
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 8)
  var facts = runFacts(grid)
  facts.publisher = .init(name: "Prefecture", email: "a@b.jp", link: "https://b.jp", licence: "CC BY 4.0")
  let metadata = qgisMetadata(of: .risk, facts)
  #expect(try texts(of: "license", in: metadata) == ["CC BY 4.0"])
  #expect(try texts(of: "email", in: metadata) == ["a@b.jp"])
  #expect(try attributes("url", of: "link", in: metadata) == ["https://www.jma.go.jp/bosai/risk/", "https://b.jp"])
}

@Test func `a style is valid for its Japanese day, told in UTC`() throws {
  let style = qgisStyle(of: .risk, horizon: RainHorizon(day: day))
  #expect(try texts(of: "start", in: style) == ["2023-08-14T15:00:01Z"])
  #expect(try texts(of: "end", in: style) == ["2023-08-15T14:59:59Z"])
}

@Test func `metadata escape what XML reserves and keep every source`() throws {
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 8)
  let metadata = qgisMetadata(of: .risk, runFacts(grid))
  #expect(try texts(of: "title", in: metadata).first?.contains("Test <&\"> 鳥取") == true)
  #expect(try texts(of: "rights", in: metadata) == ["one", "two"])
  #expect(try attributes("minx", of: "spatial", in: metadata) == ["134.000000"])
  #expect(try attributes("maxy", of: "spatial", in: metadata) == ["35.366667"])
}

@Test(arguments: [(Float(0.13), Float(28.7)), (3, 3), (-4.2, 11), (0, 1), (99, 1_207)])
func `a ramp without fixed values goes over its data in round steps`(least: Float, greatest: Float) throws {
  guard case .ramp(let stops) = LayerStyle(of: .slope, range: least...greatest) else {
    Issue.record("slope is no ramp")
    return
  }
  let (first, last) = (try #require(stops.first).value, try #require(stops.last).value)
  #expect(first <= least && last >= greatest)
  let step = Double(last - first) / Double(stops.count - 1)
  let digit = step / pow(10, log10(step).rounded(.down))
  #expect([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].contains { abs($0 - digit) < 1e-3 }, "steps of \(step)")
  #expect(abs((Double(first) / step).rounded() * step - Double(first)) < 1e-3 * step)
}

@Test(arguments: [Float(-1), 0, 0.01, 0.3, 1, 2, .nan])
func `a ramp gives the colour of its stops and holds beyond them`(value: Float) throws {
  let style = LayerStyle.ramp([ColourStop(0, Colour(0, 0, 0)), ColourStop(1, Colour(200, 100, 0))])
  let expected: Colour? =
    value.isNaN
    ? nil : Colour(UInt8((200 * min(1, max(0, value))).rounded()), UInt8((100 * min(1, max(0, value))).rounded()), 0)
  #expect(style.colour(of: value) == expected)
}

/// A folder as a run leaves it, of one small area.
private func writeRun(to folder: String) throws {
  let content = sheetContent()
  let grid = content.level.grid
  let facts = runFacts(grid)
  let probability = try #require(content.probability)
  let layers: [(LayerDescription, [Float])] = [
    (.level, content.level.values.map { $0 == 0 ? .nan : Float($0) }), (.risk, probability.values),
  ]
  for (description, values) in layers {
    let path = folder + "/" + description.name
    try LayerFile.write([DescribedBand(description, values: values)], on: grid, to: path + ".tif")
    try writeAtomically(qgisStyle(of: description, horizon: RainHorizon(day: day)), to: path + ".qml")
    try writeAtomically(qgisMetadata(of: description, facts), to: path + ".qmd")
  }
  try CellPolygons(
    grid: grid, columns: [.integer(name: "level", content.level), .real(name: "probability", probability)]
  ) { content.level.values[$0] >= 4 }.write(
    to: folder + "/cells.gpkg", title: "Cells of levels 4 and 5",
    noData: content.level.values.indices.filter { content.level.values[$0] == 0 }, day: day)
  let project = QGISProject(
    facts,
    rasters: layers.map { .init($0.0, file: $0.0.name + ".tif", isShown: $0.0 == .level) },
    cellPolygons: "cells.gpkg", vectors: [.noData]
  )
  try writeZip([("lsmap.qgs", project.document)], to: folder + "/lsmap.qgz")
}

private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "run-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

@Test func `a run folder written twice has the same bytes and no file besides`() throws {
  try withFolder { first in
    try withFolder { second in
      try writeRun(to: first)
      try writeRun(to: second)
      let names = try FileManager.default.contentsOfDirectory(atPath: first).sorted()
      #expect(
        names == [
          "cells.gpkg", "level.qmd", "level.qml", "level.tif", "level.tif.aux.xml", "lsmap.qgz", "risk.qmd", "risk.qml",
          "risk.tif",
        ])
      for name in names {
        let contents = [first, second].map { FileManager.default.contents(atPath: $0 + "/" + name) }
        #expect(contents[0] == contents[1], "\(name)")
      }
    }
  }
}

@Test func `the project is a zip archive of one document with relative paths`() throws {
  try withFolder { folder in
    try writeRun(to: folder)
    let document = Data(try VirtualFile.bytes(of: "/vsizip/{\(folder)/lsmap.qgz}/lsmap.qgs"))
    #expect(
      try texts(of: "datasource", in: document) == [
        "./cells.gpkg|layername=outline", "./cells.gpkg|layername=cells", "./cells.gpkg|layername=no_data",
        "./level.tif", "./risk.tif",
        "type=xyz&url=https://cyberjapandata.gsi.go.jp/xyz/pale/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=18&zmin=2&crs=EPSG:3857",
      ])
    #expect(try attributes("name", of: "layer-tree-group", in: document) == ["Lines and places", "Risk", "Ground"])
    #expect(try texts(of: "Ellipsoid", in: document) == ["EPSG:7019"])
    #expect(try texts(of: "DistanceUnits", in: document) == ["meters"])
    #expect(try texts(of: "AreaUnits", in: document) == ["km2"])
    // No recall was measured here: nothing may promise one.
    #expect(!String(decoding: document, as: UTF8.self).contains("80 %-recall"))
    #expect(String(decoding: document, as: UTF8.self).contains("minScale=\"1500000\""))
    let ids = try texts(of: "maplayer/id", in: document)
    #expect(ids.allSatisfy { $0.count > 10 })
    #expect(Array(try attributes("id", of: "layer-tree-layer", in: document).prefix(ids.count)) == ids)
    #expect(try texts(of: "authid", in: document).allSatisfy { $0 == "EPSG:6668" })
  }
}

private let checker = Repository.path("scripts/check-qgis-folder")
private let hasQGIS = FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/qgis")

@Test(.enabled(if: hasQGIS, "QGIS is not installed")) func `QGIS opens the folder with every layer valid`() throws {
  try withFolder { folder in
    try writeRun(to: folder)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [checker, folder]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // What a whole run folder has besides is looked at by `make test-qgis`.
    for point in [
      "files alone", "project", "classes", "units", "own day", "view, measures", "metadata", "print layout",
    ] {
      #expect(said.contains("holds \(point)"), "\(said)")
    }
  }
}
