import Mesh

extension QGISProject {
  private static let mapID = "{5f6d7061-6d61-7000-0000-000000000001}"
  private static let font = "DejaVu Sans"

  /// A landscape A4 page: title with the day, map, legend of what is shown, scale, north, credits and the notice.
  func printLayout(showing layers: [QGISLayer]) -> Markup {
    let page = item(
      65_638, at: (0, 0), size: [297, 210], attributes: [("background", "true")],
      [fillSymbol(name: "")])
    let credit = facts.sources.isEmpty ? "" : facts.language.say(.sources, facts.sources.joined(separator: "; ")) + " "
    return Markup(
      "Layout", ["name": "A4 landscape", "units": "mm", "printResolution": "200", "worldFileMap": ""],
      [
        Markup("PageCollection", [fillSymbol(name: ""), page, Markup("GuideCollection", ["visible": "1"])]),
        map,
        label(title, at: (10, 6), size: [277, 10], points: 15),
        label(hoursAndModel, at: (10, 15), size: [277, 8], points: 8),
        legend(of: layers),
        scaleBar,
        item(
          65_640, at: (272, 172), size: [14, 14],
          attributes: [("file", ":/images/north_arrows/layout_default_north_arrow.svg"), ("mode", "0")]),
        label(Phrase.notice.english, at: (10, 188), size: [277, 6], points: 8),
        label(Phrase.notice.japanese, at: (10, 194), size: [277, 6], points: 8),
        // A column that holds some twenty lines: QGIS cuts off what does not fit its box.
        label(credit + facts.notes.joined(separator: " "), at: (208, 110), size: [80, 60], points: 6),
      ])
  }

  private var hoursAndModel: String {
    "\(facts.horizon.words(in: facts.language)). \(facts.language.say(.modelIs, facts.model))"
  }

  /// The largest of the view's shape in degrees within the room left of the legend, mm: what QGIS itself makes of a frame of
  /// another shape.
  private var mapSize: SIMD2<Double> {
    let shape =
      (view.eastLongitude - view.westLongitude) / (view.northLatitude - view.southLatitude)
    return shape > 195 / 160.0 ? [195, 195 / shape] : [160 * shape, 160]
  }

  private var map: Markup {
    item(
      65_639, at: (10, 24), size: mapSize,
      attributes: [
        ("uuid", Self.mapID), ("templateUuid", Self.mapID), ("frame", "true"), ("background", "true"),
        ("followPreset", "false"), ("keepLayerSet", "false"), ("mapRotation", "0"),
      ],
      [
        Markup(
          "Extent",
          [
            "xmin": decimals(view.westLongitude, 6), "ymin": decimals(view.southLatitude, 6),
            "xmax": decimals(view.eastLongitude, 6), "ymax": decimals(view.northLatitude, 6),
          ])
      ])
  }

  private func label(
    _ text: String, at corner: (Int, Int), size: SIMD2<Double>, points: Int
  ) -> Markup {
    item(
      65_641, at: corner, size: size,
      attributes: [("labelText", text), ("htmlState", "0"), ("halign", "1"), ("valign", "32")],
      [
        Markup("LabelFont", ["description": "\(Self.font),\(points),-1,5,50,0,0,0,0,0", "style": ""]),
        Colour.ink.element(named: "FontColor"),
      ])
  }

  private func legend(of layers: [QGISLayer]) -> Markup {
    let tree = Markup(
      "layer-tree-group",
      [Markup("customproperties")]
        + layers.map {
          Markup(
            "layer-tree-layer",
            [
              "id": $0.id, "name": $0.name, "source": $0.source, "providerKey": $0.provider, "checked": "Qt::Checked",
              "expanded": "1",
            ], [Markup("customproperties")])
        })
    let styles = [("title", 11), ("group", 9), ("subgroup", 8), ("symbol", 7), ("symbolLabel", 7)].map { name, points in
      Markup(
        "style", ["name": name, "alignment": "1", "indent": "0", "marginTop": "1.5"],
        [Markup("styleFont", ["description": "\(Self.font),\(points),-1,5,50,0,0,0,0,0", "style": ""])])
    }
    return item(
      65_642, at: (208, 24), size: [80, 120],
      attributes: [
        ("title", ""), ("map_uuid", Self.mapID), ("resizeToContents", "1"), ("legendFilterByAtlas", "0"),
        ("columnCount", "1"), ("symbolWidth", "6"), ("symbolHeight", "3.5"), ("lineSpacing", "1"), ("boxSpace", "1"),
        ("wrapChar", "@"), ("background", "true"),
      ], [Markup("styles", styles), tree])
  }

  private var scaleBar: Markup {
    // A round length of at most 45 mm: the arrow stands beside it.
    let kilometres = roundLength(upTo: MapFrame.kilometres(of: view).x / mapSize.x * 45)
    return item(
      65_646, at: (208, 172), size: [60, 14],
      attributes: [
        ("mapUuid", Self.mapID), ("style", "Single Box"), ("unitType", "km"), ("unitLabel", "km"),
        ("numMapUnitsPerScaleBarUnit", "1"), ("numUnitsPerSegment", decimals(kilometres / 2, 2)),
        ("numSegments", "2"), ("numSegmentsLeft", "0"), ("segmentSizeMode", "0"), ("height", "2"),
        ("boxContentSpace", "1"), ("labelBarSpace", "1"),
      ],
      [
        Markup(
          "text-style",
          [
            "fontFamily": Self.font, "fontSize": "8", "fontSizeUnit": "Point", "textColor": Colour.ink.qgis,
            "textOpacity": "1", "namedStyle": "",
          ])
      ])
  }

  private func item(
    _ type: Int, at corner: (Int, Int), size: SIMD2<Double>, attributes: [(String, String)], _ children: [Markup] = []
  ) -> Markup {
    Markup(
      named: "LayoutItem",
      [
        ("type", "\(type)"), ("position", "\(corner.0),\(corner.1),mm"),
        ("positionOnPage", "\(corner.0),\(corner.1),mm"), ("size", "\(decimals(size.x, 2)),\(decimals(size.y, 2)),mm"),
        ("visibility", "1"), ("referencePoint", "0"), ("itemRotation", "0"), ("opacity", "1"), ("blendMode", "0"),
        ("outlineWidthM", "0.3,mm"),
      ] + attributes,
      [
        Colour.ink.element(named: "FrameColor"),
        Colour.white.element(named: "BackgroundColor"),
      ] + children)
  }
}

extension Colour {
  /// As items of a layout have it.
  fileprivate func element(named name: String) -> Markup {
    Markup(name, ["red": "\(red)", "green": "\(green)", "blue": "\(blue)", "alpha": "255"])
  }
}
