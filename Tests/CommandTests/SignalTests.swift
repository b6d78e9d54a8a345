import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `A signal ends the tool` {
  // Not SIGINT: a shell that starts the tests in the background has it ignored, and the tool respects that.
  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func `with the shell's code, and leaves no half file`(_ number: Int32, _ code: Int32) throws {
    let place = try GaugePlace()
    // Growing the country takes seconds in any build: it is alive for long after it began.
    let outcome = try place("simulate prefecture --out PLACE/country", signal: (number, 400))
    #expect(outcome.code == code)
    let left = FileManager.default.enumerator(atPath: place.scratch.path)?.compactMap { $0 as? String } ?? []
    #expect(!left.contains { ($0 as NSString).lastPathComponent.hasPrefix(".") }, "\(left)")
  }
}
