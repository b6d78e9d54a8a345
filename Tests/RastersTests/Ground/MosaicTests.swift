import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Two cells of one row.
private let grid = MeshGrid(south: 4_260, west: 2_720, height: 1, width: 2)

/// Pixels of a part of a cell from the grid's north-western corner on, all of one height.
private func dem(
  _ folder: ScratchFolder, _ height: Float, cells: ClosedRange<Double>, pixelsPerCell: Int, name: String,
  system: String = "EPSG:6668"
) throws -> String {
  let width = Int(((cells.upperBound - cells.lowerBound) * Double(pixelsPerCell)).rounded())
  let place = grid.geotransform
  return try folder.raster(
    Array(repeating: height, count: width * pixelsPerCell), width: width, height: pixelsPerCell,
    geotransform: [
      place[0] + cells.lowerBound / 80, 1 / 80 / Double(pixelsPerCell), 0, place[3], 0,
      -1 / 120 / Double(pixelsPerCell),
    ], system: system, name: name)
}

private func align(_ paths: [String]) throws -> (heights: [Float], cover: [Float], recognised: [String]) {
  let (stack, report) = try alignStatic(
    StaticInputs(elevation: .raster(RasterInput(paths), seaValues: []), minimumCoverage: 0), to: grid, threads: 1)
  return (stack.elevation.values, stack.coverage.values, report.entry("elevation")?.recognised ?? [])
}

@Test(arguments: [false, true])
func `of two resolutions the finer counts, the coarser where it has nothing, and it is said`(isReversed: Bool) throws {
  let folder = try ScratchFolder()
  let fine = try dem(folder, 100, cells: 0...1.5, pixelsPerCell: 40, name: "fine")
  let coarse = try dem(folder, 300, cells: 0...2, pixelsPerCell: 10, name: "coarse")
  let found = try align(isReversed ? [coarse, fine] : [fine, coarse])
  #expect(abs(found.heights[0] - 100) < 1e-3)
  // Half of the second cell is fine: 100 and 300 in equal parts.
  #expect(abs(found.heights[1] - 200) < 1e-3)
  #expect(found.cover.allSatisfy { abs($0 - 1) < 1e-6 })
  #expect(found.recognised.contains { $0.hasPrefix("2 kinds of pixels") })
}

@Test func `files of one resolution that overlap: the later counts once, and it is said`() throws {
  let folder = try ScratchFolder()
  let first = try dem(folder, 100, cells: 0...1.5, pixelsPerCell: 40, name: "first")
  let second = try dem(folder, 300, cells: 1...2, pixelsPerCell: 40, name: "second")
  let found = try align([first, second])
  #expect(abs(found.heights[0] - 100) < 1e-3 && abs(found.heights[1] - 300) < 1e-3)
  #expect(found.cover.allSatisfy { abs($0 - 1) < 1e-6 })
  #expect(found.recognised.contains("1 files lie over others: the later one counts"))
  let apart = try align([try dem(folder, 100, cells: 0...1, pixelsPerCell: 40, name: "apart"), second])
  #expect(!apart.recognised.contains { $0.contains("lie over") })
}

@Test func `files of two reference systems are one elevation model`() throws {
  let folder = try ScratchFolder()
  let west = try dem(folder, 100, cells: 0...1, pixelsPerCell: 40, name: "west")
  let east = try dem(folder, 300, cells: 1...2, pixelsPerCell: 40, name: "east", system: "EPSG:4612")
  let found = try align([west, east])
  #expect(abs(found.heights[0] - 100) < 1e-3 && abs(found.heights[1] - 300) < 1e-3)
}
