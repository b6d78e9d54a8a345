import Foundation
package import Mesh
package import Rasters
package import SoilWater

/// Soil-water states of an area, a file a day: `YYYY-MM-DD.tif` under one folder, the tanks at 24:00 of that day.
///
/// Of the last month every day is kept, of the time before it every tenth: the days between are a moment's work from the state
/// before them, to the same bits, and twenty years of a country take a tenth of the room.
///
/// The first three bands are the tanks, mm. Bands that a state needs for missing hours (`SoilWaterState`) are written only
/// where they hold something. Missing hours of a day are a whole number of 24 bits, which a Float32 holds exactly.
package struct StateStore: Sendable {
  package let folder: String
  package let cells: CellSet
  package let threads: Int
  package let parameters: TankParameters
  /// States that are in memory.
  private let kept: DailyFiles

  private static let recentDays = 31
  private static let olderStride = 10
  private static let kindTag = "LSMAP_KIND"
  private static let tanksTag = "LSMAP_TANKS"
  private static let hashTag = "LSMAP_TANKS_HASH"
  private static let dayTag = "LSMAP_DAY"
  private static let tankNames = ["tank 1", "tank 2", "tank 3"]
  private static let lastRainName = "last rain"
  private static let gapNames = ["tank 1 before gap", "tank 2 before gap", "tank 3 before gap"]
  private static let hoursName = "hours run"

  init(
    folder: String, cells: CellSet, parameters: TankParameters, threads: Int = 1, kept: DailyFiles = DailyFiles()
  ) {
    self.folder = folder
    self.kept = kept
    self.cells = cells
    self.threads = threads
    self.parameters = parameters
  }

  package func path(of day: JSTDay) -> String { "\(folder)/\(day).tif" }

  /// The days that have a state, ascending.
  package func days() -> [JSTDay] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      name.count == 14 && name.hasSuffix(".tif") ? JSTDay(name.prefix(10)) : nil
    }.sorted()
  }

  /// The latest day of the range that has a state.
  package func latest(in range: ClosedRange<JSTDay>) -> JSTDay? { days().last(where: range.contains) }

  /// Whether the state of a day is kept.
  ///
  /// - Parameters:
  ///   - day: The day.
  ///   - newest: The latest day with a state.
  /// - Returns: Whether it is among the last 31, or a tenth day.
  package static func keeps(_ day: JSTDay, newest: JSTDay) -> Bool {
    day.distance(to: newest) < recentDays || day.daysSince1970 % olderStride == 0
  }

  /// Deletes the states that are not kept, now that later ones are there.
  ///
  /// - Parameter warm: Day of the warm start, whose state stays.
  func prune(sparing warm: JSTDay?) {
    let days = days()
    guard let newest = days.last else { return }
    for day in days where day != warm && !Self.keeps(day, newest: newest) {
      try? FileManager.default.removeItem(atPath: path(of: day))
    }
  }

  /// Writes a state atomically.
  ///
  /// - Parameters:
  ///   - state: At 24:00 of a day, a value for each cell of the store.
  ///   - tags: Further metadata: what the rain came from.
  /// - Throws: `RasterError.cannotWrite`; a state of that day stays as it was then.
  package func write(_ state: SoilWaterState, tags: [String: String] = [:]) throws(RasterError) {
    precondition(state.cells == cells.count, "a state of \(state.cells) cells for \(cells.count)")
    guard let day = state.day else { preconditionFailure("a state without a day cannot be stored") }
    let count = cells.count
    var bands: [DescribedBand] = []
    for tank in 0..<3 {
      let values = Array(state.storages[tank * count..<(tank + 1) * count])
      bands.append(DescribedBand(.tank, name: Self.tankNames[tank], values: values))
    }
    bands.append(DescribedBand(.tank, name: Self.lastRainName, values: state.lastRain))
    bands.append(DescribedBand(.count, name: Self.hoursName, values: state.hoursRun.map(Float.init)))
    if !state.storagesBeforeGap.allSatisfy(\.isNaN) {
      for tank in 0..<3 {
        let values = Array(state.storagesBeforeGap[tank * count..<(tank + 1) * count])
        bands.append(DescribedBand(.tank, name: Self.gapNames[tank], values: values))
      }
    }
    for (age, missing) in state.missingHours.enumerated() where !missing.isEmpty {
      // A bare `Float.init` would take the bits for a number's.
      bands.append(DescribedBand(.count, name: Self.missingName(age), values: missing.map { Float($0) }))
    }
    var tags = tags
    tags[Self.kindTag] = DerivedKind.state.title
    tags[Self.dayTag] = "\(day)"
    tags[Self.tanksTag] = parameters.canonicalText
    tags[Self.hashTag] = parameters.hash
    try CellFile.write(bands, at: cells, to: path(of: day), tags: tags, threads: threads)
  }

  /// Reads the state at 24:00 of a day.
  ///
  /// - Returns: The state at the store's cells; `nil` where there is no file.
  /// - Throws: `StateError` for a state of another grid, day, version or model, `RasterError` for a damaged file.
  package func read(_ day: JSTDay) throws -> SoilWaterState? {
    let path = path(of: day)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let contents = try kept.contents(of: path, on: day, at: cells) { try CellFile.read(path, at: $0, threads: threads) }
    guard let file = contents else { return nil }
    try check(file.tags, of: day)
    guard file.grid.contains(cells.grid) else { throw StateError.otherGrid(path: path) }
    func counts(_ name: String) -> [Int]? {
      file.band(name)?.map { $0.isFinite && abs($0) < 0x1p31 ? Int($0) : -1 }
    }
    let tanks = Self.tankNames.compactMap(file.band)
    guard tanks.count == 3, let lastRain = file.band(Self.lastRainName), let hours = counts(Self.hoursName) else {
      throw StateError.noState(path: path)
    }
    var state = SoilWaterState(cells: cells.count)
    state.day = day
    state.storages = tanks.flatMap { $0 }
    state.lastRain = Array(lastRain)
    state.hoursRun = hours.map { Int32(clamping: $0) }
    let gaps = Self.gapNames.compactMap(file.band)
    if gaps.count == 3 { state.storagesBeforeGap = gaps.flatMap { $0 } }
    for age in 0..<SoilWaterState.historyDays {
      guard let missing = counts(Self.missingName(age)) else { continue }
      state.missingHours[age] = missing.map { UInt32(clamping: $0) & MissingRain.allHours }
    }
    if let fact = state.impossibility { throw StateError.impossible(path: path, fact: fact) }
    return state
  }

  /// Looks whether a state is one of that day and of these tanks, without reading a value.
  ///
  /// - Throws: `StateError`, or `RasterError` for a file that cannot be opened.
  func check(_ day: JSTDay) throws { try check(try LayerFile.tags(of: path(of: day)), of: day) }

  private func check(_ tags: [String: String], of day: JSTDay) throws(StateError) {
    let path = path(of: day)
    guard tags[Self.kindTag] == DerivedKind.state.title, tags[Self.dayTag] == "\(day)" else {
      throw .noState(path: path)
    }
    guard tags[Self.hashTag] == parameters.hash else {
      throw .otherTanks(path: path, stored: tags[Self.tanksTag] ?? "?", wanted: parameters.canonicalText)
    }
  }

  private static func missingName(_ age: Int) -> String { "missing hours, \(age) days before" }
}

/// Why a stored state cannot be used.
package enum StateError: ReportedError, Equatable {
  case noState(path: String)
  case otherTanks(path: String, stored: String, wanted: String)
  case otherGrid(path: String)
  case impossible(path: String, fact: String)

  package var exitCode: ExitCode { .badInput }
  package var description: String {
    switch self {
    case .noState(let path): "\(path): is no soil water state of that day; delete it and run again"
    case .otherTanks(let path, let stored, let wanted):
      "\(path): was made with other tanks (\(stored)) than now wanted (\(wanted)); "
        + "delete the states or use another folder"
    case .impossible(let path, let fact): "\(path): holds \(fact), which no rain leads to; delete it and run again"
    case .otherGrid(let path):
      "\(path): does not cover the area; use another folder for this area or delete the states"
    }
  }
}

extension LayerDescription {
  package static let tank = LayerDescription(
    name: "tank", title: "Storage of a tank", unit: "mm", validRange: 0...5_000)
  package static let count = LayerDescription(name: "count", title: "Count", unit: "1", validRange: -1...16_777_216)
}
