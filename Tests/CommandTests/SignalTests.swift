import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `A signal ends the tool` {
  /// Growing a landscape takes seconds in any build: it is at work when the signal comes.
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)], [false, true])
  func `with the shell's code, also where its parent had signals blocked`(
    _ signal: (number: Int32, code: Int32), _ isBlocked: Bool
  ) throws {
    let place = try GaugePlace()
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    if isBlocked { pthread_sigmask(SIG_BLOCK, &all, &before) }
    defer { if isBlocked { pthread_sigmask(SIG_SETMASK, &before, nil) } }
    let outcome = try place("simulate prefecture --out PLACE/country", signal: (signal.number, 400))
    #expect(outcome.code == signal.code)
    let left = FileManager.default.enumerator(atPath: place.scratch.path)?.compactMap { $0 as? String } ?? []
    #expect(!left.contains { ($0 as NSString).lastPathComponent.hasPrefix(".") }, "\(left)")
  }
}
