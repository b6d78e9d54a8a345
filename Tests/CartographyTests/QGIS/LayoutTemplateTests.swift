import Cartography
import Foundation
import FoundationXML
import Mesh
import TestSupport
import Testing

private let notice =
  "<LayoutItem type=\"65641\" labelText=\"[% @lsmap_title %] [% @lsmap_notice %]\" size=\"90,9,mm\"/>"
private let map = "<LayoutItem type=\"65639\" uuid=\"{a}\" size=\"20,10,cm\"><Extent xmin=\"0\"/></LayoutItem>"

private func template(_ items: String) throws -> LayoutTemplate {
  try LayoutTemplate(Data("<Layout name=\"Ours\">\(items)</Layout>".utf8))
}

private let facts = RunFacts(
  area: "test", areaTitle: "Test <鳥取>", horizon: RainHorizon(day: JSTDay(daysSince1970: 19_584)),
  grid: MeshGrid(south: 4_240, west: 2_720, height: 10, width: 20), model: "a & b", software: "lsmap 0",
  notes: ["A gap."])

/// The project of a run with a layout, as XML.
private func project(_ layout: LayoutTemplate) throws -> XMLDocument {
  let raster = QGISProject.Raster(.level, file: "level.tif", isShown: true)
  return try XMLDocument(data: QGISProject(facts, rasters: [raster], cellPolygons: nil, layout: layout).document)
}

private func values(_ path: String, in document: XMLDocument) throws -> [String] {
  try document.nodes(forXPath: path).compactMap(\.stringValue)
}

@Test func `a layout of one's own has the view, the layers and a bar of round length of the run`() throws {
  let locator = "<LayoutItem type=\"65639\" uuid=\"{b}\" size=\"30,30,mm\"><Extent xmin=\"120\"/></LayoutItem>"
  let legend =
    "<LayoutItem type=\"65642\" size=\"5,5,mm\"><layer-tree-group><layer-tree-layer id=\"old\"/></layer-tree-group></LayoutItem>"
  let bar = "<LayoutItem type=\"65646\" mapUuid=\"{a}\" unitType=\"km\" numSegments=\"4\" size=\"50,9,mm\"/>"
  let document = try project(template(locator + map + legend + bar + notice))
  let layout = "//Layouts/Layout[@name='Ours']/LayoutItem"
  // The grid with a margin of 3: 26 columns of 1/80 degree, 16 rows of 1/120: 2.4375 times as wide as high.
  #expect(try values("\(layout)[@uuid='{a}']/@size", in: document) == ["200.00,82.05,mm"])
  #expect(try values("\(layout)[@uuid='{b}']/@size", in: document) == ["30,30,mm"])
  #expect(try values("\(layout)[@uuid='{a}']/Extent/@xmin", in: document) == ["133.962500"])
  #expect(try values("\(layout)[@uuid='{b}']/Extent/@xmin", in: document) == ["120"])
  let ids = try values("\(layout)//layer-tree-layer/@id", in: document)
  #expect(ids == ["lsmap_layer_level"])
  // Some 30 km in 200 mm: 37.5 mm are 5.6 km, 5 of them in four segments.
  #expect(try values("\(layout)[@type='65646']/@numUnitsPerSegment", in: document) == ["1.25"])
}

@Test(arguments: ["1e-320", "nan", "0", "-4", "1e9", "many"])
func `a bar of a senseless number of segments has two`(segments: String) throws {
  let bar = "<LayoutItem type=\"65646\" mapUuid=\"{a}\" unitType=\"km\" numSegments=\"\(segments)\" size=\"50,9,mm\"/>"
  let document = try project(template(map + bar + notice))
  #expect(try values("//LayoutItem[@type='65646']/@numUnitsPerSegment", in: document) == ["2.50"])
}

@Test func `what labels can say is in the variables of the project`() throws {
  let document = try project(template(map + notice))
  let names = try values("//Variables/variableNames/value", in: document)
  let texts = try values("//Variables/variableValues/value", in: document)
  let said = Dictionary(uniqueKeysWithValues: zip(names, texts))
  #expect(
    said["lsmap_area"] == "Test <鳥取>" && said["lsmap_date"] == "2023-08-15 JST" && said["lsmap_notes"] == "A gap.")
  #expect(said["lsmap_title"] == "Landslide risk, Test <鳥取>, 2023-08-15 JST" && said["lsmap_model"] == "Model: a & b")
  #expect(said["lsmap_notice_ja"] != said["lsmap_notice_en"] && said["lsmap_notice"] == said["lsmap_notice_en"])
}

@Test func `the program's own layout is styles/layout.qpt`() throws {
  let file = try #require(FileManager.default.contents(atPath: Repository.path("styles/layout.qpt")))
  #expect(try LayoutTemplate(file) == .program)
}

@Test(
  arguments: [
    ("<Layout><Layout", "it is no XML, line 1"),
    ("<qgis/>", "qgis is no print layout of QGIS"),
    ("<Layout>\(notice)</Layout>", "the layout has no map"),
    (
      "<Layout>\(map)\(notice.replacing("notice", with: "day"))</Layout>",
      "no project has a variable @lsmap_day"
    ),
    ("<Layout>\(map)\(notice.replacing("title", with: "area"))</Layout>", "the layout does not say its day"),
    (
      "<Layout>\(map)\(notice.replacing("notice", with: "notes"))</Layout>",
      "the layout does not say that it is no official warning"
    ),
  ]) func `a layout that would mislead is refused`(document: String, fact: String)
{
  let fault = #expect(throws: LayoutTemplate.Fault.self) { try LayoutTemplate(Data(document.utf8)) }
  #expect(fault?.fact == fact && fault?.remedy.isEmpty == false)
}
