package import Mesh
import Rasters

/// What the catalogue's boundaries say of the ground of a grid: land, sea, or nothing.
///
/// A cell outside all polygons is sea only where the boundaries hold every prefecture whose box (``Prefecture``) holds the cell:
/// those of one prefecture know nothing of its neighbour's land, and the line between them looks like a coast.
package struct BoundaryLand: Sendable {
  /// Cells whose centre is in a polygon.
  package let land: Layer<Bool>
  /// Cells outside that are certainly sea.
  package let sea: Layer<Bool>
  /// Rings of all polygons, longitude and latitude in degrees.
  let rings: [[SIMD2<Double>]]

  /// - Throws: What reading the boundaries throws.
  init(_ source: Catalogue.BoundarySource, on grid: MeshGrid) throws(RasterError) {
    let file = try source.file()
    land = try file.whole().cells.cropped(to: grid, fill: false)
    rings = file.rings
    var sea = land.map { !$0 }
    let held = Set(file.values(of: [source.attribute, "N03_001"]).compactMap { Prefecture($0) })
    for prefecture in Prefecture.all where !held.contains(prefecture) {
      guard let box = prefecture.grid.intersection(grid) else { continue }
      for index in 0..<box.count {
        if let place = grid.index(of: box.code(at: index)) { sea.values[place] = false }
      }
    }
    self.sea = sea
  }
}
