import Foundation
import Synchronization

/// What a running command tells its user: steps, how far they are, notes and warnings. Results are not its business.
///
/// Everything goes to standard error, so that standard output holds nothing but the result. On a terminal a bar moves in
/// place; elsewhere a plain line appears every few seconds; with `--json` each line is a JSON object; with `--quiet` only
/// warnings appear.
package final class Console: Sendable {
  package enum Style: Sendable { case terminal, plain, json, quiet }

  private struct State {
    var title = ""
    var started = Date()
    var printed = Date.distantPast
    var barIsOpen = false
    var warnings: [String] = []
  }

  private let style: Style
  private let state = Mutex(State())
  /// Who tells what is noted here, and about whom; `nil` for a console of its own.
  private let outer: (console: Console, subject: String?)?

  package init(_ style: Style) {
    self.style = style
    outer = nil
  }

  /// A console for one of several pieces of work that go on side by side: another one tells its notes and warnings, with the
  /// subject before them; its steps are not shown, they would mix with those of the others.
  init(within console: Console, of subject: String? = nil) {
    style = console.style
    outer = (console, subject)
  }

  /// The style that fits the flags and where standard error goes.
  package convenience init(quiet: Bool, json: Bool) {
    self.init(quiet ? .quiet : json ? .json : isatty(STDERR_FILENO) == 1 ? .terminal : .plain)
  }

  /// Warnings so far, in order.
  package var warnings: [String] { state.withLock { $0.warnings } }

  /// Starts a step; the one before is over.
  package func begin(_ title: String) {
    guard outer == nil else { return }
    state.withLock { state in
      close(&state)
      state.title = title
      state.started = Date()
      state.printed = .distantPast
      switch style {
      case .plain: write("\(title) ...")
      case .json: writeJSON(["event": "step", "title": title])
      case .terminal: draw(0, &state)
      case .quiet: break
      }
      state.printed = Date()
    }
  }

  /// Tells how far the step is, 0 ... 1. Cheap enough for every tile: it prints a few times a second at most.
  package func progress(_ fraction: Double) {
    guard outer == nil else { return }
    state.withLock { state in
      let pause = style == .terminal ? 0.1 : 5
      guard style != .quiet, Date().timeIntervalSince(state.printed) >= pause else { return }
      state.printed = Date()
      switch style {
      case .terminal: draw(fraction, &state)
      case .json:
        writeJSON(["event": "progress", "title": state.title, "fraction": (fraction * 1_000).rounded() / 1_000])
      default: write("\(state.title): \(Int(fraction * 100)) %\(timeLeft(fraction, state))")
      }
    }
  }

  package func note(_ message: String) {
    if let outer { return outer.console.note(outer.subject.map { "\($0): \(message)" } ?? message) }
    let message = message.shown(keepingLines: false)
    state.withLock { state in
      close(&state)
      switch style {
      case .quiet: break
      case .json: writeJSON(["event": "note", "message": message])
      default: write(message)
      }
    }
  }

  package func warn(_ message: String) {
    if let outer { return outer.console.warn(outer.subject.map { "\($0): \(message)" } ?? message) }
    let message = message.shown(keepingLines: false)
    state.withLock { state in
      close(&state)
      state.warnings.append(message)
      if style == .json { writeJSON(["event": "warning", "message": message]) } else { write("warning: \(message)") }
    }
  }

  /// Ends the last step, so that the shell's prompt starts on a line of its own.
  package func end() { state.withLock { close(&$0) } }

  private func draw(_ fraction: Double, _ state: inout State) {
    let width = 24
    let full = Int(max(0, min(1, fraction)) * Double(width))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    writeRaw("\r\u{1B}[2K\(bar) \(Int(fraction * 100)) % \(state.title)\(timeLeft(fraction, state))")
    state.barIsOpen = true
  }

  private func timeLeft(_ fraction: Double, _ state: State) -> String {
    let elapsed = Date().timeIntervalSince(state.started)
    guard fraction > 0.02, elapsed > 3 else { return "" }
    return ", \(Int((elapsed / fraction * (1 - fraction)).rounded(.up))) s left"
  }

  private func close(_ state: inout State) {
    guard state.barIsOpen else { return }
    writeRaw("\r\u{1B}[2K✓ \(state.title)\n")
    state.barIsOpen = false
  }

  private func write(_ line: String) { writeRaw(line + "\n") }
  private func writeRaw(_ text: String) { writeToStandardError(text) }

  private func writeJSON(_ object: [String: any Sendable]) {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else { return }
    writeRaw(String(decoding: data, as: UTF8.self) + "\n")
  }
}
