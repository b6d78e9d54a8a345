import Forecasting
import Mesh
import Rasters

/// The cells that samples are about, their regions and their landslides.
struct SampleSites {
  struct Site {
    let cell: Mesh3Code
    let region: String
    /// Landslides of each day; empty where nobody looked.
    let events: [JSTDay: Int]
    let isLabelled: Bool
  }

  /// Labelled ones first, each by code.
  private(set) var sites: [Site] = []
  private(set) var drops: [SampleNotes.Drop] = []
  private(set) var rules: [String] = []

  /// Chooses the cells of a request.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - project: The area.
  ///   - days: Days that may become samples.
  ///   - isLand: Whether a cell has an elevation.
  /// - Throws: `DatasetError`, or what reading the inventory and polygons throws.
  init(_ request: DatasetRequest, of project: Project, days: ClosedRange<JSTDay>, isLand: (Mesh3Code) -> Bool) throws {
    let listed = try request.cells.map { path in try inside(try DatasetRequest.codes(in: path), path, of: project) }
    let events = try landslides(request, of: project, days: days)
    let anchors = listed ?? events.keys.sorted { $0.number < $1.number }
    let free = try unlabelledCells(request, of: project, isLand: isLand)
    let regions = try names(of: Array(Set(anchors + free.cells + events.keys)), request)
    rules.append(request.cells.map { "cells: those of \($0)" } ?? "cells: those with a landslide")

    var eventsOfRegions: [String: Int] = [:]
    for (cell, days) in events { eventsOfRegions[regions[cell] ?? "", default: 0] += days.values.reduce(0, +) }
    rules.append("regions: \(request.regions ?? "second mesh"), those with \(request.leastEvents) landslides or more")
    var left: Set<String> = []
    for cell in anchors {
      guard let region = regions[cell] else {
        drops.append(.init(what: "cell", place: "\(cell)", reason: "in no region"))
        continue
      }
      let count = eventsOfRegions[region] ?? 0
      guard count >= request.leastEvents else {
        if left.insert(region).inserted {
          let reason = "fewer than \(request.leastEvents) landslides"
          drops.append(.init(what: "region", place: "\(region) (\(count))", reason: reason))
        }
        continue
      }
      sites.append(Site(cell: cell, region: region, events: events[cell] ?? [:], isLabelled: true))
    }
    dropElsewhere(events, anchors: Set(anchors))
    let taken = Set(sites.map(\.region))
    addUnlabelled(free, regions: regions, taken: taken)
  }

  /// Landslides in cells that are not on the list.
  private mutating func dropElsewhere(_ events: [Mesh3Code: [JSTDay: Int]], anchors: Set<Mesh3Code>) {
    for cell in events.keys.filter({ !anchors.contains($0) }).sorted(by: { $0.number < $1.number }) {
      for day in (events[cell] ?? [:]).keys.sorted() {
        drops.append(.init(what: "landslide day", place: "\(cell)", day: "\(day)", reason: "its cell is not listed"))
      }
    }
  }

  /// Adds the cells without labels; of an area, the middle land cell of each region that has no labelled ones.
  private mutating func addUnlabelled(
    _ free: (cells: [Mesh3Code], oneOfEach: Bool), regions: [Mesh3Code: String], taken: Set<String>
  ) {
    let labelled = Set(sites.map(\.cell))
    var groups: [String: [Mesh3Code]] = [:]
    for cell in free.cells where !labelled.contains(cell) { groups[regions[cell] ?? "", default: []].append(cell) }
    groups[""] = nil
    for (region, cells) in groups.sorted(by: { $0.key < $1.key }) {
      if free.oneOfEach && taken.contains(region) { continue }
      let chosen = free.oneOfEach ? [Self.middle(of: cells)] : cells.sorted { $0.number < $1.number }
      sites += chosen.map { Site(cell: $0, region: region, events: [:], isLabelled: false) }
    }
  }

