/// The colours of the risk levels, one table for sheet, styles and quick-looks.
///
/// - Source: METHOD 7.3, the palette of the national risk maps since 2022.
package enum MapPalette {
  /// Colours of the levels 2 ... 5; level 1 is white there and left transparent on maps.
  package static let levels: [Colour] = [
    Colour(255, 255, 255), Colour(242, 231, 0), Colour(255, 40, 0), Colour(170, 0, 170), Colour(12, 0, 12),
  ]

  /// Level 1 on the sheet: a quiet land tint, so that calm land is seen as land.
  static let calmLand = Colour(236, 236, 218)
  /// Land of which the map says nothing.
  static let otherLand = Colour(226, 225, 222)
  static let sea = Colour(222, 234, 243)
  static let noData = Colour(186, 188, 191)
  static let noDataHatch = Colour(128, 131, 136)

  /// The colour of a level on the sheet.
  /// - Precondition: 1 ... 5.
  static func onSheet(level: Int) -> Colour { level == 1 ? calmLand : levels[level - 1] }
}
