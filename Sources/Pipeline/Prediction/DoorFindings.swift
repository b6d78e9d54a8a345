import Mesh
import Rasters
import Statistics

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
  ///   - ground: What the parts that it is worked on in know of the ground.
  /// - Throws: What reading the workspace throws.
  init(of project: Project, through day: JSTDay, ground: [GroundCover]) throws(RasterError) {
    var kept: [RainIrregularity] = []
    let days = Array(day.advanced(by: -Self.memoryDays)...day)
    // Each opens a file: a day's run of a prefecture is short enough for that to show.
    let findings = try mapInParallel(days.count, threads: project.threads) { (place) throws(RasterError) in
      try project.archive.record(of: days[place])?.findings
    }
    for (past, found) in zip(days, findings) {
      guard let found else { continue }
      // Cells of a store that several areas share are not all this area's.
      kept += found.filter { $0.kind != .uncovered || !project.sharesStore }
      let isRecent = past.distance(to: day) <= Self.gapDays
      // Cells without rain are counted cell by cell elsewhere (quality band).
      if isRecent, found.contains(where: { $0.kind.isGap && $0.kind != .uncovered }) { hasGaps = true }
    }
    let imported = project.archive.lastIrregularities()
    if imported.contains(where: \.kind.isGap) { hasGaps = true }
    rain = RainIrregularity.summed(imported + kept)
    add(ground, project.catalogue)
  }

  private mutating func add(_ ground: [GroundCover], _ catalogue: Catalogue) {
    reports = ground.map(\.report)
    let cells = ground.reduce(0) { $0 + $1.cells }
    func known(_ layer: KeyPath<GroundCover, Int>) -> Int { ground.reduce(0) { $0 + $1[keyPath: layer] } }
    guard cells > 0 else { return }
    let covers: [(layer: Phrase, isAbsent: Bool, known: Int)] = [
      (.elevation, catalogue.terrain == nil, known(\.elevation)), (.soil, catalogue.soil == nil, known(\.soil)),
      (.vegetation, catalogue.vegetation == nil, known(\.vegetation)),
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
