/// What a run knows of rain: the 24 hours it is about, where their analysis ends, and which hours after it are forecast.
///
/// A run of a whole observed day ends at 24:00 and has no `asOf`. A run as of a time ends at the last hour that a forecast
/// gives (the time itself without one): later hours are not taken as dry, they are not part of it.
package struct RainHorizon: Hashable, Sendable {
  /// Consecutive forecast hours of one issue.
  package struct Issue: Hashable, Sendable {
    package let hours: ClosedRange<JSTHour>
    /// When it was issued, seconds of Unix time; `nil` where the file does not say.
    package let issuedAt: Int?

    package init(hours: ClosedRange<JSTHour>, issuedAt: Int?) {
      self.hours = hours
      self.issuedAt = issuedAt
    }
  }

  /// The valid time: the period is the 24 hours that end here.
  package let end: JSTHour
  /// Last hour of the analysis that is used; `nil` for an observed day.
  package let asOf: JSTHour?
  /// Forecast hours up to the end, ascending.
  package let forecasts: [Issue]
  /// The day that a run as of a time was asked for; `nil` for as far as the forecast goes.
  package let target: JSTDay?

  /// A whole observed day.
  package init(day: JSTDay) {
    end = JSTHour(ending: day, 24)
    asOf = nil
    forecasts = []
    target = nil
  }

  /// - Parameters:
  ///   - asOf: Last hour of the analysis.
  ///   - end: Valid time.
  ///   - forecastHours: The forecast hours after `asOf` up to `end` with their times of issue, ascending.
  ///   - target: The day asked for, if any.
  package init(
    asOf: JSTHour, end: JSTHour, forecastHours: [(hour: JSTHour, issuedAt: Int?)] = [], target: JSTDay? = nil
  ) {
    self.asOf = asOf
    self.target = target
    self.end = end
    forecasts = forecastHours.reduce(into: []) { issues, next in
      if let last = issues.last, last.issuedAt == next.issuedAt, last.hours.upperBound.advanced(by: 1) == next.hour {
        issues[issues.count - 1] = Issue(hours: last.hours.lowerBound...next.hour, issuedAt: last.issuedAt)
      } else {
        issues.append(Issue(hours: next.hour...next.hour, issuedAt: next.issuedAt))
      }
    }
  }

  /// Start of the 24 hours.
  package var start: JSTHour { end.advanced(by: -24) }
  /// The day that holds the valid time.
  package var day: JSTDay { end.day }
  /// How many hours after the analysis have a forecast.
  package var forecastHours: Int { forecasts.reduce(0) { $0 + $1.hours.count } }

  /// The valid times that are scored: of an observed day its end, else each hour from the analysis on.
  package var validTimes: [JSTHour] {
    guard let asOf, asOf < end else { return [end] }
    return Array(asOf...end)
  }

  /// The forecast that gives an hour; `nil` for hours of the analysis and for gaps.
  package func forecast(of hour: JSTHour) -> Issue? { forecasts.first { $0.hours.contains(hour) } }

  // MARK: In words

  /// `2023-08-15`; `2023-08-15T09` for a run as of a time, with `-for-2023-08-16` where a day was asked for: folders and
  /// identifiers.
  package var key: String { asOf.map { Self.key(asOf: $0, day: target) } ?? "\(day)" }

  package static func key(asOf: JSTHour, day: JSTDay?) -> String {
    "\(asOf.day)T\(padded(asOf.hourOfDay, 2))" + (day.map { "-for-\($0)" } ?? "")
  }

  /// `2023-08-15`, or `2023-08-15 15:00` for a run as of a time.
  package var title: String { asOf == nil ? "\(day)" : end.words }

  /// `24 h to 24:00 JST`, or `analysis to 2023-08-15 09:00 JST, forecast 10:00-15:00 issued 2023-08-15 09:00`.
  package var words: String { words(in: .english) }

  package func words(in language: Language) -> String {
    guard let asOf else { return language.say(.allHours) }
    let issues = forecasts.map { issue in
      let (first, last) = (issue.hours.lowerBound, issue.hours.upperBound)
      let from = first.day == asOf.day ? first.clock : first.words
      let hours = first == last ? from : "\(from)-\(last.clock)"
      return issue.issuedAt.map { language.say(.forecastIssued, hours, Self.clock($0)) }
        ?? language.say(.forecastUnknownIssue, hours)
    }
    return ([language.say(.analysisTo, asOf.words)] + (issues.isEmpty ? [language.say(.noForecast)] : issues))
      .joined(separator: language == .english ? ", " : "、")
  }

  /// What one valid time of the run rests on: `12:00 (+3 h, forecast issued 2023-08-15 09:00 JST)`.
  package func leadWords(_ hour: JSTHour, in language: Language = .english) -> String {
    guard let asOf, hour > asOf else { return language.say(.bandAnalysed, hour.words) }
    let lead = "\(asOf.distance(to: hour))"
    guard let issue = forecast(of: hour) else { return language.say(.bandWithoutForecast, hour.words, lead) }
    return issue.issuedAt.map { language.say(.bandForecast, hour.words, lead, Self.clock($0)) }
      ?? language.say(.bandUnknownIssue, hour.words, lead)
  }

  /// `2023-08-15 08:50`, JST, of seconds of Unix time.
  package static func clock(_ unixSeconds: Int) -> String {
    let minutes = (unixSeconds + 9 * 3_600).floorDivided(by: 60)
    let day = JSTDay(daysSince1970: minutes.floorDivided(by: 1_440))
    let rest = minutes - day.daysSince1970 * 1_440
    return "\(day) \(padded(rest / 60, 2)):\(padded(rest % 60, 2))"
  }
}

extension JSTHour {
  /// `14:00`, the end of a day as `24:00`.
  package var clock: String { padded(hourOfDay, 2) + ":00" }
  /// `2023-08-15 14:00`.
  package var words: String { "\(day) \(clock)" }
}
