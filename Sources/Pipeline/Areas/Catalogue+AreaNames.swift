import Rasters

extension Catalogue {
  /// Stands for every polygon of the boundaries.
  static let eachArea = "each"

  /// The areas that a user names, each by a name that `Area` knows.
  ///
  /// - Parameter areas: As users write them; `each` for every polygon of the boundaries, none for the catalogue's own area.
  /// - Returns: At least one.
  /// - Throws: `CatalogueError` for `each` without boundaries, `AreaError.none`, or what reading the boundaries throws.
  func areaNames(_ areas: [String]) throws -> [String] {
    guard areas.contains(Self.eachArea) else {
      let named = areas.isEmpty ? [area].compactMap { $0 } : areas
      guard !named.isEmpty else { throw AreaError.none }
      return named
    }
    guard let boundaries else {
      throw CatalogueError.missingSection(path: path, section: "boundaries", purpose: "--area each")
    }
    let names = try boundaries.file().values(of: [boundaries.attribute])
    // In the order of the prefectures' codes; what is no prefecture behind them.
    return names.map { ($0, Prefecture($0)?.code ?? 99) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }
}
