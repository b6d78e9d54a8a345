package import Mesh

/// Something wrong with the hours of a source that does not stop the import.
package struct RainIrregularity: Hashable, Codable, Sendable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// An hour given a second time with the same values.
    case duplicate
    /// An hour given a second time with other values: the first is kept.
    case conflict
    /// An hour that comes after a later one.
    case outOfOrder
    /// A time that is not on the hour: not used.
    case shifted
    /// A time before 1872 or after 2199: not used.
    case untimely
    /// A value below zero: missing.
    case negative
    /// A value above all that has ever fallen (`RainGate`): missing.
    case implausible
    /// Hours in which some wanted cells have no value.
    case uncovered
    /// A file that cannot be read: not used.
    case damaged
    /// Values that grow all day and drop at one hour: totals since that hour, not of the hour.
    case runningTotals
    /// A day of the same value in all cells and hours.
    case constant
    /// Amounts that hint at another unit.
    case unit
    /// A series of a station that the station table does not know: not used.
    case unknownStation
    /// A gauge without rain on a day when all gauges around it had much.
    case silent
    /// Hours that lie some hours beside those imported before.
    case moved
    /// A day of the archive that the source no longer holds: kept.
    case withdrawn
    /// A file or field that does not hold hourly totals: not used.
    case notATotal

    /// Rain is lost or may be wrong: a gap that a user must allow.
    package var isGap: Bool {
      switch self {
      case .negative, .implausible, .uncovered, .damaged, .runningTotals: true
      default: false
      }
    }
  }

  package let kind: Kind
  /// The file it stands in.
  package let file: String
  /// The time, station or value it is about; of several the worst.
  package let subject: String
  /// How many values, hours or files it is said of.
  package private(set) var count: Int

  package init(_ kind: Kind, file: String, subject: String, count: Int = 1) {
    self.kind = kind
    self.file = file
    self.subject = subject
    self.count = count
  }

  /// One a kind, the first with the count of all: what people are shown.
  package static func summed(_ all: [RainIrregularity]) -> [RainIrregularity] {
    Kind.allCases.compactMap { kind in
      let found = all.filter { $0.kind == kind }
      guard var first = found.first else { return nil }
      first.count = found.reduce(0) { $0 + $1.count }
      return first
    }
  }

  /// One line for people, in English: what the console and reports of imports say.
  package var sentence: String { sentence(in: .english) }

  package func sentence(in language: Language) -> String {
    language.say(
      .irregularity, language.say(kind.phrase), "\(count)",
      language.retell(subject, as: [.uncoveredDay, .constantDay, .recordDay]), file)
  }
}

extension RainIrregularity.Kind {
  /// What it means, for people.
  var phrase: Phrase {
    switch self {
    case .duplicate: .rainDuplicate
    case .conflict: .rainConflict
    case .outOfOrder: .rainOutOfOrder
    case .shifted: .rainShifted
    case .untimely: .rainUntimely
    case .negative: .rainNegative
    case .implausible: .rainImplausible
    case .uncovered: .rainUncovered
    case .damaged: .rainDamaged
    case .runningTotals: .rainRunningTotals
    case .constant: .rainConstant
    case .unit: .rainUnit
    case .unknownStation: .rainUnknownStation
    case .silent: .rainSilent
    case .moved: .rainMoved
    case .withdrawn: .rainWithdrawn
    case .notATotal: .rainNotATotal
    }
  }

  package var words: String { Language.english.say(phrase) }
}
