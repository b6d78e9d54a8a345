import Foundation
import Mesh
import Rasters

/// A run folder read back: what its manifest and layers say.
struct RunReading {
  let folder: String
  let manifest: Manifest
  let grid: MeshGrid
  /// 1 ... 5, `NaN` for none.
  let level: [Float]
  let risk: [Float]
  /// Daily maximum of the soil water index, mm.
  let soilWater: [Float]
  /// Historical rank of it.
  let rank: [Float]
  /// It in parts of the highest that the cell has survived on earlier days; `NaN` for none.
  let pastRecord: [Float]
  private let hour: [Float]
  private let recordDays: [Float]
  private let eventRank: [Float]
  private let eventDay: [Float]

  /// - Throws: `ManifestError` where there is no run or its towns are of another version, and what reading a layer throws.
  init(of folder: String) throws {
    func layer(_ name: String) throws(RasterError) -> LayerStack<Float> {
      try LayerFile.read((folder as NSString).appendingPathComponent(name)).stack
    }
    self.folder = folder
    manifest = try Manifest.read(folder)
    guard manifest.extent != .levels else { throw ManifestError.levelsOnly(folder: folder) }
    let (levels, anomaly) = (try layer("level.tif"), try layer("anomaly.tif"))
    grid = levels.grid
    level = levels.values
    risk = try layer("risk.tif").values
    soilWater = try layer("swi.tif").values
    func part(_ layer: OutputLayer) throws(ManifestError) -> [Float] {
      guard let band = layer.bandOfFile, band < anomaly.bands else { throw .otherVersion(folder: folder) }
      return anomaly.band(band).values
    }
    (rank, hour, pastRecord) = (try part(.rank), try part(.worstHour), try part(.pastRecord))
    (recordDays, eventDay) = (try part(.recordDays), try part(.eventDay))
    eventRank = try layer(OutputLayer.eventRank.description.name + ".tif").band(0).values
  }

  func file(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }

  /// Clock hour of a cell's worst state, 1 ... 24 JST.
  func worstHour(at index: Int) -> Int? { (1...24).contains(hour[index]) ? Int(hour[index]) : nil }

  /// Where a cell's soil water index stands among its earlier rain events; `nil` below ten of them, and without any.
  func place(at index: Int) -> EventPlace? {
    guard !eventRank[index].isNaN else { return nil }
    let after = eventDay[index].isNaN ? nil : JSTDay(daysSince1970: Int(eventDay[index]))
    return EventPlace(rank: Int(eventRank[index]), after: after, recordDays: recordDays[index])
  }

  /// Municipalities and prefectures; `nil` where the run has no such table.
  func towns() throws(RasterError) -> [TownRisk]? {
    guard manifest.outputs.contains(where: { $0.path == TownTable.fileName }) else { return nil }
    return try TownTable.read(file(TownTable.fileName))
  }

  /// Cells of the area at level 0 (no data), 1 ... 5; the layers alone do not tell no data from the sea.
  var cellsByLevel: [Int] {
    var counts = [manifest.gaps.cellsWithoutRisk] + [Int](repeating: 0, count: 5)
    for value in level where (1...5).contains(value) { counts[Int(value)] += 1 }
    return counts
  }
}
