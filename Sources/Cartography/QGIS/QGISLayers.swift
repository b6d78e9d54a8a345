import Mesh

/// A layer of a project. QGIS ignores an `id` of ten characters or less.
struct QGISLayer {
  let id: String
  let name: String
  let isShown: Bool
  let source: String
  let provider: String
  /// The `maplayer` element.
  let element: Markup

  /// Its entry in a tree of layers.
  ///
  /// - Parameter isShown: Whether it is ticked and unfolded.
  /// - Returns: The `layer-tree-layer` element.
  func treeEntry(isShown: Bool) -> Markup {
    Markup(
      "layer-tree-layer",
      [
        "id": id, "name": name, "source": source, "providerKey": provider,
        "checked": isShown ? "Qt::Checked" : "Qt::Unchecked", "expanded": isShown ? "1" : "0",
      ], [Markup("customproperties")])
  }
}

/// A group of the layer tree.
struct QGISLayerGroup {
  let name: String
  let isOpen: Bool
  let layers: [QGISLayer]
}

extension QGISProject {
  /// The groups from the top of the list: what an officer looks at first comes first.
  var layerGroups: [QGISLayerGroup] {
    let risk = rasters(["level", "risk", "drivers", "level_leads", "risk_leads"])
    let soilWater = rasters(["anomaly", "swi"])
    let quality = rasters(["quality"])
    return [
      QGISLayerGroup(name: facts.language.say(.groupPlaces), isOpen: true, layers: vectorLayers),
      QGISLayerGroup(name: facts.language.say(.groupRisk), isOpen: true, layers: risk),
      QGISLayerGroup(name: facts.language.say(.groupSoilWater), isOpen: false, layers: soilWater),
      QGISLayerGroup(name: facts.language.say(.groupQuality), isOpen: false, layers: quality),
      QGISLayerGroup(name: facts.language.say(.groupGround), isOpen: false, layers: layersOfGround),
    ].filter { !$0.layers.isEmpty }
  }

  private func rasters(_ names: Set<String>) -> [QGISLayer] {
    rasters.filter { names.contains($0.description.name) }.map(rasterLayer)
  }

  /// What a season shows of a day.
  var layersOfDay: [QGISLayer] {
    vectorLayers.filter { $0.id.contains("_outline") || $0.id.contains("_no_data") }
      + rasters(["level", "risk", "swi"])
  }

  /// What a season shows of the area, whatever the day.
  var layersOfArea: [QGISLayer] { vectorLayers.filter { $0.id.contains("_boundary") } }

  /// Relief and basemap.
  var layersOfGround: [QGISLayer] { rasters([LayerDescription.elevation.name]) + [basemap] }

  /// Municipalities with the worst of their days, and the table of all days.
  func seasonTowns(_ file: String?) -> [QGISLayer] {
    guard let file else { return [] }
    let language = facts.language
    func table(_ name: String, _ title: String, geometry: String, style: [Markup]) -> QGISLayer {
      layer(
        name, name: title, source: "./\(file)|layername=\(name)", provider: "ogr", isShown: geometry == "Polygon",
        kind: [("type", "vector"), ("geometry", geometry)], metadata: [Markup("title", text: title)], style: style)
    }
    return [
      table("towns", language.say(.municipalities), geometry: "Polygon", style: vectorStyles.townLines),
      table("daily", language.say(.layerDaily), geometry: "No geometry", style: []),
    ]
  }

  private var vectorStyles: VectorStyles { VectorStyles(language: facts.language, colours: facts.palettes.map) }

  private func rasterLayer(_ raster: Raster) -> QGISLayer {
    let description = raster.description
    let isGround = description.name == LayerDescription.elevation.name
    let unit = description.unitSuffix.isEmpty ? "" : " (\(description.unitSuffix.drop { $0 == " " }))"
    return layer(
      description.name,
      name: isGround ? facts.language.say(.layerRelief) : "\(description.title)\(unit), \(facts.dateJST)",
      source: "./" + raster.file, provider: "gdal", isShown: raster.isShown, kind: [("type", "raster")],
      metadata: metadataElements(of: description, facts),
      style: isGround
        ? hillshadeStyle
        : rasterStyle(
          of: description, horizon: facts.horizon, range: raster.range, facts.palettes))
  }

