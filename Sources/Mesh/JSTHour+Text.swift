extension JSTHour {
  /// Reads a full hour as a user writes it, JST unless it names a zone: `2023-08-15T09:00`, `2023-08-15T00:00Z`,
  /// `2023-08-15 24:00`; `nil` for anything else, a day without a clock among them.
  package init?(stated text: some StringProtocol) {
    guard text.contains(":"), let time = UniversalTime(text, zone: 9 * 3_600) else { return nil }
    self.init(endingAtUnixSeconds: time.unixSeconds)
  }

  /// ISO 8601 in UTC: `2023-08-14T15:00:00Z`.
  package var coordinatedTime: String {
    let moved = hoursSince1970 - 9
    let day = JSTDay(daysSince1970: moved.floorDivided(by: 24))
    return "\(day)T\(padded(moved - day.daysSince1970 * 24, 2)):00:00Z"
  }
}
