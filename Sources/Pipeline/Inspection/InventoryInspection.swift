package import Forecasting

/// An inventory in figures: the landslides that can be used, and each that cannot, with its reason.
package struct InventoryInspection: Encodable, Sendable {
  package struct RejectCount: Encodable, Sendable {
    package let reason: Inventory.Reject.Reason
    package let records: Int
  }

  package let path: String
  package let records: Int
  package let events: Int
  /// Events whose hour is known too.
  package let eventsWithHour: Int
  /// Different cells and days of the events.
  package let cells: Int
  package let days: Int
  package let firstDay: String?
  package let lastDay: String?
  package let rejectCounts: [RejectCount]
  package let rejects: [Inventory.Reject]

  /// Rejects that the words list one by one; `--json` lists all.
  private static let listed = 20

  package init(
    of path: String, columns: InventoryColumns = InventoryColumns(), referenceSystem: String? = nil
  ) throws {
    self.init(try readInventory(path, columns: columns, referenceSystem: referenceSystem), path: path)
  }

  init(_ inventory: Inventory, path: String) {
    self.path = path
    records = inventory.events.count + inventory.rejects.count
    events = inventory.events.count
    eventsWithHour = inventory.events.count { $0.hour != nil }
    cells = Set(inventory.events.map(\.code)).count
    let dates = Set(inventory.events.map(\.day))
    days = dates.count
    firstDay = dates.min()?.description
    lastDay = dates.max()?.description
    rejectCounts = inventory.rejectCounts.map { RejectCount(reason: $0.reason, records: $0.count) }
    rejects = inventory.rejects
  }

  package var words: String {
    var lines = ["\(path): inventory of \(records) records"]
    lines.append("  usable: \(events), \(eventsWithHour) of them to the hour, in \(cells) cells on \(days) days")
    if let firstDay, let lastDay { lines.append("  first \(firstDay), last \(lastDay) (Japanese days)") }
    for count in rejectCounts { lines.append("  rejected: \(count.records) \(count.reason.words)") }
    for reject in rejects.prefix(Self.listed) {
      lines.append(
        "    record \(reject.number) \(reject.reason.rawValue): \(reject.detail.isEmpty ? "-" : reject.detail)")
    }
    if rejects.count > Self.listed { lines.append("    ... \(rejects.count - Self.listed) more; --json lists all") }
    return lines.joined(separator: "\n")
  }
}

extension Inventory.Reject.Reason {
  var words: String {
    switch self {
    case .undated: "undated: no single day is named"
    case .unplaced: "unplaced: no position"
    case .imprecise: "imprecise: position less certain than \(Int(Inventory.largestError)) km"
    case .outside: "outside the area or the MESH3 lattice"
    case .notRain: "not of a trigger that counts"
    }
  }
}
