import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Two cells of one row.
private let grid = MeshGrid(south: 4_260, west: 2_720, height: 1, width: 2)

/// A tile of one cell as GSI hands it out, points from the north-west.
private func tile(
  column: Int, side: Int, system: String = "jgd2011.bl", start: String = "0 0", _ points: [String]
) -> String {
  let place = grid.geotransform
  let (west, north) = (place[0] + Double(column) / 80, place[3])
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Dataset xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2">
    <DEM gml:id="DEM001"><type>5mメッシュ（標高）</type><coverage><gml:boundedBy>
    <gml:Envelope srsName="fguuid:\(system)"><gml:lowerCorner>\(north - 1 / 120) \(west)</gml:lowerCorner>
    <gml:upperCorner>\(north) \(west + 1 / 80)</gml:upperCorner></gml:Envelope></gml:boundedBy>
    <gml:gridDomain><gml:Grid><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>\(side - 1) \(side - 1)</gml:high>
    </gml:GridEnvelope></gml:limits></gml:Grid></gml:gridDomain><gml:rangeSet><gml:DataBlock><gml:tupleList>
    \(points.joined(separator: "\n"))
    </gml:tupleList></gml:DataBlock></gml:rangeSet><gml:coverageFunction><gml:GridFunction>
    <gml:sequenceRule order="+x-y">Linear</gml:sequenceRule><gml:startPoint>\(start)</gml:startPoint>
    </gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>
    """
}

private func ground(_ height: Double, _ count: Int) -> [String] { Array(repeating: "地表面,\(height)", count: count) }

private func align(_ paths: [String], coding: ElevationCoding? = nil) throws -> StaticStack {
  var input = RasterInput(paths)
  input.coding = coding
  let inputs = StaticInputs(elevation: .raster(input, seaValues: []), minimumCoverage: 0)
  return try alignStatic(inputs, to: grid, threads: 2).stack
}

@Suite struct ElevationTileTests {
  private let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  @Test func `GSI's tiles are one raster; sea is no land, what is void is not covered`() throws {
    let half = Array(repeating: "海水面,-9999.", count: 50) + ground(40, 50)
    let void = Array(repeating: "データなし,-9999.00", count: 50) + ground(60.5, 50)
    try folder.write(tile(column: 0, side: 10, half), to: "FG-GML-5134-00-00-DEM5A-20161001.xml")
    try folder.write(tile(column: 1, side: 10, void), to: "FG-GML-5134-00-01-DEM5A-20161001.xml")
    let stack = try align([folder.path + "/*.xml"])
    #expect(stack.elevation.values == [40, 60.5])
    #expect(zip(stack.landShare.values, [0.5, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(stack.coverage.values, [1, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `a zip of zips is read as it came, and gives what its files give`() throws {
    let texts = (0..<2).map { tile(column: $0, side: 10, ground(100 + Double($0), 100)) }
    for (number, text) in texts.enumerated() { try folder.write(text, to: "plain/FG-GML-\(number)-DEM5A.xml") }
    let inner = folder.path + "/inner.zip"
    try writeZip(
      texts.enumerated().map { ("FG-GML-\($0)-DEM5A.xml", Data($1.utf8)) } + [("fmdid.xml", Data("<?xml?><m/>".utf8))],
      to: inner)
    let outer = folder.path + "/PackDLMap.zip"
    try writeZip([("FG-GML-5134-DEM5A.zip", try Data(contentsOf: URL(fileURLWithPath: inner)))], to: outer)
    let plain = try align([folder.path + "/plain/*.xml"])
    #expect(plain.elevation.values == [100, 101])
    #expect(try align([inner]) == plain)
    #expect(try align([outer]) == plain)
  }

  @Test func `5A goes before 5B, and both before 10 m`() throws {
    let a = Array(repeating: "データなし,-9999.", count: 50) + ground(10, 50)
    try folder.write(tile(column: 0, side: 10, a), to: "FG-GML-1-DEM5A.xml")
    try folder.write(tile(column: 0, side: 10, ground(20, 100)), to: "FG-GML-1-DEM5B.xml")
    for column in 0..<2 {
      try folder.write(tile(column: column, side: 5, ground(30, 25)), to: "FG-GML-\(column)-DEM10B.xml")
    }
    let stack = try align([folder.path + "/*.xml"])
    #expect(abs(stack.elevation.values[0] - 15) < 1e-4 && abs(stack.elevation.values[1] - 30) < 1e-4)
    #expect(stack.coverage.values.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test func `points before the start point and after the list are void; old tiles are in CP932`() throws {
    let text = tile(column: 0, side: 10, system: "jgd2000.bl", start: "0 5", ground(7, 20))
    try folder.write(
      try #require(text.replacing("UTF-8", with: "Shift_JIS").data(using: .shiftJIS)), to: "FG-GML-1-dem5a.xml")
    let stack = try align([folder.path + "/FG-GML-1-dem5a.xml"])
    #expect(stack.elevation.values[0] == 7 && abs(stack.coverage.values[0] - 0.2) < 1e-6)
    #expect(stack.elevation.values[1].isNaN)
  }

  @Test(arguments: ["1e36", "inf", "nan", "-32768", "99999", "x", ""])
  func `no number of a tile becomes a height that cannot be`(word: String) throws {
    let path = try folder.write(tile(column: 0, side: 2, ground(5, 3) + ["地表面,\(word)"]), to: "a.xml")
    let error = #expect(throws: RasterError.self) { try align([path]) }
    #expect(error?.description.contains("a.xml") == true)
  }

  @Test(arguments: [("cut", "</gml:tupleList>"), ("order", "+x-y"), ("system", "jgd2011"), ("corner", "lowerCorner")])
  func `a damaged tile is refused by name`(kind: String, word: String) throws {
    let whole = tile(column: 0, side: 2, ground(5, 4))
    let text =
      kind == "cut"
      ? String(whole.prefix(upTo: try #require(whole.range(of: word)).lowerBound)) : whole.replacing(word, with: "-")
    let path = try folder.write(text, to: "a.xml")
    let error = #expect(throws: RasterError.self) { try align([path]) }
    #expect(error?.description.contains("a.xml") == true)
  }

  @Test(
    arguments: [
      (ElevationCoding.gsi, [(0, 39, 16), (255, 255, 156), (128, 0, 0)], [Float(100), -1, .nan]),
      (.terrainRGB, [(1, 138, 136), (1, 134, 150)], [100, -1]),
    ] as [(ElevationCoding, [(UInt8, UInt8, UInt8)], [Float])])
  func `picture tiles become heights by the coding that the user names`(
    coding: ElevationCoding, colours: [(UInt8, UInt8, UInt8)], heights: [Float]
  ) throws {
    // The tile of zoom 9 that holds the grid.
    let (x, y) = webTile(zoom: 9)
    for (colour, height) in zip(colours, heights) {
      let path = try folder.write(plainPNG(width: 256, height: 256) { _, _ in colour }, to: "9/\(x)/\(y).png")
      let found = try align([path], coding: coding).elevation.values
      #expect(found.allSatisfy { height.isNaN ? $0.isNaN : abs($0 - height) < 1e-3 }, "\(colour)")
      let error = #expect(throws: RasterError.self) { try align([path]) }
      #expect(error?.description.contains("coding: gsi") == true)
    }
  }

  private func webTile(zoom: Int) -> (x: Int, y: Int) {
    let place = grid.geotransform
    let (longitude, latitude) = (place[0] + 1 / 80, (place[3] - 1 / 240) * .pi / 180)
    let tiles = Double(1 << zoom)
    return (Int((longitude + 180) / 360 * tiles), Int((1 - asinh(tan(latitude)) / .pi) / 2 * tiles))
  }
}
