package import Cartography

/// How the sheet of a run is made.
package struct SheetSettings: Sendable, Equatable {
  /// Files beside `map.png` that keep lines and letters.
  package var formats: [VectorFormat] = []
  /// What these pages are fitted to; `nil` for pages of the sheet's own shape.
  package var paper: Paper?
  /// Of `map.png` where it is as wide as A4 is long; `nil` for 1,600 pixels.
  package var dotsPerInch: Double?

  package init() {}
}

extension StrictMapping {
  func sheet() throws(CatalogueError) -> SheetSettings {
    defer { finish() }
    var settings = SheetSettings()
    settings.formats = try choices("formats", of: VectorFormat.self) ?? []
    settings.paper = try choice("paper", of: Paper.self)
    settings.dotsPerInch = try number("dpi", in: 72...600)
    return settings
  }
}
