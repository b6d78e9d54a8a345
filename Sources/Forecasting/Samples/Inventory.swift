package import Mesh

/// A landslide of an inventory, placed on a cell and a day.
package struct InventoryEvent: Hashable, Sendable {
  package let code: Mesh3Code
  package let day: JSTDay
  /// Hour of the day by its end, 1 ... 24; `nil` where only the day is known.
  package let hour: Int?

  package init(code: Mesh3Code, day: JSTDay, hour: Int? = nil) {
    self.code = code
    self.day = day
    self.hour = hour
  }
}

/// A record as an inventory has it, before anybody believes it.
package struct InventoryRecord: Sendable {
  /// Line or feature in the file, from 1.
  package var number: Int
  package var date: String
  /// A clock in a column of its own.
  package var clock: String?
  /// Degrees on the lattice.
  package var latitude: Double?
  package var longitude: Double?
  /// What the inventory says about its position; `nil` where it has no such column.
  package var accuracy: String?
  /// km from the middle to the corner of the area it gives instead of a point.
  package var extent: Double
  /// `nil` where the inventory has no such column.
  package var trigger: String?

  package init(
    number: Int, date: String, clock: String? = nil, latitude: Double?, longitude: Double?, accuracy: String? = nil,
    extent: Double = 0, trigger: String? = nil
  ) {
    self.number = number
    self.date = date
    self.clock = clock
    self.latitude = latitude
    self.longitude = longitude
    self.accuracy = accuracy
    self.extent = extent
    self.trigger = trigger
  }
}

/// Landslides that can be trained on and scored with, and those that cannot, each with its reason.
///
/// - Source: METHOD 8.6: events more than 1 km uncertain or of unknown day are dropped and listed.
package struct Inventory: Sendable {
  package struct Reject: Codable, Hashable, Sendable {
    package enum Reason: String, Codable, Sendable, CaseIterable {
      case undated, unplaced, imprecise, outside, notRain
    }

    /// Line or feature in the file, from 1.
    package let number: Int
    package let reason: Reason
    /// What the record says.
    package let detail: String
  }

  /// In the order of the file; several on one cell and day stay several.
  package private(set) var events: [InventoryEvent] = []
  package private(set) var rejects: [Reject] = []

  /// Positions less certain than this are not used, km.
  package static let largestError = 1.0
  /// Triggers of NASA's catalogue and in Japanese that are rain, in lower case.
  package static let rainTriggers: Set<String> = [
    "downpour", "rain", "continuous_rain", "tropical_cyclone", "monsoon", "flooding", "降雨", "豪雨", "大雨", "台風",
  ]

  /// Sorts records into events and rejects.
  ///
  /// - Parameters:
  ///   - records: As the file has them.
  ///   - triggers: Triggers that count, in lower case, `_` for blanks; `nil` takes all, and so does a file without triggers.
  ///   - isInside: Whether a cell is in the area.
  package init(
    _ records: [InventoryRecord], triggers: Set<String>? = nil, isInside: (Mesh3Code) -> Bool = { _ in true }
  ) {
    for record in records {
      switch Self.judge(record, triggers, isInside) {
      case .success(let event): events.append(event)
      case .failure(let reject): rejects.append(reject)
      }
    }
  }

  /// How many records were rejected for each reason, in the order of the reasons; none of the zeros.
  package var rejectCounts: [(reason: Reject.Reason, count: Int)] {
    Reject.Reason.allCases.map { reason in (reason, rejects.count { $0.reason == reason }) }.filter { $0.1 > 0 }
  }

  private enum Verdict {
    case success(InventoryEvent)
    case failure(Reject)
  }

  private static func judge(
    _ record: InventoryRecord, _ triggers: Set<String>?, _ isInside: (Mesh3Code) -> Bool
  ) -> Verdict {
    func reject(_ reason: Reject.Reason, _ detail: String) -> Verdict {
      .failure(Reject(number: record.number, reason: reason, detail: detail))
    }
    guard let time = StatedTime(record.date, clock: record.clock) else { return reject(.undated, record.date) }
    if let triggers, let trigger = record.trigger, !triggers.contains(trigger.lowercased().replacing(" ", with: "_")) {
      return reject(.notRain, trigger)
    }
    guard let latitude = record.latitude, let longitude = record.longitude else {
      return reject(.unplaced, "no position")
    }
    if let accuracy = record.accuracy {
      guard let error = positionError(accuracy), error <= largestError else {
        return reject(.imprecise, accuracy.isEmpty ? "accuracy unknown" : accuracy)
      }
    }
    guard record.extent <= largestError else {
      return reject(.imprecise, "an area of \(Int(saturating: (record.extent * 2).rounded())) km across")
    }
    guard let code = Mesh3Code(latitude: latitude, longitude: longitude), isInside(code) else {
      return reject(.outside, "\(latitude), \(longitude)")
    }
    return .success(InventoryEvent(code: code, day: time.day, hour: time.hour))
  }

  /// km of a position's error in words: `Exact_Location` 0, `Known_within_5_km` 5, `500 m` 0.5, `1` 1; `nil` for what says
  /// nothing.
  package static func positionError(_ text: String) -> Double? {
    let plain = text.lowercased()
    if plain.hasPrefix("exact") { return 0 }
    let digits = plain.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    let unit = plain[digits.endIndex...].drop { $0 == "_" || $0.isWhitespace }
    return unit.hasPrefix("m") && !unit.hasPrefix("mile") ? number / 1_000 : number
  }
}
