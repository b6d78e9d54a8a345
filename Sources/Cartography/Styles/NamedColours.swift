extension LayerPalette {
  /// The colour of a level.
  /// - Precondition: 1 ... 5.
  static func of(level: Int) -> Colour { levels[level - 1] }

  /// Level 1: what a boundary is filled with before the other levels are painted.
  static var calmLand: Colour { of(level: 1) }
}

extension Colour {
  static let white = Colour(255, 255, 255)
  static let ink = MapPalette.ink
  static let quietInk = MapPalette.quietInk
  static let rule = MapPalette.rule
  static let panel = MapPalette.panel
}
