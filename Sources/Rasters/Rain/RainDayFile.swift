import CGDAL
import Foundation
package import Mesh

/// A day of the rain archive: 24 Float32 bands on the lattice, one an hour, in a plain tiled GeoTIFF.
///
/// Blocks without any value take no room (`CellFile`). Bytes depend on nothing but the values and tags.
package enum RainDayFile {
  /// Which hours a file holds and where they come from, read without touching a pixel.
  package struct Record: Sendable, Equatable {
    package let grid: MeshGrid
    /// For the hours ending 01:00 ... 24:00: does the file hold a value?
    package let present: [Bool]
    package let tags: [String: String]
    /// What the gate found when the day was imported.
    package var findings: [RainIrregularity] {
      let text = tags[RainDayFile.findingsTag] ?? "[]"
      return (try? JSONDecoder().decode([RainIrregularity].self, from: Data(text.utf8))) ?? []
    }
  }

  /// Tag that keeps what the gate found in the day (`RainIrregularity`), so that it is told as long as the day is used.
  private static let findingsTag = "RAIN_FINDINGS"
  /// Findings kept of a day.
  private static let findingsLimit = 20

  /// One finding a kind and file, the most important kinds first, not more than a file keeps.
  package static func bounded(_ findings: [RainIrregularity]) -> [RainIrregularity] {
    let files = Dictionary(grouping: findings, by: \.file).sorted { $0.key < $1.key }
    let summed = files.flatMap { RainIrregularity.summed($0.value) }
    return Array((summed.filter(\.kind.isGap) + summed.filter { !$0.kind.isGap }).prefix(findingsLimit))
  }

  /// Findings as tags of a day.
  package static func tags(of findings: [RainIrregularity]) -> [String: String] {
    // Sorted, so that equal findings are equal bytes.
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard !findings.isEmpty, let data = try? encoder.encode(findings) else { return [:] }
    return [findingsTag: String(decoding: data, as: UTF8.self)]
  }

  /// Tag that says for each of the 24 hours whether it is there: `1` or `0`.
  package static let hoursTag = "RAIN_HOURS"

  /// Writes a day atomically.
  ///
  /// - Parameters:
  ///   - rain: An hour that is not present takes no room.
  ///   - day: Its hours name the bands.
  ///   - path: Replaced if it exists.
  ///   - tags: Dataset metadata: sources, fingerprint.
  /// - Throws: `cannotWrite`; no file is left then.
  package static func write(
    _ rain: RainDay, of day: JSTDay, to path: String, tags: [String: String]
  ) throws(RasterError) {
    let cells = rain.rain.cells
    try writeThroughMemory(to: path, sealed: true) { (memory) throws(RasterError) in
      let dataset = try CellFile.create(memory, cells.grid, bands: 24, threads: 1, path: path)
      CellFile.setTags(tags, of: dataset)
      GDALSetMetadataItem(dataset.handle, hoursTag, rain.present.map { $0 ? "1" : "0" }.joined(), nil)
      for (band, hour) in day.hours.enumerated() {
        try CellFile.describe(band + 1, .hourlyRain, name: "\(hour)", of: dataset, path: path)
      }
      let blocks = CellBlocks(of: cells, in: cells.grid, of: dataset)
      for band in 0..<24 where rain.present[band] {
        try blocks.write(rain.rain.band(band), to: band + 1, of: dataset, nodata: nodata, path: path)
      }
      try dataset.close(path)
    }
  }

  /// Reads the hours of a day at some cells; cells and hours the file lacks are `NaN`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - cells: What is wanted: only blocks that hold one are read.
  ///   - threads: Blocks are read side by side.
  /// - Returns: 24 bands, mm.
  /// - Throws: `notFound`, `notAsWritten`, `cannotOpen`, `cannotRead`, or `malformed` for a file that is no day of rain.
  package static func read(
    _ path: String, at cells: CellSet, threads: Int = 1
  ) throws(RasterError) -> CellStack<Float> {
    try Seal.check(path)
    let dataset = try Dataset(reading: path, alone: true)
    let stored = try checkedGrid(of: dataset, path: path)
    let values = try CellBlocks(of: cells, in: stored, of: dataset).read(path, bands: 24, threads: threads)
    return CellStack(cells: cells, bands: 24, values: values)
  }

  /// What a file says about itself.
  ///
  /// - Throws: As `read`.
  package static func record(_ path: String) throws(RasterError) -> Record {
    let dataset = try Dataset(reading: path, alone: true)
    let grid = try checkedGrid(of: dataset, path: path)
    let tags = LayerFile.tags(of: dataset)
    return Record(grid: grid, present: (tags[hoursTag] ?? "").map { $0 == "1" }, tags: tags)
  }

  private static var nodata: Float {
    guard case .float32(let nodata) = LayerDescription.hourlyRain.storage else { return -9999 }
    return nodata
  }

  private static func checkedGrid(of dataset: borrowing Dataset, path: String) throws(RasterError) -> MeshGrid {
    let grid = try LayerFile.latticeGrid(of: dataset, path: path)
    let hours = LayerFile.tags(of: dataset)[hoursTag]
    guard GDALGetRasterCount(dataset.handle) == 24, hours?.count == 24 else {
      throw .malformed(
        path: path, reason: "it is no day of the rain archive", remedy: "import it with lsmap rain import")
    }
    return grid
  }
}
