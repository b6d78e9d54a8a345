import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let grid = MeshGrid(south: 35.1, west: 134.1, north: 35.9, east: 134.9)

private func align(_ path: String, seaValues: [Float] = []) throws -> Layer<Float> {
  let inputs = StaticInputs(elevation: .raster(RasterInput(path), seaValues: seaValues))
  return try alignStatic(inputs, to: grid, threads: 1) { _, _ in }.stack.elevation
}

@Test(arguments: [Float(-9_999), -32_768, 32_767, 9.96921e36, -1e36, 65_535, 12_389])
func `a height that is none is refused with the number and the key that settles it`(value: Float) throws {
  let folder = try ScratchFolder()
  let path = try folder.raster(
    [value, 100, 200, 300], width: 2, height: 2, geotransform: [134, 0.5, 0, 36, 0, -0.5])
  let error = #expect(throws: RasterError.self) { try align(path) }
  #expect(error?.description.contains("nodata:") == true)
  #expect(error?.description.contains(path) == true)
  let declared = try align(path, seaValues: [value])
  #expect(declared.values.allSatisfy { $0.isNaN || (100...300).contains($0) })
}

@Test func `a nodata tag that is a rounding of the largest float is that float`() throws {
  let folder = try ScratchFolder()
  let path = try folder.raster(
    [-.greatestFiniteMagnitude, 100, 200, 300], width: 2, height: 2, geotransform: [134, 0.5, 0, 36, 0, -0.5],
    nodata: "-3.40282e+38")
  let heights = try align(path)
  #expect(heights.values.contains { $0.isNaN })
  #expect(heights.values.allSatisfy { $0.isNaN || (100...300).contains($0) })
}

@Test(arguments: [
  [1e250, 0.5, 0, 36, 0, -0.5], [134, 1e38, 0, 36, 0, -0.5], [134, 1e300, 0, 36, 0, -1e300],
  [134, 0.5, 1e38, 36, 0, -0.5], [Double.nan, 0.5, 0, 36, 0, -0.5],
])
func `a raster that lies nowhere is refused`(geotransform: [Double]) throws {
  let path = try ScratchFolder().raster([1, 2, 3, 4], width: 2, height: 2, geotransform: geotransform)
  #expect(throws: RasterError.self) { try align(path) }
}

@Test(arguments: [
  ("PK\u{3}\u{4}rest of a zip", "zip archive"), ("<!DOCTYPE html><html>403</html>", "web page"), ("Rar!\u{1A}", "RAR"),
  ("..-lh5-..", "LZH"), ("", "empty"),
  ("<?xml version=\"1.0\"?><Dataset xmlns=\"http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema\">", "JPGIS"),
])
func `an unknown file is told by its first bytes`(text: String, word: String) throws {
  let folder = try ScratchFolder()
  let error = try #require(throws: RasterError.self) { try align(folder.write(text, to: "dem.tif")) }
  #expect(error.description.contains(word))
}
