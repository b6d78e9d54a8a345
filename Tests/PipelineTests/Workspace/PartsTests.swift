import Mesh
import TestSupport
import Testing

@testable import Pipeline

/// An area of a whole rectangle, far from any border.
private func project(_ south: Double, _ north: Double, in folder: ScratchFolder) throws -> Project {
  let catalogue = try folder.write("workspace: work\n", to: "c.yaml")
  return try Project(catalogue: catalogue, area: "141,\(south),144,\(north)", threads: 1, console: Console(.quiet))
}

@Test func `an area of many cells is worked on by first meshes, each cell in one of them`() throws {
  let folder = try ScratchFolder()
  let large = try project(42, 45.5, in: folder)
  let parts = large.parts()
  #expect(parts.count == 18 && Set(parts.map(\.workspace.staticStack)).count == parts.count)
  var times = Layer(grid: large.area.grid, filledWith: 0)
  for part in parts {
    #expect(part.area.grid.height <= 80 && part.area.grid.width <= 80)
    #expect(part.area.grid.south / 80 == (part.area.grid.north - 1) / 80, "across the border of a first mesh")
    for index in part.area.cells.values.indices where part.area.cells.values[index] {
      let place = try #require(large.area.grid.index(of: part.area.grid.code(at: index)))
      times.values[place] += 1
    }
  }
  #expect(times.values.allSatisfy { $0 == 1 })
}

@Test func `an area of the size of a prefecture is one part`() throws {
  let folder = try ScratchFolder()
  #expect(try project(42, 43, in: folder).parts().count == 1)
}
