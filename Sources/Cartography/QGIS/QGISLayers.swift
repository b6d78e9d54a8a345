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
    func rasters(_ names: Set<String>) -> [QGISLayer] {
      self.rasters.filter { names.contains($0.description.name) }.map(rasterLayer)
    }
    let risk = rasters(["level", "risk", "drivers", "level_leads", "risk_leads"])
    let soilWater = rasters(["anomaly", "swi"])
    let ground = rasters([LayerDescription.elevation.name])
    let quality = rasters(["quality"])
    return [
      QGISLayerGroup(name: "Lines and places", isOpen: true, layers: vectorLayers),
      QGISLayerGroup(name: "Risk", isOpen: true, layers: risk),
      QGISLayerGroup(name: "Soil water", isOpen: false, layers: soilWater),
      QGISLayerGroup(name: "Quality", isOpen: false, layers: quality),
      QGISLayerGroup(name: "Ground", isOpen: false, layers: ground + [basemap]),
    ].filter { !$0.layers.isEmpty }
  }

  func layerTree(_ groups: [QGISLayerGroup]) -> Markup {
    let items = groups.map { group in
      Markup(
        "layer-tree-group", ["name": group.name, "checked": "Qt::Checked", "expanded": group.isOpen ? "1" : "0"],
        [Markup("customproperties")]
          + group.layers.map {
            Markup(
              "layer-tree-layer",
              [
                "id": $0.id, "name": $0.name, "source": $0.source, "providerKey": $0.provider,
                "checked": $0.isShown ? "Qt::Checked" : "Qt::Unchecked", "expanded": $0.isShown ? "1" : "0",
              ], [Markup("customproperties")])
          })
    }
    return Markup("layer-tree-group", [Markup("customproperties")] + items)
  }

  private func rasterLayer(_ raster: Raster) -> QGISLayer {
    let description = raster.description
    let isGround = description == .elevation
    let unit = description.unitSuffix.isEmpty ? "" : " (\(description.unitSuffix.drop { $0 == " " }))"
    return layer(
      description.name, name: isGround ? "Relief" : "\(description.title)\(unit), \(facts.dateJST)",
      source: "./" + raster.file, provider: "gdal", isShown: raster.isShown, kind: [("type", "raster")],
      metadata: metadataElements(of: description, facts),
      style: isGround ? hillshadeStyle : rasterStyle(of: description, horizon: facts.horizon, range: raster.range))
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
        "outline", "\(facts.levelLine) (around levels 4 and 5), \(day)", "Line", isShown: true,
        style: [temporalRange(of: facts.horizon)] + thresholdLineStyle, largestScale: 1_500_000),
      vector(
        "cells", "Cells of levels 4 and 5, \(day)", "Polygon", isShown: false,
        style: [temporalRange(of: facts.horizon)] + cellStyle),
    ]
    if vectors.contains(.noData) {
      layers.append(
        vector(
          "no_data", "No data (hatched), \(day)", "Polygon", isShown: true,
          style: [temporalRange(of: facts.horizon)] + noDataStyle))
    }
    if vectors.contains(.towns) {
      layers.append(
        vector(
          "towns", "Municipalities, \(day)", "Polygon", isShown: true,
          style: [temporalRange(of: facts.horizon)] + townStyle))
    }
    if vectors.contains(.boundary) {
      layers.append(vector("boundary", "Boundary of the area", "Line", isShown: true, style: boundaryStyle))
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
        Markup("layername", text: "GSI map (needs the network)"), Markup("provider", text: "wms"),
        Markup("attribution", ["href": "https://maps.gsi.go.jp/development/ichiran.html"], text: "国土地理院"),
        Markup("pipe", [Markup("rasterrenderer", ["type": "singlebandcolordata", "band": "1", "opacity": "1"])]),
      ])
    return QGISLayer(
      id: "lsmap_layer_basemap", name: "GSI map (needs the network)", isShown: false, source: address, provider: "wms",
      element: element)
  }

  private func layer(
    _ key: String, name: String, source: String, provider: String, isShown: Bool, kind: [(String, String)],
    metadata: [Markup], style: [Markup]
  ) -> QGISLayer {
    let id = "lsmap_layer_\(key)"
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
