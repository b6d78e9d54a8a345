import Foundation
import Mesh

/// What any project of ours has in common: groups of layers on JGD2011, a view, Japanese days in the temporal controller.
struct QGISDocument {
  let title: String
  let identifier: String
  let abstract: String
  /// Name of the map theme of what is shown at first.
  let theme: String
  /// What the project opens on.
  let view: MeshGrid
  /// The hours that the temporal controller steps through, day by day.
  let hours: (start: JSTHour, end: JSTHour)
  /// From the top of the layer list.
  let groups: [QGISLayerGroup]
  let layouts: [Markup]
  /// What labels of layouts can say, by name.
  let variables: [(name: String, value: String)]

  /// The bytes of the `.qgs` file; a `.qgz` is a zip archive of it alone.
  var data: Data {
    let layers = groups.flatMap(\.layers)
    return Markup(
      "qgis", ["projectname": title, "version": qgisVersion],
      [
        Markup("title", text: title),
        referenceSystemElement(named: "projectCrs"),
        layerTree,
        Markup(
          "mapcanvas", ["name": "theMapCanvas", "annotationsVisible": "1"],
          [
            Markup("units", text: "degrees"), extentElement, Markup("rotation", text: "0"),
            referenceSystemElement(named: "destinationsrs"), Markup("rendermaptile", text: "0"),
          ]),
        Markup("projectlayers", layers.map(\.element)),
        Markup("layerorder", layers.map { Markup("layer", ["id": $0.id]) }),
        propertiesElement,
        themeElement(layers),
        metadataElement,
        Markup("Layouts", layouts),
        Markup(
          "ProjectViewSettings", ["UseProjectScales": "0"],
          [
            view.extent(named: "DefaultViewExtent", [referenceSystemElement(named: "crs").children[0]])
          ]),
        timeElement,
      ]
    ).qgisDocument
  }

  private var layerTree: Markup {
    let items = groups.map { group in
      Markup(
        "layer-tree-group", ["name": group.name, "checked": "Qt::Checked", "expanded": group.isOpen ? "1" : "0"],
        [Markup("customproperties")] + group.layers.map { $0.treeEntry(isShown: $0.isShown) })
    }
    return Markup("layer-tree-group", [Markup("customproperties")] + items)
  }

  private var extentElement: Markup {
    Markup(
      "extent",
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
      ] + (variables.isEmpty ? [] : [variablesElement]))
  }

  private var variablesElement: Markup {
    func list(_ name: String, _ texts: [String]) -> Markup {
      Markup(name, ["type": "QStringList"], texts.map { Markup("value", text: $0) })
    }
    return Markup(
      "Variables", [list("variableNames", variables.map(\.name)), list("variableValues", variables.map(\.value))])
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
            Markup("start", text: hours.start.coordinatedTime), Markup("end", text: hours.end.coordinatedTime),
          ])
      ])
  }

  /// A map theme of what is shown at first: the way back after layers were switched.
  private func themeElement(_ layers: [QGISLayer]) -> Markup {
    let shown = layers.filter(\.isShown).map {
      Markup("layer", ["id": $0.id, "visible": "1", "style": "default", "expanded": "1"])
    }
    return Markup(
      "visibility-presets", [Markup("visibility-preset", ["name": theme, "has-expanded-info": "1"], shown)])
  }

  private var metadataElement: Markup {
    Markup(
      "projectMetadata",
      [
        Markup("identifier", text: identifier), Markup("type", text: "project"), Markup("title", text: title),
        Markup("abstract", text: abstract),
      ])
  }
}

extension MeshGrid {
  /// The frame in degrees, as maps of layouts and views of projects have it.
  func extent(named name: String = "Extent", _ children: [Markup] = []) -> Markup {
    Markup(
      name,
      [
        "xmin": decimals(westLongitude, 6), "ymin": decimals(southLatitude, 6),
        "xmax": decimals(eastLongitude, 6), "ymax": decimals(northLatitude, 6),
      ], children)
  }
}
