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
  /// Rings in degrees, longitude and latitude.
  package let boundary: [[SIMD2<Double>]]
  /// Rings of the land around.
  package let surroundings: [[SIMD2<Double>]]

  package init(
    key: String, name: String, japaneseName: String = "", cells: Layer<Bool>, boundary: [[SIMD2<Double>]] = [],
    surroundings: [[SIMD2<Double>]] = []
  ) {
    self.key = key
    self.name = name
    self.japaneseName = japaneseName
    grid = cells.grid
    self.cells = cells
    self.boundary = boundary
    self.surroundings = surroundings
  }

  /// All cells of a rectangle.
  package init(key: String, name: String, japaneseName: String = "", rectangle: MeshGrid) {
    self.init(
      key: key, name: name, japaneseName: japaneseName, cells: Layer(grid: rectangle, filledWith: true),
      boundary: [rectangle.outline])
  }

  package var cellCount: Int { cells.values.count { $0 } }
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
