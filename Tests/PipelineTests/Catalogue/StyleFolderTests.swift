import Cartography
import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

@testable import Pipeline

private let levels = """
  palette,kind,key,colour
  levels,classes,1,#f0f0e0
  levels,classes,2,#00aa11
  levels,classes,3,#0000bb
  levels,classes,4,#cc0022
  levels,classes,5,#330033

  """

/// A catalogue that names a folder with these files.
private func styles(palettes: String? = nil, classes: String? = nil, layout: String? = nil) throws -> Catalogue {
  let folder = try ScratchFolder()
  try FileManager.default.createDirectory(atPath: folder.path + "/mine", withIntermediateDirectories: true)
  if let palettes { try folder.write(palettes, to: "mine/palettes.csv") }
  if let classes { try folder.write(classes, to: "mine/classes.csv") }
  if let layout { try folder.write(layout, to: "mine/layout.qpt") }
  return try Catalogue.read(try folder.write("styles: mine\n", to: "catalog.yaml"))
}

private func complaint(_ palettes: String? = nil, _ classes: String? = nil, _ layout: String? = nil) -> String {
  do {
    _ = try styles(palettes: palettes, classes: classes, layout: layout)
    return "nothing"
  } catch let error as CatalogueError {
    return error.exitCode == .badInput ? error.description : "another code: \(error)"
  } catch {
    return "another error: \(error)"
  }
}

@Test func `a folder of styles replaces what it holds and leaves the rest`() throws {
  let table = levels + "map,colours,sea,#aabbcc\nswi,ramp,0,#ffffff\nswi,ramp,90,#001122\n"
  let found = try styles(palettes: table).styles
  var expected = Palettes.program
  expected.levels = ["#f0f0e0", "#00aa11", "#0000bb", "#cc0022", "#330033"].compactMap(Colour.init(hex:))
  expected.map.sea = Colour(0xAA, 0xBB, 0xCC)
  expected.swi = [ColourStop(0, Colour(255, 255, 255)), ColourStop(90, Colour(0, 0x11, 0x22))]
  #expect(found.palettes == expected && found.words.isEmpty)
}

@Test func `copies of the program's own tables change nothing`() throws {
  let (palettes, classes) = ("styles/palettes.csv", "styles/classes.csv")
  let found = try styles(
    palettes: try DelimitedText.contents(of: Repository.path(palettes)),
    classes: try DelimitedText.contents(of: Repository.path(classes)))
  #expect(found.styles.palettes == Palettes.program && found.styles.words == ClassWords.ofLayers)
  #expect(found.styleFiles.count == 2)
}

@Test func `words of classes replace the program's in both languages`() throws {
  let table = "layer,class,english,japanese\n" + (1...4).map { "drivers,\($0),cause \($0),要因\($0)\n" }.joined()
  let found = try styles(classes: table).styles
  #expect(found.describe(OutputLayer.drivers.description, in: .english).classes == (1...4).map { "cause \($0)" })
  #expect(found.describe(OutputLayer.drivers.description, in: .japanese).classes == (1...4).map { "要因\($0)" })
  #expect(found.describe(.soil, in: .english).classes == ClassWords.soil.english)
}

@Test(
  arguments: [
    (
      levels.replacing("levels,classes,3,#0000bb\n", with: ""),
      "class 3 of levels has no colour; give each of 1 to 5 a row"
    ),
    (levels.replacing("#0000bb", with: "red"), "the colour \"red\" of levels 3 is none; write #rrggbb"),
    (levels.replacing("#0000bb", with: "#+000bb"), "is none; write #rrggbb"),
    (levels.replacing("#0000bb", with: "#00AA11"), "classes 2 and 3 of levels are both #00aa11; give each a colour"),
    (levels.replacing("levels,classes,3", with: "levels,classes,4"), "class 4 of levels stands twice"),
    (levels.replacing("levels,classes,5", with: "levels,classes,6"), "levels has no class 6; write 1 to 5"),
    (levels.replacing("#00aa11", with: "#babcbf"), "level 2 and noData of map are both #babcbf"),
    (levels + "map,colours,sea,#f0f0e0\n", "level 1 and sea of map are both #f0f0e0"),
    (levels + "map,colours,see,#f0f0e0\n", "map has no colour see; write one of blank, boundary"),
    (levels + "level,classes,1,#f0f0e0\n", "there is no palette level; write one of aspect"),
    (levels + "swi,classes,1,#f0f0e0\n", "swi is of kind ramp, not classes"),
    (levels + "swi,ramp,1,#f0f0e0\n", "swi has one colour"),
    (levels + "swi,ramp,1,#f0f0e0\nswi,ramp,1,#f0f0e1\n", "the values of swi do not rise at \"1\""),
    (levels + "curves,order,1,#f0f0e0\n", "curves colours pictures that know no catalogue; leave out its rows"),
    ("palette,kind,key\nlevels,classes,1\n", "no column colour"),
  ]) func `a table of colours that would mislead is refused by file, fact and remedy`(table: String, words: String)
{
  let said = complaint(table)
  #expect(said.contains("mine/palettes.csv: ") && said.contains(words), "\(said)")
}

