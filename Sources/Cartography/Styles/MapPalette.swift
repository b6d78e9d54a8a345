/// The colours of the risk levels, one table for sheet, styles and quick-looks.
///
/// - Source: METHOD 7.3, the palette of the national risk maps since 2022.
package enum MapPalette {
  /// Colours of the levels. Level 1 is white there; here it is a pale land tint, opaque, so that a calm cell is told from
  /// sea, from no data and from paper.
  package static let levels: [Colour] = [
    calmLand, Colour(242, 231, 0), Colour(255, 40, 0), Colour(170, 0, 170), Colour(12, 0, 12),
  ]

  static let calmLand = Colour(236, 236, 218)
  /// Land of which the map says nothing.
  static let otherLand = Colour(226, 225, 222)
  package static let sea = Colour(222, 234, 243)
  package static let noData = Colour(186, 188, 191)
  static let noDataHatch = Colour(128, 131, 136)
  /// Where no boundaries say what is land and what is sea.
  static let unknownGround = Colour(240, 240, 238)

  /// The colour of a level.
  /// - Precondition: 1 ... 5.
  static func of(level: Int) -> Colour { levels[level - 1] }
}
