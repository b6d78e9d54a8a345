package import Mesh

extension ClimatologyBuilder {
  /// What a builder has gathered, as plain numbers that a file can keep.
  package struct Gathered: Sendable, Equatable {
    package var days: [JSTDay] = []
    /// Highest index of each day, mm, shape `(days, cells)`; `NaN` where invalid.
    package var dailyMaxima: [Float] = []
    /// Finished events in the order of the units, four numbers each: unit, first and last day since 1970, count of nodes.
    package var events: [Int32] = []
    /// Events that go on, four numbers each: unit, first and last wet hour since 1970, count of nodes.
    package var openEvents: [Int32] = []
    /// Nodes of the finished events, then of those that go on, in their order; two numbers each: soil water, rain.
    package var nodes: [UInt16] = []

    package init() {}

    /// Equal to the bit; `NaN` equals `NaN`.
    package static func == (a: Gathered, b: Gathered) -> Bool {
      a.days == b.days && a.events == b.events && a.openEvents == b.openEvents
        && a.nodes == b.nodes && a.dailyMaxima.count == b.dailyMaxima.count
        && zip(a.dailyMaxima, b.dailyMaxima).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
  }

  package var gathered: Gathered {
    var result = Gathered()
    result.days = days
    result.dailyMaxima = dailyMaxima.flatMap { $0 }
    for (unit, recorder) in recorders.enumerated() {
      for event in recorder.finished {
        let (first, last) = (event.days.lowerBound.daysSince1970, event.days.upperBound.daysSince1970)
        result.events += [Int32(unit), Int32(first), Int32(last), Int32(event.nodes.count)]
        result.nodes += event.nodes.flatMap { [$0.soilWater, $0.rain] }
      }
    }
    for (unit, recorder) in recorders.enumerated() {
      guard let open = recorder.unfinished else { continue }
      let hours = [open.first, open.lastWet].map { Int32($0.hoursSince1970) }
      result.openEvents += [Int32(unit)] + hours + [Int32(open.nodes.count)]
      result.nodes += open.nodes.flatMap { [$0.soilWater, $0.rain] }
    }
    return result
  }

  /// A builder that goes on where another stopped; `nil` for numbers that contradict each other or the grid.
  ///
  /// - Parameters:
  ///   - grid: As of the other.
  ///   - settings: As of the other, axes included.
  ///   - threads: Workers.
  ///   - gathered: What the other had.
  /// - Throws: `badParameter` for settings out of range.
  package init?(
    grid: MeshGrid, settings: ClimatologySettings, threads: Int, gathered: Gathered
  ) throws(SoilWaterError) {
    try self.init(grid: grid, settings: settings, threads: threads)
    let cells = grid.count
    guard gathered.dailyMaxima.count == gathered.days.count * cells,
      gathered.events.count % 4 == 0, gathered.openEvents.count % 4 == 0,
      zip(gathered.days, gathered.days.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    var place = 0
    func nodes(_ count: Int32) -> [StateNode]? {
      guard count >= 0, place + 2 * Int(count) <= gathered.nodes.count else { return nil }
      defer { place += 2 * Int(count) }
      let found = (0..<Int(count)).map { number in
        StateNode(soilWater: gathered.nodes[place + 2 * number], rain: gathered.nodes[place + 2 * number + 1])
      }
      let last = StateNode.last
      return found.allSatisfy { $0.soilWater <= last.soilWater && $0.rain <= last.rain } ? found : nil
    }
    var recorders = self.recorders
    for row in stride(from: 0, to: gathered.events.count, by: 4) {
      let (unit, first, last) = (gathered.events[row], gathered.events[row + 1], gathered.events[row + 2])
      guard recorders.indices.contains(Int(unit)), first <= last, let visited = nodes(gathered.events[row + 3]) else {
        return nil
      }
      let days = JSTDay(daysSince1970: Int(first))...JSTDay(daysSince1970: Int(last))
      recorders[Int(unit)].restore(RainEvent(days: days, nodes: visited))
    }
    for row in stride(from: 0, to: gathered.openEvents.count, by: 4) {
      let numbers = gathered.openEvents[row..<row + 4].map { $0 }
      guard recorders.indices.contains(Int(numbers[0])), let visited = nodes(numbers[3]) else { return nil }
      let hours = numbers[1...2].map { JSTHour(hoursSince1970: Int($0)) }
      recorders[Int(numbers[0])].restore(first: hours[0], lastWet: hours[1], nodes: visited)
    }
    let maxima = gathered.days.indices.map { Array(gathered.dailyMaxima[$0 * cells..<($0 + 1) * cells]) }
    restore(recorders, days: gathered.days, dailyMaxima: maxima)
  }
}
