package import Rasters

/// A layer file in figures.
package struct LayerFileInspection: Codable, Sendable {
  package struct Band: Codable, Sendable {
    package let name: String
    /// Key of the layer where it is one that `predict` writes: `return_period`.
    package let layer: String?
    /// `mm`, `h`; `1` for a share, empty for classes.
    package let unit: String?
    package let cells: Int
    package let missing: Int
    package let lowest: Float?
    package let highest: Float?
    package let mean: Double?
  }

  package let path: String
  package let grid: String
  package let tags: [String: String]
  package let bands: [Band]

  package init(of path: String) throws(RasterError) {
    let file = try LayerFile.read(path)
    self.path = path
    grid = "\(file.stack.grid)"
    tags = file.tags
    bands = (0..<file.stack.bands).map { band in
      let known = file.stack.band(band).values.filter { !$0.isNaN }
      let row = OutputLayer.named(file.names[band])?.description
      return Band(
        name: file.names[band], layer: row?.name, unit: row?.unit, cells: file.stack.grid.count,
        missing: file.stack.grid.count - known.count,
        lowest: known.min(), highest: known.max(),
        mean: known.isEmpty ? nil : known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
    }
  }

  package var words: String {
    var lines = ["\(path): \(grid), MESH3, EPSG:6668"]
    for band in bands {
      let range = band.lowest.flatMap { low in band.highest.map { "\(low) to \($0), mean \(band.mean ?? .nan)" } }
      let layer = band.layer.map {
        " (\([$0, band.unit ?? ""].filter { !["", "1"].contains($0) }.joined(separator: ", ")))"
      }
      lines.append("  \(band.name)\(layer ?? ""): \(range ?? "no value"), \(band.missing) cells missing")
    }
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) where key != "AREA_OR_POINT" {
      lines.append("  \(key) = \(value)")
    }
    return lines.joined(separator: "\n")
  }
}
