import Foundation
package import Mesh
import Rasters
import SoilWater

/// What a warm start took from a file, for people and for `--json`.
package struct WarmStartReport: Codable, Sendable, Equatable {
  package var file: String
  /// The moment of the storages, JST.
  package var time: String
  package var cells: Int
  /// Cells of the area for which the file has no value: their tanks start empty and spin up.
  package var cellsWithoutValue: Int
  /// Cells whose tanks 1 and 2 exceed the index: no third tank is left (levels are up to 10 mm wide).
  package var cellsWithoutThirdTank: Int
  package var largestIndex: Float

  var words: String {
    var lines = ["warm start from \(file), \(time): \(cells) cells, index up to \(rounded(largestIndex, 1)) mm"]
    if cellsWithoutValue > 0 { lines.append("\(cellsWithoutValue) cells without value: empty tanks, spinning up") }
    if cellsWithoutThirdTank > 0 {
      lines.append("\(cellsWithoutThirdTank) cells whose tanks 1 and 2 exceed the index: third tank empty")
    }
    return lines.joined(separator: "\n")
  }
}

/// Storages that a workspace's soil water begins with instead of empty tanks.
///
/// Kept as a file of the workspace, so that days after it can be computed anew when their rain changes.
struct WarmStart {
  /// The moment of the storages.
  let hour: JSTHour
  let state: SoilWaterState
  /// File, time and hash: in the tags of every state that goes back to it.
  let source: String

  static let sourceTag = "LSMAP_WARM_START"
  private static let hourTag = "LSMAP_HOUR"
  private static let bandNames = ["tank 1", "tank 2", "tank 3"]

  init(hour: JSTHour, state: SoilWaterState, source: String) {
    (self.hour, self.state, self.source) = (hour, state, source)
  }

  func write(to path: String, on grid: MeshGrid) throws(RasterError) {
    let tanks = [state.surface, state.middle, state.deep]
    let bands = zip(Self.bandNames, tanks).map { DescribedBand(.tank, name: $0, values: $1) }
    try LayerFile.write(
      bands, on: grid, to: path, format: .plain, tags: [Self.hourTag: "\(hour)", Self.sourceTag: source])
  }

  /// - Throws: `StateError` for a file of another area or kind, `WarmStartError.damaged`, or what reading throws.
  init?(reading path: String, on grid: MeshGrid) throws {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard Seal.isWhole(path) else { throw WarmStartError.damaged(path: path) }
    let (stack, names, tags) = try LayerFile.read(path, alone: true)
    guard names == Self.bandNames, let hour = tags[Self.hourTag].flatMap({ JSTHour(stated: $0) }),
      let source = tags[Self.sourceTag]
    else { throw StateError.noState(path: path) }
    guard stack.grid.contains(grid) else { throw StateError.otherGrid(path: path) }
    let tanks = (0..<3).map { stack.band($0).cropped(to: grid, fill: .nan).values }
    self.init(
      hour: hour, state: SoilWaterState(surface: tanks[0], middle: tanks[1], deep: tanks[2], at: hour.day),
      source: source)
  }
}

extension Project {
  func warmStart() throws -> WarmStart? { try WarmStart(reading: workspace.warmStart, on: store.cells.grid) }

  /// The first day whose soil water can be computed.
  ///
  /// - Parameter day: First day of rain that will be imported before.
  /// - Returns: The archive's first, or the one after the warm start; `nil` without rain.
  /// - Throws: What reading a warm start throws.
  func firstSoilWaterDay(importing day: JSTDay? = nil) throws -> JSTDay? {
    guard let first = [archive.days().first, day].compactMap(\.self).min() else { return nil }
    return try warmStart().map { $0.hour.day.advanced(by: 1) } ?? first
  }

  /// The first day whose soil water is valid: that of empty tanks is when they have spun up, of a warm start at once.
  ///
  /// - Parameter day: First day of rain that will be imported before.
  /// - Returns: `nil` without rain.
  /// - Throws: What reading a warm start throws.
  func firstValidDay(importing day: JSTDay? = nil) throws -> JSTDay? {
    let spinUp = try warmStart() == nil ? catalogue.physics.spinUpDays : 0
    return try firstSoilWaterDay(importing: day)?.advanced(by: spinUp)
  }