  /// The cell nearest to the mean place; of equals the one with the smallest code.
  static func middle(of cells: [Mesh3Code]) -> Mesh3Code {
    let (rows, columns) = cells.reduce((0, 0)) { ($0.0 + $1.row, $0.1 + $1.column) }
    func distance(_ cell: Mesh3Code) -> Int {
      let (dy, dx) = (cell.row * cells.count - rows, cell.column * cells.count - columns)
      return dy * dy + dx * dx
    }
    return cells.sorted { (distance($0), $0.number) < (distance($1), $1.number) }[0]
  }

  /// Landslides by cell and day, of the area and the days.
  private mutating func landslides(
    _ request: DatasetRequest, of project: Project, days: ClosedRange<JSTDay>
  ) throws -> [Mesh3Code: [JSTDay: Int]] {
    // Without an inventory only samples without labels can be asked for.
    guard project.catalogue.inventory != nil || request.unlabelled == nil else { return [:] }
    let inventory = try project.inventory()
    drops += inventory.rejects.map {
      .init(what: "landslide", place: "record \($0.number): \($0.detail)", reason: $0.reason.words)
    }
    var events: [Mesh3Code: [JSTDay: Int]] = [:]
    for event in inventory.events {
      guard days.contains(event.day) else {
        let reason = "outside the days of the samples"
        drops.append(.init(what: "landslide", place: "\(event.code)", day: "\(event.day)", reason: reason))
        continue
      }
      events[event.code, default: [:]][event.day, default: 0] += 1
    }
    if let first = inventory.events.map(\.day).min(), let last = inventory.events.map(\.day).max() {
      rules.append(
        "labels: \(inventory.events.count) landslides of the inventory in the area, \(first) to \(last); other days count "
          + "as days without")
    }
    guard !events.isEmpty || request.unlabelled != nil else {
      let counts = inventory.rejectCounts.map { "\($0.count) \($0.reason.rawValue)" }
      let other = inventory.events.isEmpty ? [] : ["\(inventory.events.count) on other days"]
      throw DatasetError.noLandslide(
        area: project.area.name, from: days.lowerBound, to: days.upperBound,
        found: (other + counts).joined(separator: ", "))
    }
    return events
  }

  private mutating func inside(
    _ codes: [Mesh3Code], _ path: String, of project: Project
  ) throws(DatasetError) -> [Mesh3Code] {
    let (area, kept) = (project.area.cells, codes.filter { project.area.cells[$0] ?? false })
    for code in codes where !(area[code] ?? false) {
      drops.append(.init(what: "cell", place: "\(code)", reason: "outside \(project.area.name)"))
    }
    guard !kept.isEmpty else { throw .tooFar(path: path) }
    return kept
  }

  private mutating func unlabelledCells(
    _ request: DatasetRequest, of project: Project, isLand: (Mesh3Code) -> Bool
  ) throws -> (cells: [Mesh3Code], oneOfEach: Bool) {
    guard let text = request.unlabelled else { return ([], false) }
    rules.append("without labels: \(text)")
    if text.hasSuffix(".txt") || text.hasSuffix(".csv") {
      return (try inside(try DatasetRequest.codes(in: text), text, of: project), false)
    }
    let area = try Area.named(text, in: project.catalogue.boundaries)
    let codes = area.cells.values.indices.filter { area.cells.values[$0] }.map { area.grid.code(at: $0) }
    let kept = codes.filter { (project.area.cells[$0] ?? false) && isLand($0) }
    guard !kept.isEmpty else { throw DatasetError.tooFar(path: text) }
    return (kept, true)
  }

  private func names(of cells: [Mesh3Code], _ request: DatasetRequest) throws -> [Mesh3Code: String] {
    guard let text = request.regions else {
      return Dictionary(uniqueKeysWithValues: cells.map { ($0, $0.secondMesh) })
    }
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { throw DatasetError.badRegions(text) }
    return try polygonNames(
      of: cells, in: VectorInput(String(text[..<colon])), attribute: String(text[text.index(after: colon)...]))
  }
}
