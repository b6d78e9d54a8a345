import Rasters
import Synchronization

/// The rain of a catalogue, opened once for all areas and days of a process: reading the tables of a year of gauges takes
/// longer than a prefecture's day.
package final class RainSources: Sendable {
  private let opened = Mutex<(input: RainInput, source: any RainSource)?>(nil)

  private let keeps: Bool

  /// - Parameter keeping: Whether a further area or day will ask: else nothing is held in memory once it was asked for.
  package init(keeping: Bool) { keeps = keeping }

  /// Opens the rain for who will ask soon. One that cannot be opened says so when it is asked for.
  ///
  /// - Parameter input: The catalogue's section.
  func openAhead(_ input: RainInput) {
    if let known = opened.withLock({ $0 }), known.input == input { return }
    guard let source = try? openRainSource(input) else { return }
    opened.withLock { $0 = (input, source) }
  }

  /// Opens the rain, or gives what was opened before.
  ///
  /// - Parameter input: The catalogue's section.
  /// - Returns: The source, ready to be asked.
  /// - Throws: What opening throws.
  func source(_ input: RainInput) throws -> any RainSource {
    let known = opened.withLock { opened in
      let known = opened
      if !keeps { opened = nil }
      return known
    }
    if let known, known.input == input { return known.source }
    let source = try openRainSource(input)
    if keeps { opened.withLock { $0 = (input, source) } }
    return source
  }
}