  private var vectorLayers: [QGISLayer] {
    guard let file = cellPolygons else { return [] }
    func vector(
      _ table: String, _ name: String, _ geometry: String, isShown: Bool, style: [Markup], largestScale: Int? = nil
    ) -> QGISLayer {
      layer(
        table, name: name, source: "./\(file)|layername=\(table)", provider: "ogr", isShown: isShown,
        kind: [("type", "vector"), ("geometry", geometry)]
          // The greatest denominator at which a cell is still wider than the lines around it.
          + (largestScale.map { [("minScale", "\($0)"), ("maxScale", "0")] } ?? []),
        metadata: [Markup("title", text: name)], style: style)
    }
    let day = facts.dateJST
    var layers = [
      vector(
        "outline", "\(facts.language.say(.layerOutline, facts.levelLine)), \(day)", "Line", isShown: true,
        style: [temporalRange(of: facts.horizon)] + vectorStyles.thresholdLine, largestScale: 1_500_000),
      vector(
        "cells", "\(facts.language.say(.layerCells)), \(day)", "Polygon", isShown: false,
        style: [temporalRange(of: facts.horizon)] + vectorStyles.cells),
    ]
    if vectors.contains(.noData) {
      layers.append(
        vector(
          "no_data", "\(facts.language.say(.layerNoData)), \(day)", "Polygon", isShown: true,
          style: [temporalRange(of: facts.horizon)] + vectorStyles.noData))
    }
    if vectors.contains(.towns) {
      layers.append(
        vector(
          "towns", "\(facts.language.say(.municipalities)), \(day)", "Polygon", isShown: true,
          style: [temporalRange(of: facts.horizon)] + vectorStyles.towns))
    }
    if vectors.contains(.boundary) {
      layers.append(
        vector("boundary", facts.language.say(.layerBoundary), "Line", isShown: true, style: vectorStyles.boundary))
    }
    return layers
  }

  /// The pale map of the Geospatial Information Authority: an entry that fetches nothing until it is switched on.
  private var basemap: QGISLayer {
    let address =
      "type=xyz&url=https://cyberjapandata.gsi.go.jp/xyz/pale/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=18&zmin=2&crs=EPSG:3857"
    let element = Markup(
      named: "maplayer", [("type", "raster"), ("hasScaleBasedVisibilityFlag", "0"), ("autoRefreshEnabled", "0")],
      [
        Markup("id", text: "lsmap_layer_basemap"), Markup("datasource", text: address),
        Markup("layername", text: facts.language.say(.layerBasemap)), Markup("provider", text: "wms"),
        Markup("attribution", ["href": "https://maps.gsi.go.jp/development/ichiran.html"], text: "国土地理院"),
        Markup("pipe", [Markup("rasterrenderer", ["type": "singlebandcolordata", "band": "1", "opacity": "1"])]),
      ])
    return QGISLayer(
      id: "lsmap_layer_basemap", name: facts.language.say(.layerBasemap), isShown: false, source: address,
      provider: "wms",
      element: element)
  }

  private func layer(
    _ key: String, name: String, source: String, provider: String, isShown: Bool, kind: [(String, String)],
    metadata: [Markup], style: [Markup]
  ) -> QGISLayer {
    let id = "lsmap_layer_\(key)\(layerSuffix)"
    let isScaled = kind.contains { $0.0 == "minScale" }
    let element = Markup(
      named: "maplayer", kind + [("hasScaleBasedVisibilityFlag", isScaled ? "1" : "0"), ("autoRefreshEnabled", "0")],
      [
        Markup("id", text: id), Markup("datasource", text: source), Markup("layername", text: name),
        Markup("srs", [referenceSystemElement(named: "crs").children[0]]),
        Markup("provider", ["encoding": "UTF-8"], text: provider), Markup("resourceMetadata", metadata),
      ] + style)
    return QGISLayer(id: id, name: name, isShown: isShown, source: source, provider: provider, element: element)
  }
}
