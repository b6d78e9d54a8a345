import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

private func read(_ folder: ScratchFolder, _ text: String) throws -> Catalogue {
  try Catalogue.read(folder.write(text, to: "catalog.yaml"))
}

@Test func `every key of the ground sections reaches its input`() throws {
  let folder = try ScratchFolder()
  let catalogue = try read(
    folder,
    """
    terrain:
      dem: [a/*.tif, b.tif]
      crs: EPSG:4301
      sea: [0, -9]
      band: 2
      nodata: -1
      registration: centres
      open_options: NUM_THREADS=2
    soil:
      path: soil.shp
      attribute: 土壌
      legend: soil.csv
      layer: soil
      filter: "x = 1"
      encoding: CP932
      crs: EPSG:4612
    vegetation: {path: v.csv, attribute: 凡例, code_column: mesh, legend: l.csv, community_column: c, naturalness_column: n}
    alignment: {minimum_coverage: 0.4, tokyo_grid: TKY2JGD.par}
    """)
  guard case .model(let dem, let sea) = catalogue.terrain else {
    Issue.record("no elevation model")
    return
  }
  #expect(dem.paths == ["a/*.tif", "b.tif"].map { folder.path + "/" + $0 } && sea == [0, -9])
  #expect(dem.referenceSystem == "EPSG:4301" && dem.band == 2 && dem.nodata == -1)
  #expect(dem.registration == .centres && dem.openOptions == ["NUM_THREADS=2"])
  guard case .polygons(let polygons, let attribute) = catalogue.soil?.values,
    case .table(let table) = catalogue.vegetation?.values
  else {
    Issue.record("not polygons and a table")
    return
  }
  #expect(polygons.count == 1 && attribute == "土壌")
  #expect(polygons.first?.layer == "soil" && polygons.first?.filter == "x = 1")
  #expect(polygons.first?.encoding == "CP932" && polygons.first?.referenceSystem == "EPSG:4612")
  #expect(table.codeColumn == "mesh" && table.valueColumn == "凡例")
  #expect(catalogue.vegetation?.communities?.naturalnessColumn == "n")
  #expect(catalogue.alignment.minimumCoverage == 0.4)
  #expect(catalogue.alignment.tokyoGrid == folder.path + "/TKY2JGD.par")
}

@Test(
  arguments: [
    ("terrain: {dem: a.tif, column: h}", "unknown key terrain.column"),
    ("terrain: {table: a.csv, sea: 0}", "unknown key terrain.sea"),
    ("terrain: {ksj: a.zip, band: 1}", "unknown key terrain.band"),
    ("terrain: {dem: a.tif, registration: corner}", "must be automatic or as-stated or centres"),
    ("terrain: {dem: a.tif, sea: [0, blue]}", "terrain.sea must be a number or a list of numbers"),
    ("terrain: {dem: []}", "terrain.dem must be"),
    ("soil: {path: a.tif, legend: l.csv, layer: x}", "unknown key soil.layer"),
    ("soil: {path: a.tif}", "the key legend is missing"),
    ("vegetation: {path: a.tif, legend: l.csv, naturalness_column: n}", "the key community_column is missing"),
    ("alignment: {minimum_coverage: 2}", "alignment.minimum_coverage must be a number from 0.0 to 1.0"),
    ("alignment: {cover: 1}", "unknown key alignment.cover"),
  ])
func `a wrong key or value of the ground sections is told with its line`(section: String, message: String) throws {
  let folder = try ScratchFolder()
  let error = #expect(throws: CatalogueError.self) { try read(folder, "title: x\n\(section)\n") }
  #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
}

@Suite struct StaticDigestTests {
  private let folder: ScratchFolder
  private static let prefix = "area: 5235\nworkspace: work\n"

  init() throws {
    folder = try ScratchFolder()
    try folder.write("meshcode,h,g\n523503,5,6\n52350345,70,0\n", to: "heights.csv")
    try folder.write("mesh,soil\n52350345,3\n", to: "soil.csv")
    try folder.write("code,class\n3,9\n", to: "legend.csv")
  }

  /// The aligned elevation of cell 52350345 and the method's report.
  private func align(_ sections: String) throws -> (height: Float?, report: AlignmentReport, tag: String?) {
    let catalogue = try folder.write(Self.prefix + sections, to: "catalog.yaml")
    let project = try Project(catalogue: catalogue, area: nil, threads: 1, console: Console(.quiet))
    var hashes = InputHashes(rememberedIn: project.workspace.hashes)
    let (stack, report, _) = try project.staticStack(&hashes)
    let code = try #require(Mesh3Code("52350345"))
    return (stack.elevation[code], report, try LayerFile.tags(of: project.workspace.staticStack)["LSMAP_KEY"])
  }

  @Test func `a changed key or a changed byte aligns anew, nothing else does`() throws {
    let sections = [
      "terrain: {table: heights.csv, column: h}", "terrain: {table: heights.csv, column: g}",
      "terrain: {table: heights.csv, column: g, missing: 0}",
      "terrain: {table: heights.csv, column: h, crs: EPSG:4301}",
      "terrain: {table: heights.csv, column: h}\nalignment: {minimum_coverage: 0.5}",
      "terrain: {table: heights.csv, column: h}\nsoil: {path: soil.csv, attribute: soil, code_column: mesh, legend: legend.csv}",
    ]
    var seen: [String?] = []
    for section in sections {
      let first = try align(section)
      let again = try align(section)
      #expect(first.tag == again.tag && first.report == again.report)
      seen.append(first.tag)
    }
    #expect(Set(seen).count == sections.count && !seen.contains(nil))
    #expect(try align(sections[0]).height == 70)
    #expect(try align(sections[1]).height == 0)
    // A missing number leaves the value of the wider code.
    #expect(try align(sections[2]).height == 6)
    try folder.write("meshcode,h,g\n523503,5,6\n52350345,71,0\n", to: "heights.csv")
    #expect(try align(sections[0]).height == 71)
  }

  @Test func `quick-looks are drawn for each layer that has an input`() throws {
    let text =
      Self.prefix + "terrain: {table: heights.csv, column: h}\n"
      + "soil: {path: soil.csv, attribute: soil, code_column: mesh, legend: legend.csv}\n"
    let project = try Project(
      catalogue: folder.write(text, to: "catalog.yaml"), area: nil, threads: 1, console: Console(.quiet))
    var hashes = InputHashes(rememberedIn: project.workspace.hashes)
    let (stack, report, _) = try project.staticStack(&hashes)
    let files = try project.writeQuickLooks(of: stack, report)
    let names = files.map { ($0 as NSString).lastPathComponent }
    #expect(names.prefix(5) == ["elevation.png", "slope.png", "aspect.png", "land.png", "coverage.png"])
    #expect(names.contains("soil-9.png") && !names.contains { $0.hasPrefix("vegetation") })
    for file in files {
      let head = try Data(contentsOf: URL(fileURLWithPath: file)).prefix(4)
      #expect(Array(head) == [0x89, 0x50, 0x4E, 0x47])
    }
  }
}