  /// Where there is a warm start, makes the state at 24:00 of its day unless it is there.
  func makeWarmState() throws {
    guard let warm = try warmStart() else { return }
    let (day, cells) = (warm.hour.day, store.cells)
    let run = try soilWaterRun(at: cells)
    guard !FileManager.default.fileExists(atPath: run.store.path(of: day)) else { return }
    let tanks = [warm.state.surface, warm.state.middle, warm.state.deep].map { cells.gather($0[...]) }
    let start = SoilWaterState(surface: tanks[0], middle: tanks[1], deep: tanks[2], at: day)
    try run.warmStart(
      start, at: warm.hour, rain: { try rain(of: $0, at: cells) },
      tags: try stateTags(of: day, first: day.advanced(by: 1), in: run.store))
  }

  /// Lets the soil water begin with JMA's own fields.
  ///
  /// - Parameters:
  ///   - file: GRIB2 with the soil water index and its tanks 1 and 2.
  ///   - overwrite: Whether states that are there already may be deleted.
  /// - Returns: What was taken.
  /// - Throws: `WarmStartError`, or what reading the file throws.
  package func startSoilWater(from file: String, overwrite: Bool) throws -> WarmStartReport {
    let store = try soilWaterRun().store
    let days = store.days()
    if let first = days.first, let last = days.last, !overwrite {
      throw WarmStartError.statesThere(folder: store.folder, first: first, last: last)
    }
    let fields = try Grib2File(file).soilWater(on: grid)
    guard let hour = JSTHour(endingAtUnixSeconds: fields.validTime.unixSeconds) else {
      throw WarmStartError.betweenHours(path: file, time: fields.validTime.jstText)
    }
    let state = SoilWaterRun.warmState(
      soilWaterIndex: fields.index, tank1: fields.firstTank, tank2: fields.secondTank, at: CellSet(grid), on: hour.day)
    let inside = cells.values
    let wanted = inside.indices.filter { inside[$0] }
    let index = fields.index.cropped(to: grid, fill: .nan).values
    let known = wanted.filter { !state.storages[$0].isNaN }
    // Coastal cells may be sea to the JMA; an area beyond its grid is a mistake.
    guard 2 * known.count >= wanted.count, !known.isEmpty else {
      throw WarmStartError.notCovered(path: file, known: known.count, cells: wanted.count, area: area.name)
    }
    let text = "\((file as NSString).lastPathComponent), \(hour), sha256 \(try sha256(ofFile: file))"
    for day in days { try? FileManager.default.removeItem(atPath: store.path(of: day)) }
    try WarmStart(hour: hour, state: state, source: text).write(to: workspace.warmStart, on: store.cells.grid)
    let total = state.soilWaterIndex
    return WarmStartReport(
      file: file, time: "\(hour)", cells: known.count, cellsWithoutValue: wanted.count - known.count,
      cellsWithoutThirdTank: known.count { total[$0] > index[$0] + 1e-3 },
      largestIndex: known.map { index[$0] }.max() ?? 0)
  }
}

/// Why soil water cannot begin with a file.
package enum WarmStartError: ReportedError, Equatable {
  case damaged(path: String)
  case statesThere(folder: String, first: JSTDay, last: JSTDay)
  case betweenHours(path: String, time: String)
  case notCovered(path: String, known: Int, cells: Int, area: String)

  package var exitCode: ExitCode {
    switch self {
    case .statesThere: .usage
    case .damaged, .betweenHours, .notCovered: .badInput
    }
  }

  package var description: String {
    switch self {
    case .damaged(let path):
      "\(path): is damaged, or of an earlier lsmap; take its soil water again with lsmap soilwater run --warm-start"
    case .statesThere(let folder, let first, let last):
      "\(folder): holds states from \(first) to \(last) already; begin anew with --overwrite"
    case .betweenHours(let path, let time):
      "\(path): its soil water is of \(time), between two hours; give an analysis of a full hour"
    case .notCovered(let path, let known, let cells, let area):
      "\(path): has soil water for \(known) of the \(cells) cells of \(area); give a file that covers the area"
    }
  }
}
