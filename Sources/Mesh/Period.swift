/// What a run is asked about: decided once, where the user is heard.
package enum Period: Hashable, Sendable {
  /// A whole observed day.
  case day(JSTDay)
  /// Analysed rain up to a time and forecast rain after it, up to an hour at most; `target` is the day asked for, if any.
  case asOf(JSTHour, through: JSTHour, target: JSTDay?)

  /// Hours of JMA's short forecast.
  package static let usualForecastHours = 6

  /// - Parameters:
  ///   - day: The day; with a time, the day to whose end the forecast is to go at most.
  ///   - time: Last hour of the analysis that may be used. One at or after the end of the day leaves an observed day.
  ///   - hours: Forecast hours after the time where no day is given. The result is `nil` without day and time.
  package init?(day: JSTDay?, asOf time: JSTHour?, forecastHours hours: Int = usualForecastHours) {
    switch (day, time) {
    case (nil, nil): return nil
    case (let day?, nil): self = .day(day)
    case (let day?, let time?) where time >= JSTHour(ending: day, 24): self = .day(day)
    case (let day?, let time?): self = .asOf(time, through: JSTHour(ending: day, 24), target: day)
    case (nil, let time?): self = .asOf(time, through: time.advanced(by: hours), target: nil)
    }
  }

  /// `2023-08-15`; `2023-08-15T09` as of a time, with `-for-2023-08-16` where a day was asked for: folders and identifiers.
  package var key: String {
    switch self {
    case .day(let day): "\(day)"
    case .asOf(let time, _, let target): RainHorizon.key(asOf: time, day: target)
    }
  }

  /// The last day whose every hour is analysed: states up to it are stored.
  package var lastAnalysedDay: JSTDay {
    switch self {
    case .day(let day): day
    case .asOf(let time, _, _): time.lastWholeDay
    }
  }

  /// The days that the 24 hours of any valid time touch, as far as the forecast may go.
  package var scoredDays: ClosedRange<JSTDay> {
    switch self {
    case .day(let day): day...day
    case .asOf(let time, let last, _): time.advanced(by: -23).day...last.day
    }
  }
}
