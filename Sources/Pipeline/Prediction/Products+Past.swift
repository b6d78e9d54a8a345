import Mesh

extension Products {
  /// Days of the past that nobody knew when the map's analysis ended.
  var laterPastDays: Int {
    let known = horizon.asOf ?? JSTHour(ending: horizon.day, 24)
    return day.pastDays.count { JSTHour(ending: $0, 24) > known }
  }

  /// What the map is compared with: how old that past is, or that it holds later days; nothing without one.
  func pastNotes(in language: Language) -> [String] {
    guard let last = day.pastDays.last else { return [] }
    guard laterPastDays == 0 else { return [language.say(.noteHindcast, "\(laterPastDays)")] }
    return [language.say(.noteFitAge, "\(last)", "\(last.distance(to: horizon.day) - 1)")]
  }

  /// The same in every layer file.
  var pastTags: [String: String] {
    guard let first = day.pastDays.first, let last = day.pastDays.last else { return ["LSMAP_PAST": "none"] }
    return [
      "LSMAP_PAST": "\(first)/\(last)",
      "LSMAP_PAST_SIDES": laterPastDays == 0 ? "earlier days" : "both sides, \(laterPastDays) later days: a hindcast",
    ]
  }
}
