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

  package init(
    _ facts: RunFacts, rasters: [Raster], cellPolygons: String?, vectors: Set<Vector> = []
  ) {
    self.facts = facts
    self.rasters = rasters
    self.cellPolygons = cellPolygons
    self.vectors = vectors
  }

  var title: String { "Landslide risk, \(facts.areaTitle), \(facts.dateJST)" }
  /// What the project opens on: the area with a margin.
  var view: MeshGrid { facts.grid.padded(by: 3) }

  /// The bytes of the `.qgs` file; a `.qgz` is a zip archive of it alone.
  package var document: Data {
    let groups = layerGroups
    let layers = groups.flatMap(\.layers)
    return Markup(
      "qgis", ["projectname": title, "version": qgisVersion],
      [
        Markup("title", text: title),
        referenceSystemElement(named: "projectCrs"),
        layerTree(groups),
        Markup(
          "mapcanvas", ["name": "theMapCanvas", "annotationsVisible": "1"],
          [
            Markup("units", text: "degrees"), extentElement("extent"), Markup("rotation", text: "0"),
            referenceSystemElement(named: "destinationsrs"), Markup("rendermaptile", text: "0"),
          ]),
        Markup("projectlayers", layers.map(\.element)),
        Markup("layerorder", layers.map { Markup("layer", ["id": $0.id]) }),
        propertiesElement,
        themeElement(layers),
        metadataElement,
        Markup("Layouts", [printLayout(showing: layers.filter(\.isShown))]),
        Markup(
          "ProjectViewSettings", ["UseProjectScales": "0"],
          [
            Markup(
              "DefaultViewExtent",
              [
                "xmin": decimals(view.westLongitude, 6), "ymin": decimals(view.southLatitude, 6),
                "xmax": decimals(view.eastLongitude, 6), "ymax": decimals(view.northLatitude, 6),
              ], [referenceSystemElement(named: "crs").children[0]])
          ]),
        timeElement,
      ]
    ).qgisDocument
  }

  private func extentElement(_ name: String) -> Markup {
    Markup(
      name,
      [
        Markup("xmin", text: decimals(view.westLongitude, 6)), Markup("ymin", text: decimals(view.southLatitude, 6)),
        Markup("xmax", text: decimals(view.eastLongitude, 6)), Markup("ymax", text: decimals(view.northLatitude, 6)),
      ])
  }

  /// Lengths and areas are measured on JGD2011's own ellipsoid, in metres and square kilometres.
  private var propertiesElement: Markup {
    Markup(
      "properties",
      [
        Markup("Paths", [Markup("Absolute", ["type": "bool"], text: "false")]),
        Markup("SpatialRefSys", [Markup("ProjectionsEnabled", ["type": "int"], text: "1")]),
        Markup("Measure", [Markup("Ellipsoid", ["type": "QString"], text: "EPSG:7019")]),
        Markup(
          "Measurement",
          [
            Markup("DistanceUnits", ["type": "QString"], text: "meters"),
            Markup("AreaUnits", ["type": "QString"], text: "km2"),
          ]),
        Markup("Gui", [Markup("CanvasColorRedPart", ["type": "int"], text: "255")]),
      ])
  }

  /// The temporal controller steps through Japanese days: frames of a day that begin at 15:00 UTC.
  private var timeElement: Markup {
    Markup(
      "ProjectTimeSettings",
      ["timeStepUnit": "d", "timeStep": "1", "frameRate": "1", "cumulativeTemporalRange": "0"],
      [
        Markup(
          "TemporalRange",
          [
            Markup("start", text: facts.horizon.start.coordinatedTime),
            Markup("end", text: facts.horizon.end.coordinatedTime),
          ])
      ])
  }

  /// A map theme of what is shown at first: the way back after layers were switched.
  private func themeElement(_ layers: [QGISLayer]) -> Markup {
    let shown = layers.filter(\.isShown).map {
      Markup("layer", ["id": $0.id, "visible": "1", "style": "default", "expanded": "1"])
    }
    return Markup(
      "visibility-presets", [Markup("visibility-preset", ["name": "Risk of the day", "has-expanded-info": "1"], shown)])
  }

  private var metadataElement: Markup {
    Markup(
      "projectMetadata",
      [
        Markup("identifier", text: "lsmap/\(facts.area)/\(facts.key)"), Markup("type", text: "project"),
        Markup("title", text: title),
        Markup(
          "abstract",
          text: ([RunFacts.notice, "Model: \(facts.model).", "Rain: \(facts.horizon.words)."] + facts.notes)
            .joined(separator: " ")),
      ])
  }
}
