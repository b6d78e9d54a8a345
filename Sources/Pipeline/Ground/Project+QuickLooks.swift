import Cartography
import Foundation
import Mesh
package import Rasters

extension Project {
  /// Draws every layer of the static stack that has an input, a PNG each, into the workspace's `quicklooks`.
  ///
  /// - Parameters:
  ///   - stack: The layers.
  ///   - report: Names the sources.
  /// - Returns: The files.
  /// - Throws: What writing throws.
  package func writeQuickLooks(of stack: StaticStack, _ report: AlignmentReport) throws -> [String] {
    var written: [String] = []
    console.begin("drawing quick-looks")
    let bands = stack.bands
    for (place, band) in bands.enumerated() {
      let name = band.name ?? band.description.name
      guard let source = report.entry(Self.layer(ofBand: name))?.source else { continue }
      let classes = [LayerDescription.aspect, .soil, .vegetation].first { $0.name == name }
      // In files and in memory 0 is no class; on the picture it is missing.
      let values = classes == nil ? band.values : band.values.map { $0 == 0 ? .nan : $0 }
      let path = "\(workspace.quickLooks)/\(name.replacing(" ", with: "-")).png"
      let picture = drawQuickLook(
        Layer(grid: stack.grid, values: values),
        catalogue.styles.describe(classes ?? band.description, in: .english),
        subtitle: "\(area.name), MESH3, from \((source as NSString).lastPathComponent)",
        coast: area.surroundings + area.boundary, palettes: catalogue.styles.palettes)
      try writeAtomically(picture, to: path)
      written.append(path)
      console.progress(Double(place + 1) / Double(bands.count))
    }
    return written
  }

  /// The layer of the report that a band belongs to: `soil 3` to `soil`, `land` to `elevation`.
  private static func layer(ofBand name: String) -> String {
    let first = name.split(separator: " ").first.map(String.init) ?? name
    return ["land", "coverage"].contains(first) ? "elevation" : first
  }
}
