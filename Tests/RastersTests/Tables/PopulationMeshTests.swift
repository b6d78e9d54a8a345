import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_240, west: 2_720, height: 1, width: 3)
private func code(_ column: Int) -> String { "\(Mesh3Code(row: 4_240, column: 2_720 + column))" }

/// As e-Stat hands it out: codes, a line of labels, hidden cells.
private var table: String {
  """
  KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001,T001141002
  ,,,,　人口（総数）,　人口（総数）　男
  \(code(0)),1,,\(code(1)),120,60
  \(code(1)),2,\(code(0)),,*,*

  """
}

@Test func `people come from e-Stat's tables as they are: CP932, labels, hidden cells, uninhabited cells`() throws {
  let folder = try ScratchFolder()
  let bytes = try #require(table.data(using: .shiftJIS))
  let path = try folder.write(bytes, to: "tblT001141S5236.txt")
  let people = try PopulationMesh([path]).people(on: grid)
  #expect(people.values == [120, 0, 0])
  #expect(try PopulationMesh([path], column: "T001141002").people(on: grid).values == [60, 0, 0])
}

@Test func `cells whose first-level mesh is in no table are unknown, not empty`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write(table, to: "a.csv")
  let wide = MeshGrid(south: 4_240, west: 2_719, height: 1, width: 2)
  let people = try PopulationMesh([path]).people(on: wide)
  #expect(people.values[0].isNaN && people.values[1] == 120)
}

@Test func `quarter cells are summed into theirs`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write("meshcode,population\n\(code(0))1,5\n\(code(0))2,7\n", to: "a.csv")
  #expect(try PopulationMesh([path]).people(on: grid).values == [12, 0, 0])
}

@Test(arguments: ["x,y\n1,2\n", "meshcode,population\n52,3\n", "meshcode,population\nCODE,3\nCODE,-4\n"])
func `a table without codes or people is refused with what to do`(text: String) throws {
  let folder = try ScratchFolder()
  let path = try folder.write(text.replacing("CODE", with: code(0)), to: "a.csv")
  #expect(throws: RasterError.self) { try PopulationMesh([path]).people(on: grid) }
}
