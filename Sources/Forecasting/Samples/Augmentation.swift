import Foundation
package import Statistics

/// A change of a sample that leaves its label: where the slopes look, where the rain runs and when are no part of it.
///
/// Turns and mirrors move all maps together and the aspect classes with them. Physics inputs stay those of the sample.
package struct Augmentation: Hashable, Sendable {
  /// Quarter turns clockwise, 0 ... 3, after the mirror.
  package var turns = 0
  /// East and west exchanged.
  package var mirrored = false
  /// The rain field is read this many cells further south and east, `-reach` ... `reach`.
  package var south = 0
  package var east = 0
  /// Factor on the rain.
  package var gain: Float = 1
  /// Hours the window ends later, -2 ... 2.
  package var lag = 0
  /// The token that is set to 0.
  package var droppedToken: Int?

  package init() {}

  package static let none = Augmentation()

  /// Cells that the rain is shifted at most. `SampleSite.side` is the largest patch and this on each side.
  package static let reach = 1

  /// Draws each part with probability one half.
  /// - Source: METHOD.md 4.3.
  package static func random(tokens: Int, from stream: inout RandomStream) -> Augmentation {
    var drawn = Augmentation()
    func happens() -> Bool { stream.uniform() < 0.5 }
    if happens() {
      drawn.turns = stream.index(below: 4)
      drawn.mirrored = stream.index(below: 2) == 1
    }
    if happens() {
      let direction = stream.index(below: 8)
      let place = direction < 4 ? direction : direction + 1  // of 3 x 3, without the middle
      (drawn.south, drawn.east) = (place / 3 - reach, place % 3 - reach)
    }
    if happens() { drawn.gain = Float(exp(stream.normal(deviation: 0.1))) }
    if happens() { drawn.lag = stream.index(below: 2 * SampleSet.lag + 1) - SampleSet.lag }
    if happens() { drawn.droppedToken = stream.index(below: tokens) }
    return drawn
  }

  /// The pixel of the original map that comes to stand at (`y`, `x`) of a square map.
  package func source(ofY y: Int, x: Int, edge: Int) -> (y: Int, x: Int) {
    var (row, column) = (y, x)
    // A clockwise turn brings to (y, x) what stood at (edge - 1 - x, y).
    for _ in 0..<turns { (row, column) = (edge - 1 - column, row) }
    return (row, mirrored ? edge - 1 - column : column)
  }

  /// The aspect class (1 N, 2 NE ... 8 NW, 0 none) after mirror and turns.
  package func aspect(_ label: UInt8) -> UInt8 {
    guard label > 0 else { return 0 }
    let clockwise = Int(label) - 1
    return UInt8(((mirrored ? 8 - clockwise : clockwise) + 2 * turns) % 8 + 1)
  }
}
