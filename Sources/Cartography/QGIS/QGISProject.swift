package import Foundation
package import Mesh

/// A QGIS project of a run folder: its layers in groups, styled, named, dated, with relative paths, opened without a click.
package struct QGISProject: Sendable {
  /// A raster of the folder.
  package struct Raster: Sendable {
    package let description: LayerDescription
    /// Relative to the project: `risk.tif`.
    package let file: String
    /// Shown when the project opens.
    package let isShown: Bool
    /// Of the data, for layers without a fixed scale.
    package let range: ClosedRange<Float>?

    package init(_ description: LayerDescription, file: String, isShown: Bool, range: ClosedRange<Float>? = nil) {
      self.description = description
      self.file = file
      self.isShown = isShown
      self.range = range
    }
  }

  /// A layer of the file of cells besides `cells` and `outline`.
  package enum Vector: Hashable, Sendable {
    case boundary, noData, towns
  }

  package let facts: RunFacts
  /// From the top of the layer list, within their groups.
  package let rasters: [Raster]
  /// The file that `CellPolygons` wrote, relative to the project; above the rasters when given.
  package let cellPolygons: String?
  /// Layers of that file besides `cells` and `outline`.
  package let vectors: Set<Vector>
  /// Ends the identifiers of layers, where those of several runs meet in one project.
  let layerSuffix: String
  private let layout: LayoutTemplate

  package init(
    _ facts: RunFacts, rasters: [Raster], cellPolygons: String?, vectors: Set<Vector> = [], layerSuffix: String = "",
    layout: LayoutTemplate = .program
  ) {
    self.layout = layout
    self.facts = facts
    self.rasters = rasters
    self.cellPolygons = cellPolygons
    self.vectors = vectors
    self.layerSuffix = layerSuffix
  }

  var title: String { "\(facts.language.say(.reportTitle)), \(facts.areaTitle), \(facts.dateJST)" }
  /// What the project opens on: the area with a margin.
  var view: MeshGrid { facts.grid.padded(by: 3) }

  /// The bytes of the `.qgs` file; a `.qgz` is a zip archive of it alone.
  package var document: Data {
    let groups = layerGroups
    return QGISDocument(
      title: title, identifier: "lsmap/\(facts.area)/\(facts.key)", abstract: facts.sentences.joined(separator: " "),
      theme: facts.language.say(.theme), view: view, hours: (facts.horizon.start, facts.horizon.end), groups: groups,
      layouts: [layout.filled(view: view, layers: groups.flatMap(\.layers).filter(\.isShown))],
      variables: LayoutVariable.allCases.map { ($0.rawValue, $0.value(in: self)) }
    ).data
  }
}
