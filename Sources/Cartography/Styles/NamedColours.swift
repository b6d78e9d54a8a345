extension Palettes {
  /// The program's own.
  package static let program = Palettes()

  /// The colour of a level.
  /// - Precondition: 1 ... 5.
  func of(level: Int) -> Colour { levels[level - 1] }

  /// Level 1: what a boundary is filled with before the other levels are painted.
  var calmLand: Colour { of(level: 1) }

  /// The colour of a level with a mark that survives black and white: dots tell 2 from 1, thin stripes 4 from 3.
  func ofLevel(_ level: Int, at x: Int, _ y: Int) -> Colour {
    switch level {
    case 2 where x % 6 == 0 && y % 6 == 0: map.levelTwoDots
    case 4 where (x + y) % 8 == 0: map.levelFourStripes
    default: of(level: level)
    }
  }

  /// Grey with a hatch.
  func ofNoData(at x: Int, _ y: Int) -> Colour { (x + y) % 9 < 2 ? map.noDataHatch : map.noData }
}

extension Colour {
  static let white = Colour(255, 255, 255)
  package static let ink = TextPalette.ink
  package static let quietInk = TextPalette.quietInk
  package static let rule = TextPalette.rule
  static let panel = TextPalette.panel

  /// Text that is read on this colour: white on a dark one.
  package var textOnIt: Colour { isDark ? .white : .ink }

  /// By the brightness of a grey print.
  private var isDark: Bool { 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue) < 128 }
}
