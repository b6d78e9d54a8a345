/// How samples are held out.
package enum EvaluationProtocol: String, CaseIterable, Sendable, Codable, LosslessStringConvertible {
  /// All regions together, tested on other blocks of the calendar.
  case block
  /// All regions together, tested on other days: the paper's, leaks.
  case day
  /// Tested on regions that never trained.
  case regions

  package init?(_ description: String) { self.init(rawValue: description) }
  package var description: String { rawValue }

  package var title: String {
    switch self {
    case .block: "Held-out blocks of the calendar"
    case .day: "Held-out days"
    case .regions: "Held-out regions"
    }
  }
}
