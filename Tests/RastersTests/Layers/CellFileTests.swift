import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_000, west: 2_700, height: 300, width: 290)

/// Two islands far apart, and values with gaps.
private func islands() -> (cells: CellSet, values: [Float]) {
  var mask = Layer(grid: grid, filledWith: false)
  for index in 0..<grid.count {
    let (y, x) = (index / grid.width, index % grid.width)
    mask.values[index] = (y - 20) * (y - 20) + (x - 30) * (x - 30) < 300 || (y > 240 && x > 250 && x + y < 530)
  }
  let cells = CellSet(mask)
  var stream = RandomStream(seed: 4, "values")
  return (cells, (0..<cells.count).map { _ in stream.uniform() < 0.1 ? .nan : Float(stream.uniform(-5...300)) })
}

private func same(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}

@Test func `cells of a file read back to the bit, and any reader sees the raster`() throws {
  let scratch = try ScratchFolder()
  let (cells, values) = islands()
  let path = scratch.path + "/a.tif"
  let other = values.map { $0 * 2 }
  try CellFile.write(
    [
      DescribedBand(.soilWaterIndex, name: "one", values: values),
      DescribedBand(.soilWaterIndex, name: "two", values: other),
    ],
    at: cells, to: path, tags: ["LSMAP_X": "y"])
  let file = try CellFile.read(path, at: cells, threads: 2)
  #expect(file.names == ["one", "two"] && file.tags["LSMAP_X"] == "y" && file.grid == grid)
  #expect(same(file.stack.band(0), values))
  #expect(same(try #require(file.band("two")), other))
  let whole = try LayerFile.read(path).stack.band(0)
  #expect(same(whole.values, cells.scatter(values, fill: .nan).values))
}

@Test func `a window that reaches beyond the file has nothing there`() throws {
  let scratch = try ScratchFolder()
  let (cells, values) = islands()
  let path = scratch.path + "/a.tif"
  try CellFile.write([DescribedBand(.soilWaterIndex, values: values)], at: cells, to: path)
  let whole = cells.scatter(values, fill: .nan)
  for window in [
    MeshGrid(south: grid.north - 60, west: grid.west - 20, height: 90, width: 200),
    MeshGrid(south: grid.south - 7, west: grid.east - 70, height: 100, width: 100),
  ] {
    let read = try CellFile.read(path, at: CellSet(window)).stack.band(0)
    #expect(same(read, whole.cropped(to: window, fill: .nan).values))
    #expect(read.contains { !$0.isNaN })
  }
}

@Test func `the bytes of a file depend on no thread, and the sea takes no room`() throws {
  let scratch = try ScratchFolder()
  let (cells, values) = islands()
  for threads in 1...3 {
    try CellFile.write(
      [DescribedBand(.soilWaterIndex, values: values)], at: cells, to: scratch.path + "/\(threads).tif",
      threads: threads)
  }
  let bytes = (1...3).map { FileManager.default.contents(atPath: scratch.path + "/\($0).tif") }
  #expect(bytes[0] == bytes[1] && bytes[0] == bytes[2])
  // Numbers at random hardly shrink; the rest is what a file says about itself.
  #expect(try #require(bytes[0]).count < 4 * grid.count / 16, "the whole raster has \(4 * grid.count) bytes")
}
