import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

@Test func `every flipped bit and every lost end of a sealed file is noticed`() throws {
  let scratch = try ScratchFolder()
  let grid = MeshGrid(south: 4_200, west: 2_700, height: 3, width: 4)
  let path = scratch.path + "/cells.tif"
  let band = DescribedBand(.soilWaterIndex, values: (0..<grid.count).map { Float($0) * 1.5 })
  try CellFile.write([band], at: CellSet(grid), to: path)
  let bytes = try #require(FileManager.default.contents(atPath: path))
  #expect(Seal.isWhole(path))
  #expect(try CellFile.read(path, at: CellSet(grid)).stack.values == band.values)
  #expect(try LayerFile.read(path).stack.values == band.values)
  func expectDamage(_ changed: Data) throws {
    try changed.write(to: URL(fileURLWithPath: path))
    #expect(throws: RasterError.notAsWritten(path: path)) { try CellFile.read(path, at: CellSet(grid)) }
  }
  for place in bytes.indices {
    var changed = bytes
    changed[place] ^= 1 << UInt8(place % 8)
    try expectDamage(changed)
  }
  for length in stride(from: 0, to: bytes.count, by: 97) { try expectDamage(bytes.prefix(length)) }
  try expectDamage(bytes + [0])
}

@Test(arguments: [1e300, -1e300, 1e19])
func `a file of the archive that lies nowhere is refused`(place: Double) throws {
  let transforms: [[Double]] = [[place, 0.0125, 0, 35, 0, -1.0 / 120], [134, 0.0125, 0, place, 0, -1.0 / 120]]
  for transform in transforms {
    let folder = try ScratchFolder()
    let path = try folder.raster([1, 2], width: 2, height: 1, geotransform: transform)
    #expect(throws: RasterError.self) { try RainDayFile.record(path) }
  }
}
