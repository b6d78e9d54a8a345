package import Mesh

/// What a run is about: cells, their name, and lines to draw.
package struct Area: Sendable {
  /// Folder name: `tottori`.
  package let key: String
  package let name: String
  package let japaneseName: String
  /// The smallest grid that holds the area.
  package let grid: MeshGrid
  /// Cells whose centre is in the area, on `grid`.
  package let cells: Layer<Bool>
  package let cellCount: Int
  /// Rings in degrees, longitude and latitude.
  package let boundary: [[SIMD2<Double>]]
  /// Rings of the land around, the area's own among them.
  package let surroundings: [[SIMD2<Double>]]
  /// Whether the boundary is a coast or a border, so that what it encloses is land; else it is a frame that may hold sea.
  package let isLand: Bool
  /// What the catalogue's boundaries say of the area's grid; `nil` where it has none.
  package let boundaryLand: BoundaryLand?
  /// Cells that were left out because they hold no land.
  package private(set) var cellsWithoutLand = 0

  package init(
    key: String, name: String, japaneseName: String = "", cells: Layer<Bool>, boundary: [[SIMD2<Double>]] = [],
    surroundings: [[SIMD2<Double>]] = [], isLand: Bool = false, boundaryLand: BoundaryLand? = nil
  ) {
    self.key = key
    self.name = name
    self.japaneseName = japaneseName
    grid = cells.grid
    self.cells = cells
    cellCount = cells.values.count { $0 }
    self.boundary = boundary
    self.surroundings = surroundings
    self.isLand = isLand
    self.boundaryLand = boundaryLand
  }

  /// The same without cells that hold no land; on the same grid.
  func keeping(_ kept: Layer<Bool>, withoutLand: Int = 0) -> Area {
    var area = Area(
      key: key, name: name, japaneseName: japaneseName, cells: kept, boundary: boundary, surroundings: surroundings,
      isLand: isLand, boundaryLand: boundaryLand)
    area.cellsWithoutLand = cellsWithoutLand + withoutLand
    return area
  }

  /// `Tottori 鳥取県`; in Japanese the Japanese name alone.
  func title(in language: Language) -> String {
    if language == .japanese, !japaneseName.isEmpty { return japaneseName }
    return [name(in: language), japaneseName].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `Tottori`; boxes and meshes in the language.
  func name(in language: Language) -> String { language.retell(name, as: [.areaBox, .areaMesh]) }
}

extension MeshGrid {
  /// The rectangle as a closed ring in degrees.
  var outline: [SIMD2<Double>] {
    [
      SIMD2(westLongitude, southLatitude), SIMD2(eastLongitude, southLatitude), SIMD2(eastLongitude, northLatitude),
      SIMD2(westLongitude, northLatitude), SIMD2(westLongitude, southLatitude),
    ]
  }
}
