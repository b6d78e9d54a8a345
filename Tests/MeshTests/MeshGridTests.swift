import Mesh
import Testing

@Test func `a box on lattice edges gets exactly its cells`() {
  let grid = MeshGrid(south: 35.0, west: 139.0, north: 35.0 + 2.0 / 3, east: 140.0)
  #expect(grid == MeshGrid(south: 35 * 120, west: 39 * 80, height: 80, width: 80))
  #expect(grid.code(y: 79, x: 0).description == "52390000" || grid.contains(grid))
}

@Test func `a box inside one cell gets that cell`() {
  let grid = MeshGrid(south: 35.001, west: 139.001, north: 35.002, east: 139.002)
  #expect(grid.count == 1)
}

@Test func `cropping keeps values at their codes and fills the rest`() {
  let grid = MeshGrid(south: 4_200, west: 3_120, height: 3, width: 4)
  let layer = Layer(grid: grid, values: (0..<12).map(Float.init))
  let cropped = layer.cropped(to: MeshGrid(south: 4_201, west: 3_122, height: 4, width: 4), fill: -1)
  for index in 0..<cropped.grid.count {
    #expect(cropped.values[index] == layer[cropped.grid.code(at: index)] ?? -1)
  }
  #expect(layer.cropped(to: grid.padded(by: 2), fill: 0).cropped(to: grid, fill: 0) == layer)
}

@Test func `union and intersection hold what they say`() {
  let a = MeshGrid(south: 10, west: 10, height: 5, width: 5)
  let b = MeshGrid(south: 12, west: 13, height: 9, width: 9)
  #expect(a.union(b).contains(a) && a.union(b).contains(b))
  #expect(a.intersection(b) == MeshGrid(south: 12, west: 13, height: 3, width: 2))
  #expect(a.intersection(MeshGrid(south: 15, west: 10, height: 1, width: 1)) == nil)
}
