package import Foundation
package import Mesh

/// A QGIS project of a run folder: its layers in order, styled, named, dated, with relative paths, opened without a click.
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

  package let facts: RunFacts
  /// From the top of the layer list.
  package let rasters: [Raster]
  /// The file that `CellPolygons` wrote, relative to the project; above the rasters when given.
  package let cellPolygons: String?
  /// Whether that file has the area's boundary.
  package let hasBoundary: Bool

  package init(_ facts: RunFacts, rasters: [Raster], cellPolygons: String?, hasBoundary: Bool = false) {
    self.hasBoundary = hasBoundary
    self.facts = facts
    self.rasters = rasters
    self.cellPolygons = cellPolygons
  }

  /// The bytes of the `.qgs` file; a `.qgz` is a zip archive of it alone.
  package var document: Data {
    let entries = vectorEntries + rasterEntries
    let order = entries.map { Markup("layer", ["id": $0.id]) }
    let title = "Landslide risk, \(facts.areaTitle), \(facts.date)"
    let grid = facts.grid.padded(by: 3)
    let extent = Markup(
      "extent",
      [
        Markup("xmin", text: decimals(grid.westLongitude, 6)), Markup("ymin", text: decimals(grid.southLatitude, 6)),
        Markup("xmax", text: decimals(grid.eastLongitude, 6)), Markup("ymax", text: decimals(grid.northLatitude, 6)),
      ])
    return Markup(
      "qgis", ["projectname": title, "version": qgisVersion],
      [
        Markup("title", text: title),
        referenceSystemElement(named: "projectCrs"),
        Markup("layer-tree-group", [Markup("customproperties")] + entries.map(\.treeItem)),
        Markup(
          "mapcanvas", ["name": "theMapCanvas", "annotationsVisible": "1"],
          [
            Markup("units", text: "degrees"), extent, Markup("rotation", text: "0"),
            referenceSystemElement(named: "destinationsrs"), Markup("rendermaptile", text: "0"),
          ]),
        Markup("projectlayers", entries.map(\.layer)),
        Markup("layerorder", order),
        Markup(
          "properties",
          [
            Markup("Paths", [Markup("Absolute", ["type": "bool"], text: "false")]),
            Markup("SpatialRefSys", [Markup("ProjectionsEnabled", ["type": "int"], text: "1")]),
            Markup("Gui", [Markup("CanvasColorRedPart", ["type": "int"], text: "255")]),
          ]),
        Markup(
          "projectMetadata",
          [
            Markup("identifier", text: "lsmap/\(facts.area)/\(facts.key)"), Markup("type", text: "project"),
            Markup("title", text: title),
            Markup(
              "abstract",
              text: ([RunFacts.notice, "Model: \(facts.model).", "Rain: \(facts.horizon.words)."] + facts.notes).joined(
                separator: " ")),
          ]),
        Markup(
          "ProjectViewSettings", ["UseProjectScales": "0"],
          [
            Markup(
              "DefaultViewExtent",
              [
                "xmin": decimals(grid.westLongitude, 6), "ymin": decimals(grid.southLatitude, 6),
                "xmax": decimals(grid.eastLongitude, 6), "ymax": decimals(grid.northLatitude, 6),
              ], [referenceSystemContent])
          ]),
      ]
    ).qgisDocument
  }

  private var referenceSystemContent: Markup { referenceSystemElement(named: "crs").children[0] }

  /// A layer with its place in the layer tree. QGIS ignores an `id` of ten characters or less.
  private struct Entry {
    let id: String
    let treeItem: Markup
    let layer: Markup
  }

  private func entry(
    id: String, name: String, source: String, provider: String, isShown: Bool, kind: [(String, String)],
    metadata: [Markup], style: [Markup]
  ) -> Entry {
    let treeItem = Markup(
      "layer-tree-layer",
      [
        "id": id, "name": name, "source": source, "providerKey": provider,
        "checked": isShown ? "Qt::Checked" : "Qt::Unchecked",
        "expanded": isShown ? "1" : "0",
      ], [Markup("customproperties")])
    let layer = Markup(
      named: "maplayer", kind + [("hasScaleBasedVisibilityFlag", "0"), ("autoRefreshEnabled", "0")],
      [
        Markup("id", text: id), Markup("datasource", text: source), Markup("layername", text: name),
        Markup("srs", [referenceSystemContent]), Markup("provider", ["encoding": "UTF-8"], text: provider),
        Markup("resourceMetadata", metadata),
      ] + style)
    return Entry(id: id, treeItem: treeItem, layer: layer)
  }

  private var rasterEntries: [Entry] {
    rasters.map { raster in
      let description = raster.description
      let unit = description.unit.isEmpty || description.unit == "1" ? "" : " (\(description.unit))"
      return entry(
        id: "lsmap_layer_\(description.name)", name: "\(description.title)\(unit), \(facts.date)",
        source: "./" + raster.file,
        provider: "gdal", isShown: raster.isShown, kind: [("type", "raster")],
        metadata: metadataElements(of: description, facts),
        style: rasterStyle(of: description, horizon: facts.horizon, range: raster.range))
    }
  }

  private var vectorEntries: [Entry] {
    guard let file = cellPolygons else { return [] }
    let boundary = entry(
      id: "lsmap_layer_boundary", name: "Boundary of the area", source: "./\(file)|layername=boundary",
      provider: "ogr", isShown: true, kind: [("type", "vector"), ("geometry", "Line")],
      metadata: [Markup("title", text: "Boundary of the area")], style: boundaryStyle)
    let cells = [
      entry(
        id: "lsmap_layer_outline", name: "80 %-recall line (around levels 4 and 5), \(facts.date)",
        source: "./\(file)|layername=outline", provider: "ogr", isShown: true,
        kind: [("type", "vector"), ("geometry", "Line")], metadata: [Markup("title", text: "80 %-recall line")],
        style: thresholdLineStyle),
      entry(
        id: "lsmap_layer_cells", name: "Cells of levels 4 and 5, \(facts.date)", source: "./\(file)|layername=cells",
        provider: "ogr", isShown: false, kind: [("type", "vector"), ("geometry", "Polygon")],
        metadata: [Markup("title", text: "Cells of levels 4 and 5")], style: cellStyle),
    ]
    return cells + (hasBoundary ? [boundary] : [])
  }
}
