import Mesh
import Rasters

/// Which of the things found the catalogue names, one a section.
struct InputChoice {
  /// All that was found; what is used is marked.
  private(set) var found: [FoundInput]
  /// Places in `found`, by section.
  private(set) var sections: [FoundInput.Role: Int] = [:]
  /// Tables of gauges and their stations, where the rain is gauges.
  private(set) var gauges: (tables: [Int], stations: Int)?
  /// Legends of soil and vegetation.
  private(set) var legends: [FoundInput.Role: Int] = [:]
  private(set) var period: ClosedRange<JSTHour>?

  /// A source must cover so much of what the best one covers to be preferred for being finer.
  private static let nearlyAll = 0.95

  /// - Parameters:
  ///   - found: In the order of the files.
  ///   - area: Gives the cells that matter, from the boundaries that were chosen; `nil` where no area is named.
  /// - Throws: What finding the area and opening gauges throws.
  init(_ found: [FoundInput], area: (FoundInput?) throws -> MeshGrid?) throws {
    self.found = found
    chooseBoundaries()
    chooseTerrain(try area(self[.boundaries]))
    for role in [FoundInput.Role.soil, .vegetation] { chooseClasses(role) }
    for role in [FoundInput.Role.exposure, .roads, .inventory, .model, .tokyoGrid, .forecastRain] {
      if let best = best(of: role), found[best].weight > 0 { use(best, as: role) }
    }
    try chooseRain()
    for (place, input) in self.found.enumerated() where !input.isUsed && input.remarks.isEmpty {
      if let other = sections[input.role] {
        self.found[place].remarks = ["not used: \(lastPart(found[other].path)) is"]
      }
    }
  }

  subscript(role: FoundInput.Role) -> FoundInput? { sections[role].map { found[$0] } }

  private func places(of role: FoundInput.Role) -> [Int] { found.indices.filter { found[$0].role == role } }

  /// Of several the one with the most in it; of equals the first.
  private func best(of role: FoundInput.Role) -> Int? {
    places(of: role).max { (found[$0].weight, $1) < (found[$1].weight, $0) }
  }

  private mutating func use(_ place: Int, as role: FoundInput.Role) {
    sections[role] = place
    found[place].isUsed = true
  }

  /// Municipalities serve as boundaries where nothing else does, and as themselves where they are those of all the areas.
  private mutating func chooseBoundaries() {
    let (areas, towns) = (best(of: .boundaries), best(of: .municipalities))
    if let areas {
      use(areas, as: .boundaries)
      guard let towns else { return }
      if found[areas].names.isSubset(of: found[towns].names) {
        use(towns, as: .municipalities)
      } else {
        found[towns].remarks.append(
          "not used: municipalities of \(found[towns].names.sorted().prefix(3).joined(separator: ", ")) alone; name it as "
            + "municipalities: for a run there")
      }
    } else if let towns {
      use(towns, as: .boundaries)
    }
  }

  /// What covers most of the area; of those that cover it alike a model before a table of means.
  private mutating func chooseTerrain(_ area: MeshGrid?) {
    func cover(_ place: Int) -> Int {
      guard let area, let cells = found[place].cells else { return found[place].weight }
      return cells.intersection(area)?.count ?? 0
    }
    let all = places(of: .terrain)
    guard let most = all.map(cover).max(), most > 0 else { return }
    let enough = all.filter { Double(cover($0)) >= Self.nearlyAll * Double(most) }
    guard let chosen = enough.first(where: { !found[$0].isRough }) ?? enough.first else { return }
    use(chosen, as: .terrain)
    for other in all where other != chosen && found[other].remarks.isEmpty {
      let share =
        area == nil
        ? "\(cover(other)) cells against \(cover(chosen))" : "\(cover(other)) of \(cover(chosen)) cells of the area"
      found[other].remarks = [
        "not used: covers \(share)" + (area == nil ? "; with --area what covers that area best is taken" : "")
      ]
    }
  }

  /// A map of classes with the legend that knows its codes: the one beside it of the most codes in common.
  private mutating func chooseClasses(_ role: FoundInput.Role) {
    guard let map = best(of: role) else { return }
    let most = role == .soil ? 10 : 11
    func common(_ legend: Int) -> Int { found[legend].names.intersection(found[map].names).count }
    func isNamed(_ legend: Int) -> Bool {
      let name = lastPart(found[legend].path).lowercased()
      let own = lastPart(found[map].path).lowercased().prefix { $0.isLetter }
      return own.count >= 3 && name.hasPrefix(own)
    }
    let fits = places(of: .legend).filter { found[$0].weight <= most && common($0) * 2 >= found[map].names.count }
    let chosen = fits.max { a, b in
      (isNamed(a) ? 1 : 0, common(a), b) < (isNamed(b) ? 1 : 0, common(b), a)
    }
    guard let chosen else {
      found[map].remarks.append("not used: no legend (code,class,name) has its codes; write one, class 0 for none")
      return
    }
    use(map, as: role)
    legends[role] = chosen
    found[chosen].isUsed = true
    found[chosen].remarks = ["of \(role.rawValue)"]
  }

  /// The source of the most hours; gauges are one source with the stations that they name.
  private mutating func chooseRain() throws {
    var bestGauges: (tables: [Int], stations: Int, hours: [JSTHour])?
    for stations in places(of: .stations) {
      let tables = places(of: .rain).filter { place in
        found[place].keys.first?.value == RainInput.Format.stations.rawValue
          && !found[place].names.isDisjoint(with: found[stations].names)
      }.sorted { (-found[$0].weight, $0) < (-found[$1].weight, $1) }
      guard !tables.isEmpty else { continue }
      let input = RainInput(
        format: .stations, files: tables.map { found[$0].path }, stations: found[stations].path)
      let hours = try openRainSource(input).hours
      if hours.count > bestGauges?.hours.count ?? 0 { bestGauges = (tables, stations, hours) }
    }
    let fields = places(of: .rain).filter { !found[$0].hours.isEmpty }.max {
      (found[$0].hours.count, $1) < (found[$1].hours.count, $0)
    }
    if let gauges = bestGauges, gauges.hours.count >= fields.map({ found[$0].hours.count }) ?? 0 {
      self.gauges = (gauges.tables, gauges.stations)
      sections[.rain] = gauges.tables[0]
      for place in gauges.tables + [gauges.stations] { found[place].isUsed = true }
      period = gauges.hours[0]...gauges.hours[gauges.hours.count - 1]
    } else if let fields {
      use(fields, as: .rain)
      period = found[fields].hours[0]...found[fields].hours[found[fields].hours.count - 1]
    }
    for place in places(of: .rain)
    where !found[place].isUsed && found[place].hours.isEmpty && found[place].remarks.isEmpty {
      found[place].remarks = ["not used: no table of stations (id, lat, lon) has its stations"]
    }
  }
}

func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
