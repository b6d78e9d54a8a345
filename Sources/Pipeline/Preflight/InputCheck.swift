/// What one input of a run turned out to be when it was opened and read.
package struct InputCheck: Codable, Sendable, Equatable {
  package enum Verdict: String, Codable, Sendable {
    case good
    /// A run would end with code 3.
    case gap
    /// No run is possible.
    case refused
  }

  /// Section of the catalogue, or what else a run needs: `rain`, `workspace`.
  package var input: String
  package var path: String
  package var verdict = Verdict.good
  /// Reference system; empty where there is none to tell.
  package var place = ""
  /// What is done between its datum and JGD2011.
  package var datum = ""
  package var unit = ""
  /// Cells of the area that it says something about, in words.
  package var cover = ""
  /// The time it is about, or its age.
  package var period = ""
  /// What is wrong or unusual, a sentence each.
  package var remarks: [String] = []
  /// How a run would end over it.
  package var exitCode: Int32 = 0

  package init(_ input: String, _ path: String) {
    self.input = input
    self.path = path
  }

  /// Something is lost or doubtful, in a sentence.
  mutating func lack(_ remark: String) {
    remarks.append(remark)
    guard verdict == .good else { return }
    (verdict, exitCode) = (.gap, ExitCode.doneWithGaps.rawValue)
  }

  /// Fills a check; an error becomes its verdict, so that the inputs after it are looked at too.
  ///
  /// - Throws: An error that is no user's, which is a bug.
  static func of(_ input: String, _ path: String, _ look: (inout InputCheck) throws -> Void) throws -> InputCheck {
    var check = InputCheck(input, path)
    do { try look(&check) } catch let error as any ReportedError {
      check.remarks.append(error.description)
      (check.verdict, check.exitCode) = (.refused, error.exitCode.rawValue)
    }
    return check
  }
}

/// The preflight of a night: every input that a run would use.
package struct Preflight: Codable, Sendable, Equatable {
  package var area: String
  /// The day that a run would be about; `nil` where no rain could be opened.
  package var date: String?
  package var checks: [InputCheck]

  /// How `predict` would end: an error before a gap, one that passes by itself after one that does not.
  package var exitCode: ExitCode {
    let codes = Set(checks.map(\.exitCode))
    return [.badInput, .retryable, .doneWithGaps].first { codes.contains($0.rawValue) } ?? .done
  }

  /// A table, and under it what must be known about single inputs.
  package var words: String {
    var lines = [["", "input", "cover", "unit", "period", "reference system", "file"]]
    for check in checks {
      lines.append([
        check.verdict == .good ? "ok" : check.verdict == .gap ? "GAP" : "STOP", check.input, check.cover, check.unit,
        check.period, String(check.place.prefix(40)), check.path,
      ])
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = ["\(area)\(date.map { ", \($0)" } ?? "")"]
    text += lines.map { line in
      let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      return String(cells.reversed().drop { $0 == " " }.reversed())
    }
    for check in checks {
      text += check.remarks.map { "\(check.input): \($0)" }
      if !check.datum.isEmpty, !check.datum.hasPrefix("none: JGD2011") {
        text.append("\(check.input): datum: \(check.datum)")
      }
    }
    let ending =
      switch exitCode {
      case .done: "a run would end whole (code 0)"
      case .doneWithGaps: "a run would end with gaps (code 3)"
      default: "no run is possible (code \(exitCode.rawValue))"
      }
    return (text + [ending]).joined(separator: "\n")
  }
}
