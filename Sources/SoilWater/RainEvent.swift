package import Mesh

/// A spell of rain over a unit and the nodes of the (soil water, rain) plane it passed.
///
/// It begins with a wet hour after enough dry ones and ends as many hours after its last wet one. One that goes on has the
/// end it will have without more rain, so that a past cut at a day is that of the days before, whatever came later.
/// - Source: METHOD.md 2.2, steps 2 and 4.
package struct RainEvent: Sendable, Equatable {
  package let days: ClosedRange<JSTDay>
  /// The visited nodes, by soil water, then rain.
  package let nodes: [StateNode]

  /// The most soil water and the most rain that any of some events reaches.
  static func farthest(of events: [RainEvent]) -> StateNode {
    events.reduce(StateNode(soilWater: 0, rain: 0)) { farthest, event in
      event.nodes.reduce(farthest) {
        StateNode(soilWater: max($0.soilWater, $1.soilWater), rain: max($0.rain, $1.rain))
      }
    }
  }
}

/// The events of a unit, built hour by hour.
struct EventRecorder: Sendable {
  private(set) var finished: [RainEvent] = []
  /// A bit a node by its place, as far as one was visited.
  private var visited: [UInt64] = []
  private let dryHours: Int
  private var first: JSTHour?
  private var lastWet: JSTHour?

  /// - Parameter dryHours: Dry hours that end an event.
  init(dryHours: Int) { self.dryHours = dryHours }

  /// Begins an hour.
  ///
  /// - Parameters:
  ///   - hour: Later than all before.
  ///   - isWet: Whether it rained anywhere in the unit.
  /// - Returns: Whether the hour belongs to an event, so that its states count.
  mutating func begin(_ hour: JSTHour, isWet: Bool) -> Bool {
    if let lastWet, lastWet.distance(to: hour) > dryHours { finish() }
    if isWet {
      if first == nil { first = hour }
      lastWet = hour
    }
    return first != nil
  }

  mutating func visit(_ node: StateNode) {
    let place = node.place
    if visited.count <= place >> 6 { visited += [UInt64](repeating: 0, count: (place >> 6) + 1 - visited.count) }
    visited[place >> 6] |= 1 << UInt64(place & 63)
  }

  private mutating func finish() {
    if let event = open { finished.append(event) }
    first = nil
    lastWet = nil
    for word in visited.indices { visited[word] = 0 }
  }

  /// The event that goes on.
  private var open: RainEvent? {
    guard let first, let lastWet else { return nil }
    return RainEvent(days: first.day...lastWet.advanced(by: dryHours).day, nodes: nodes)
  }

  private var nodes: [StateNode] {
    var nodes: [StateNode] = []
    for (place, word) in visited.enumerated() where word != 0 {
      for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { nodes.append(StateNode(place: place * 64 + bit)) }
    }
    return nodes
  }

  /// The event that goes on, with what decides when it ends.
  var unfinished: (first: JSTHour, lastWet: JSTHour, nodes: [StateNode])? {
    guard let first, let lastWet else { return nil }
    return (first, lastWet, nodes)
  }

  /// Adds an event that ended before.
  mutating func restore(_ event: RainEvent) { finished.append(event) }

  /// Goes on with an event.
  mutating func restore(first: JSTHour, lastWet: JSTHour, nodes: [StateNode]) {
    (self.first, self.lastWet) = (first, lastWet)
    for node in nodes { visit(node) }
  }

  /// All events, the one that goes on with what is known of it.
  var events: [RainEvent] { open.map { finished + [$0] } ?? finished }
}
