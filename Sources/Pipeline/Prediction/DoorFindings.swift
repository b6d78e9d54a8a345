import Foundation
import Mesh
import Rasters

/// What the inputs of a run turned out to be when they were read: told with every product, as long as they are used.
struct DoorFindings {
  private let rain: [RainIrregularity]
  /// Layers of the ground that few cells have, and how many do.
  private var thin: [(layer: Phrase, known: Int, cells: Int)] = []
  private var reports: [AlignmentReport] = []
  /// Whether something of it is a gap that a user must allow.
  private(set) var hasGaps = false

  /// Days before the wanted one whose rain still shows: the tanks forget in about so many (METHOD 1.2).
  private static let memoryDays = 60
  /// Days in which lost rain is a gap, as missing hours are.
  static let gapDays = 10
  /// Share of the area's cells that a named input of the ground must cover.
  static let leastGroundCover = 0.9

  /// - Parameters:
  ///   - project: Its archive and static stack are up to date.
  ///   - day: The last day of the run.
  ///   - parts: The parts it is worked on in.
  /// - Throws: What reading the workspace throws.
  init(of project: Project, through day: JSTDay, parts: [Project]) throws(RasterError) {
    var kept: [RainIrregularity] = []
    for past in day.advanced(by: -Self.memoryDays)...day {
      guard let found = try project.archive.record(of: past)?.findings else { continue }
      // Cells of a store that several areas share are not all this area's.
      kept += found.filter { $0.kind != .uncovered || !project.sharesStore }
      let isRecent = past.distance(to: day) <= Self.gapDays
      // Cells without rain are counted cell by cell elsewhere (quality band).
      if isRecent, found.contains(where: { $0.kind.isGap && $0.kind != .uncovered }) { hasGaps = true }
    }
    let imported = project.archive.lastIrregularities()
    if imported.contains(where: \.kind.isGap) { hasGaps = true }
    rain = RainIrregularity.summed(imported + kept)
    try addGround(of: parts, project.catalogue)
  }

  private mutating func addGround(of parts: [Project], _ catalogue: Catalogue) throws(RasterError) {
    var cells = 0
    var (elevation, soil, vegetation) = (0, 0, 0)
    for part in parts where FileManager.default.fileExists(atPath: part.workspace.staticStack) {
      let stack = try StaticStack.read(part.workspace.staticStack)
      let wanted = CellSet(part.cells)
      cells += wanted.count
      elevation += wanted.gather(stack.elevation.values[...]).count { !$0.isNaN }
      soil += wanted.gather(stack.soil.majority.values[...]).count { $0 != 0 }
      vegetation += wanted.gather(stack.vegetation.majority.values[...]).count { $0 != 0 }
      if let report = try? AlignmentReport.read(part.workspace.alignmentReport) { reports.append(report) }
    }
    guard cells > 0 else { return }
    let covers: [(layer: Phrase, isAbsent: Bool, known: Int)] = [
      (.elevation, catalogue.terrain == nil, elevation), (.soil, catalogue.soil == nil, soil),
      (.vegetation, catalogue.vegetation == nil, vegetation),
    ]
    for (layer, isAbsent, known) in covers where !isAbsent && Double(known) < Self.leastGroundCover * Double(cells) {
      thin.append((layer, known, cells))
    }
    // Codes that nobody explains and heights that may be feet make cells wrong: not to be passed in silence.
    if !thin.isEmpty || reports.contains(where: { !$0.doubts().isEmpty }) { hasGaps = true }
  }

  /// A sentence each.
  func notes(in language: Language) -> [String] {
    var doubts: [String] = []
    for doubt in reports.flatMap({ $0.doubts(in: language) }) where !doubts.contains(doubt) { doubts.append(doubt) }
    return rain.map { language.say(.noteRain, $0.sentence(in: language)) }
      + thin.map { language.say(.noteGroundThin, language.say($0.layer), "\($0.known)", "\($0.cells)") } + doubts
  }
}
