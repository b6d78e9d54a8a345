import Foundation
package import Mesh

// Styles of the cell polygons and of the line around them, as QGIS projects and the GeoPackage itself have them.

/// QML documents of the layers of a file of cells, by layer: what QGIS shows where the file is opened without its project.
///
/// - Parameter language: Of the fields' names.
/// - Returns: Names of layers with their documents.
package func qgisVectorStyles(_ language: Language) -> [(table: String, style: String)] {
  [
    ("cells", cellStyle + fieldNames(cellFields, language)), ("outline", thresholdLineStyle),
    ("no_data", noDataStyle), ("towns", townStyle + fieldNames(townFields, language)), ("boundary", boundaryStyle),
  ].map { table, style in
    let document = Markup(
      "qgis", ["version": qgisVersion, "styleCategories": "AllStyleCategories", "hasScaleBasedVisibilityFlag": "0"],
      style
    ).qgisDocument
    return (table, String(decoding: document, as: UTF8.self))
  }
}

/// Names of fields as a reader sees them in tables and forms; the fields keep their own.
func fieldNames(_ fields: KeyValuePairs<String, Phrase>, _ language: Language) -> [Markup] {
  [
    Markup(
      "aliases",
      fields.enumerated().map { place, entry in
        Markup(
          "alias",
          ["field": entry.key, "index": "\(place + 1)", "name": language.say(entry.value).replacing("_", with: " ")])
      })
  ]
}

let cellFields: KeyValuePairs<String, Phrase> = [
  "mesh3": .columnMesh, "level": .columnLevelOfCell, "risk": .columnProbability, "swi_mm": .columnSoilWater,
  "anomaly": .columnAnomaly,
]
let townFields: KeyValuePairs<String, Phrase> = [
  "code": .columnCode, "prefecture": .columnPrefecture, "name": .columnMunicipality, "cells": .columnCells,
  "level_1": .columnLevel(1), "level_2": .columnLevel(2), "level_3": .columnLevel(3), "level_4": .columnLevel(4),
  "level_5": .columnLevel(5), "no_data": .columnNoData, "cells_4_5": .columnOverThreshold, "share_4_5": .columnShare,
  "worst_level": .columnWorstLevel, "probability": .columnProbability, "worst_cell": .columnWorstCell,
  "worst_hour": .columnHour,
]

/// Black on white, as on the sheet.
let thresholdLineStyle = [
  singleSymbol(
    type: "line",
    [
      symbolLayer("SimpleLine", ["line_color": Colour.white.qgis, "line_width": "1.3", "joinstyle": "miter"]),
      symbolLayer("SimpleLine", ["line_color": Colour.ink.qgis, "line_width": "0.6", "joinstyle": "miter"]),
    ])
]

let boundaryStyle = [
  singleSymbol(
    type: "line", [symbolLayer("SimpleLine", ["line_color": MapPalette.quietBoundary.qgis, "line_width": "0.35"])])
]

/// No fill, so that the level below shows; a click still finds the cell.
let cellStyle = [
  singleSymbol(
    type: "fill",
    [
      symbolLayer(
        "SimpleFill",
        ["style": "no", "outline_color": Colour.ink.qgis, "outline_style": "solid", "outline_width": "0.2"])
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
        [
          "style": "solid", "color": MapPalette.noData.qgis, "outline_style": "no",
          "outline_color": MapPalette.noData.qgis,
        ]),
      symbolLayer(
        "SimpleFill",
        [
          "style": "b_diagonal", "color": MapPalette.noDataHatch.qgis, "outline_style": "no",
          "outline_color": MapPalette.noData.qgis,
        ]),
    ])
]

let townStyle = [
  singleSymbol(
    type: "fill",
    [
      symbolLayer(
        "SimpleFill",
        [
          "style": "no", "outline_color": MapPalette.quietBoundary.qgis, "outline_style": "dot",
          "outline_width": "0.25",
        ])
    ]),
  Markup("previewExpression", text: "concat(\"name\", ', level ', \"worst_level\")"),
]

/// White paper of a print layout.
func fillSymbol(name: String) -> Markup {
  Markup(
    "symbol", ["type": "fill", "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"],
    [symbolLayer("SimpleFill", ["color": Colour.white.qgis, "style": "solid", "outline_style": "no"])])
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

extension Colour {
  /// `28,30,34,255`, as symbols of QGIS have it.
  var qgis: String { "\(red),\(green),\(blue),255" }
}
