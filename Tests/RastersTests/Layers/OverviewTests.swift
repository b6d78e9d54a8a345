import CGDAL
import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

@Test(arguments: [
  (LayerFile.Overviews.greatest, Float(1), Float(5)), (LayerFile.Overviews.least, 5, 1),
  (LayerFile.Overviews.least, 5, 4),
])
func `a hazard of one cell is in every overview`(overviews: LayerFile.Overviews, usual: Float, worst: Float) throws {
  let folder = try ScratchFolder()
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 130, width: 170)
  var values = [Float](repeating: usual, count: grid.count)
  values[61 * grid.width + 93] = worst
  // Sea beside it: nodata, stored as 0, is no value at all.
  values[61 * grid.width + 92] = .nan
  let path = folder.path + "/level.tif"
  let classes = LayerDescription(
    name: "level", title: "Level", unit: "", storage: .byte, validRange: 1...5,
    words: ClassWords(said: (1...5).map { "\($0)" }))
  try LayerFile.write(
    [DescribedBand(classes, values: values)], on: grid, to: path, overviews: overviews,
    palette: [LayerFile.PaletteEntry(value: 5, red: 12, green: 0, blue: 12)])
  let handle = try #require(GDALOpenEx(path, UInt32(GDAL_OF_RASTER), nil, nil, nil))
  defer { GDALClose(handle) }
  let band = try #require(GDALGetRasterBand(handle, 1))
  #expect(GDALGetOverviewCount(band) >= 2)
  for level in 0..<GDALGetOverviewCount(band) {
    let overview = try #require(GDALGetOverview(band, level))
    let (width, height) = (GDALGetRasterBandXSize(overview), GDALGetRasterBandYSize(overview))
    var stored = [Float](repeating: 0, count: Int(width * height))
    #expect(GDALRasterIO(overview, GF_Read, 0, 0, width, height, &stored, width, height, GDT_Float32, 0, 0) == CE_None)
    #expect(stored.count { $0 == worst } == 1 && !stored.contains(0), "overview \(level)")
  }
  // The colours are in the file, too.
  let entry = try #require(GDALGetColorEntry(GDALGetRasterColorTable(band), 5)).pointee
  #expect([entry.c1, entry.c2, entry.c3, entry.c4] == [12, 0, 12, 255])
}

@Test(arguments: [LayerFile.Overviews.greatest, .least, .usual], [LayerDescription.soilWaterIndex, .aspect])
func `values at an area's cells alone make the bytes of the whole rectangle`(
  overviews: LayerFile.Overviews, layer: LayerDescription
) throws {
  let folder = try ScratchFolder()
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 131, width: 171)
  var marked = Layer(grid: grid, filledWith: false)
  for index in 0..<grid.count { marked.values[index] = index % 171 > 90 && (index / 171 < 40 || index % 171 == 170) }
  let cells = CellSet(marked)
  let values = (0..<cells.count).map { (place: Int) -> Float in place % 11 == 0 ? .nan : Float(place % 7 + 1) }
  let whole = cells.scatter(values, fill: .nan).values
  try LayerFile.write([DescribedBand(layer, values: whole)], on: grid, to: folder.path + "/a.tif", overviews: overviews)
  try LayerFile.write(
    [DescribedBand(layer, values: values)], at: cells, to: folder.path + "/b.tif", overviews: overviews)
  let bytes = ["a", "b"].map { FileManager.default.contents(atPath: "\(folder.path)/\($0).tif") }
  #expect(bytes[0] != nil && bytes[0] == bytes[1])
}
