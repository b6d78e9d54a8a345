import Mesh
import Statistics

extension ClimatologyBuilder {
  /// Fits the units to the days of a reference.
  ///
  /// Events that touch a day outside the reference are left out, and so are events with a landslide in the unit; landslide
  /// days do not enter the rank either.
  /// - Parameters:
  ///   - reference: Which of the days taken in count.
  ///   - landslides: Known landslides, where labels may be used.
  ///   - parameters: The tanks that made the soil water.
  /// - Returns: The climatology; units without any day or event have none.
  /// - Throws: `unsolvable`.
  package func fit(
    _ reference: ReferenceDays, landslides: [LandslideDay] = [], parameters: TankParameters
  ) throws(SoilWaterError) -> Climatology {
    // Lengths that any of the units may need.
    let reached = (0..<units.count).map { settings.centres(holding: RainEvent.farthest(of: events(ofUnit: $0))) }
    let longest = reached.reduce(settings.centres) { max($0, $1.soilWater, $1.rain) }
    let axes = GaussianAxes(centres: settings.centres...longest, rho: settings.rho)
    var landslideDays = [Set<JSTDay>](repeating: [], count: units.count)
    for landslide in landslides {
      if let unit = units.unit(of: landslide.cell) { landslideDays[unit].insert(landslide.day) }
    }
    let kept = days.indices.filter { reference.contains(days[$0]) }
    var members = [Climatology.Unit?](repeating: nil, count: units.count)
    members.withUnsafeMutableBufferPointer { members in
      nonisolated(unsafe) let members = members
      inParallel(units.count, threads: threads) { unit in
        members[unit] = self.member(unit, reference, kept: kept, landslideDays: landslideDays[unit], axes: axes)
      }
    }
    if let failed = members.firstIndex(where: { $0 == nil }) { throw .unsolvable(unit: "\(failed)") }
    return Climatology(
      settings: settings, parameters: parameters, units: units, days: kept.map { days[$0] },
      members: members.compactMap { $0 })
  }

  private func member(
    _ unit: Int, _ reference: ReferenceDays, kept: [Int], landslideDays: Set<JSTDay>, axes: GaussianAxes
  ) -> Climatology.Unit? {
    var result = Climatology.Unit()
    let all = events(ofUnit: unit).filter { reference.contains($0.days) }
    let (disasters, quiet) = all.reduce(into: ([RainEvent](), [RainEvent]())) { parts, event in
      if landslideDays.contains(where: event.days.contains) { parts.0.append(event) } else { parts.1.append(event) }
    }
    let centres = settings.centres(holding: RainEvent.farthest(of: quiet))
    let basis = axes.basis(centres)
    let columns = basis.rain.nodes
    var counts = [Int32](repeating: 0, count: basis.soilWater.nodes * columns)
    for event in quiet { for node in event.nodes { counts[Int(node.soilWater) * columns + Int(node.rain)] += 1 } }
    let visits = counts.indices.filter { counts[$0] > 0 }.map { node in
      GaussianBasis.Visits(soilWater: node / columns, rain: node % columns, events: Int(counts[node]))
    }
    if !visits.isEmpty {
      guard let weights = basis.weights(visits, lambda: settings.lambda) else { return nil }
      (result.weights, result.centres) = (weights, centres)
    }
    rankDays(unit, kept: kept.filter { !landslideDays.contains(days[$0]) }, into: &result)
    let surface = CriticalSurface(result, axes, settings)
    (result.events, result.disasters) = (quiet.count, disasters.count)
    for event in quiet { countReached(event, surface, &result.eventsReaching) }
    for event in disasters { countReached(event, surface, &result.disastersReaching) }
    return result
  }

  /// Adds an event to the counts of the levels it reaches; states are taken at their nodes.
  private func countReached(_ event: RainEvent, _ surface: CriticalSurface, _ counts: inout [Int]) {
    let least = event.nodes.reduce(Float(1)) { min($0, surface.cover(at: $1)) }
    for (place, level) in Climatology.levels.enumerated() where least <= level { counts[place] += 1 }
  }

  private func rankDays(_ unit: Int, kept: [Int], into result: inout Climatology.Unit) {
    var values: [Float] = []
    var count = 0
    // Annual maxima of each cell.
    var maxima: [Int: [Float]] = [:]
    var daysOfYear: [Int: Int] = [:]
    let cells = cellsOfUnits[unit]
    for place in kept {
      let valid = cells.map { dailyMaxima[place][$0] }
      guard valid.contains(where: { !$0.isNaN }) else { continue }
      count += 1
      values += valid.filter { !$0.isNaN }
      let year = days[place].date.year
      daysOfYear[year, default: 0] += 1
      maxima[year] = zip(maxima[year] ?? valid, valid).map { $0.isNaN ? $1 : $1.isNaN ? $0 : max($0, $1) }
    }
    result.rank = HistoricalRank(sorted: values.sorted(), days: count)
    let years = maxima.keys.sorted().filter { daysOfYear[$0, default: 0] >= Self.daysOfFullYear }
    let series = cells.indices.map { cell in years.compactMap { maxima[$0].map { Double($0[cell]) } } }
    result.annualMaxima = AnnualMaxima(ofCells: series.filter { !$0.contains(where: \.isNaN) })
  }

  /// Days from which a calendar year has a maximum of its own.
  private static let daysOfFullYear = 330
}
