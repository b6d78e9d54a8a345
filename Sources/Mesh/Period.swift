/// What a run is asked about: decided once, where the user is heard.
package enum Period: Hashable, Sendable {
  /// A whole observed day.
  case day(JSTDay)
  /// Analysed rain up to a time and forecast rain after it, up to an hour at most; `target` is the day asked for, if any.
  case asOf(JSTHour, through: JSTHour, target: JSTDay?)

  /// Hours of JMA's short forecast.
  package static let usualForecastHours = 6

  /// - Parameters:
  ///   - day: To whose end the forecast is to go at most.
  ///   - time: Last hour of the analysis that may be used. One at or after the end of the day leaves an observed day.
  package init(day: JSTDay, asOf time: JSTHour) {
    let end = JSTHour(ending: day, 24)
    self = time >= end ? .day(day) : .asOf(time, through: end, target: day)
  }

  /// As far as so many forecast hours after a time.
  package init(asOf time: JSTHour, forecastHours hours: Int = usualForecastHours) {
    self = .asOf(time, through: time.advanced(by: hours), target: nil)
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
