// Styles of the cell polygons and of the line around them, as QGIS projects write them.

/// Black on white, as on the sheet.
let thresholdLineStyle = [
  singleSymbol(
    type: "line",
    [
      symbolLayer("SimpleLine", ["line_color": "255,255,255,255", "line_width": "1.3", "joinstyle": "miter"]),
      symbolLayer("SimpleLine", ["line_color": "28,30,34,255", "line_width": "0.6", "joinstyle": "miter"]),
    ])
]

let boundaryStyle = [
  singleSymbol(
    type: "line", [symbolLayer("SimpleLine", ["line_color": "110,114,120,255", "line_width": "0.35"])])
]

/// No fill, so that the level below shows; a click still finds the cell.
let cellStyle = [
  singleSymbol(
    type: "fill",
    [
      symbolLayer(
        "SimpleFill",
        ["style": "no", "outline_color": "28,30,34,255", "outline_style": "solid", "outline_width": "0.2"])
    ]),
  Markup("previewExpression", text: "concat(\"mesh3\", ', level ', \"level\")"),
]

/// The sheet's hatch: a hole in what is known must not look like calm land.
let noDataStyle = [
  singleSymbol(
    type: "fill",
    [
      symbolLayer(
        "SimpleFill",
        ["style": "solid", "color": "186,188,191,255", "outline_style": "no", "outline_color": "186,188,191,255"]),
      symbolLayer(
        "SimpleFill",
        ["style": "b_diagonal", "color": "128,131,136,255", "outline_style": "no", "outline_color": "186,188,191,255"]),
    ])
]

let townStyle = [
  singleSymbol(
    type: "fill",
    [
      symbolLayer(
        "SimpleFill",
        ["style": "no", "outline_color": "110,114,120,255", "outline_style": "dot", "outline_width": "0.25"])
    ]),
  Markup("previewExpression", text: "concat(\"name\", ', level ', \"worst_level\")"),
]

/// White paper of a print layout.
func fillSymbol(name: String) -> Markup {
  Markup(
    "symbol", ["type": "fill", "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"],
    [symbolLayer("SimpleFill", ["color": "255,255,255,255", "style": "solid", "outline_style": "no"])])
}

private func singleSymbol(type: String, _ layers: [Markup]) -> Markup {
  Markup(
    "renderer-v2", ["type": "singleSymbol", "symbollevels": "0", "enableorderby": "0", "forceraster": "0"],
    [
      Markup(
        "symbols",
        [
          Markup(
            "symbol", ["type": type, "name": "0", "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"], layers)
        ])
    ])
}

private func symbolLayer(_ name: String, _ properties: KeyValuePairs<String, String>) -> Markup {
  Markup(
    "layer", ["class": name, "enabled": "1", "locked": "0", "pass": "0"],
    properties.map { key, value in Markup("prop", ["k": key, "v": value]) }
      + [
        Markup(
          "Option", ["type": "Map"],
          properties.map { key, value in Markup("Option", ["type": "QString", "name": key, "value": value]) })
      ])
}