@Test(
  arguments: [
    ("level,1,calm,平穏\n", "what a level means is told by the recalls of the model"),
    ("rain,1,wet,雨\n", "rain is no layer of classes; write one of aspect"),
    ("drivers,1,a,あ\ndrivers,2,b,い\n", "the classes of drivers are not 1 to 4 in turn"),
    ("drivers,1,a,あ\ndrivers,2,b,い\ndrivers,3,,う\ndrivers,4,d,え\n", "class 3 of drivers has no english word"),
    ("drivers,1,a,あ\ndrivers,2,b,あ\ndrivers,3,c,う\ndrivers,4,d,え\n", "classes 1 and 2 of drivers are both called あ"),
  ]) func `a table of words that would mislead is refused by file, fact and remedy`(rows: String, words: String)
{
  let said = complaint(nil, "layer,class,english,japanese\n" + rows)
  #expect(said.contains("mine/classes.csv: ") && said.contains(words), "\(said)")
}

@Test func `a print layout of the folder replaces the program's, and one without a map is refused`() throws {
  let own = try DelimitedText.contents(of: Repository.path("styles/layout.qpt"))
  let found = try styles(layout: own.replacing("A4 landscape", with: "Ours"))
  #expect(found.printLayout != .program && found.styles == StyleBook() && found.styleFiles.count == 1)
  #expect(try styles(layout: own).printLayout == .program)
  #expect(complaint(nil, nil, "<Layout/>").contains("mine/layout.qpt: the layout has no map; add one in QGIS"))
}

@Test func `a folder without styles, or none at all, is refused`() {
  #expect(complaint().contains("mine: it holds none of palettes.csv, classes.csv and layout.qpt; copy"))
}

@Test func `every text of a run has the colours of the catalogue's folder, and none the program's`() throws {
  let country = try SmallCountry(extra: "styles: mine")
  try FileManager.default.createDirectory(atPath: country.folder.path + "/mine", withIntermediateDirectories: true)
  try country.folder.write(levels, to: "mine/palettes.csv")
  let first = JSTDay(daysSince1970: 19_570)
  for date in first...first.advanced(by: 9) {
    try country.writeAnalysis(date.hours.map { $0.unixSeconds / 3_600 }, to: "\(date).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { 1 + ($0 * 7 + hour) % 40 }
    }
  }
  let day = first.advanced(by: 9)
  let out = country.folder.path + "/out"
  let run = try predict(
    PredictionRequest(catalogue: country.catalogue, area: nil, period: .day(day), out: out), console: Console(.quiet))
  let page = try report(
    ReportRequest(catalogue: country.catalogue, area: nil, period: .day(day), out: out), console: Console(.quiet)
  ).file
  func text(_ path: String) throws -> String { String(decoding: try VirtualFile.bytes(of: path), as: UTF8.self) }
  let own = ["#f0f0e0", "#00aa11", "#0000bb", "#cc0022", "#330033"]
  let texts = try [
    "\(run.folder)/level.qml", "\(run.folder)/level.sld", "\(run.folder)/cells.mapbox.json", page,
    "/vsizip/{\(run.folder)/lsmap.qgz}/lsmap.qgs",
  ].map { ($0, try text($0)) }
  // STAC writes colours without a mark, in capitals.
  let item = try text("\(run.folder)/item.json").lowercased().replacing("\"color_hint\" : \"", with: "#")
  for (name, text) in texts + [("item.json", item)] {
    for colour in own { #expect(text.contains(colour), "\(colour) in \(name)") }
    for colour in Palettes.program.levels { #expect(!text.contains(colour.hex), "\(colour.hex) in \(name)") }
  }
  #expect(try Manifest.read(run.folder).inputs.contains { $0.role == "styles" && $0.path.hasSuffix("palettes.csv") })
}
