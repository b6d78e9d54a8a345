import Foundation
package import Mesh

// Styles of the cell polygons and of the line around them, as QGIS projects and the GeoPackage itself have them.

/// QML documents of the layers of a file of cells, by layer: what QGIS shows where the file is opened without its project.
///
/// - Parameters:
///   - language: Of the fields' names.
///   - palettes: The colours.
/// - Returns: Names of layers with their documents.
package func qgisVectorStyles(_ language: Language, _ palettes: Palettes) -> [(table: String, style: String)] {
  let styles = VectorStyles(language: language, colours: palettes.map)
  return [
    ("cells", styles.cells), ("outline", styles.thresholdLine), ("no_data", styles.noData), ("towns", styles.towns),
    ("boundary", styles.boundary),
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

/// How the layers of a file of cells look.
struct VectorStyles {
  let language: Language
  let colours: Palettes.Map

  /// Black on white, as on the sheet.
  var thresholdLine: [Markup] {
    [
      singleSymbol(
        type: "line",
        [
          symbolLayer("SimpleLine", ["line_color": Colour.white.qgis, "line_width": "1.3", "joinstyle": "miter"]),
          symbolLayer("SimpleLine", ["line_color": Colour.ink.qgis, "line_width": "0.6", "joinstyle": "miter"]),
        ])
    ]
  }

  var boundary: [Markup] {
    [
      singleSymbol(
        type: "line", [symbolLayer("SimpleLine", ["line_color": colours.quietBoundary.qgis, "line_width": "0.35"])])
    ]
  }

  /// A polygon without fill, so that the level below shows; a click still finds it.
  private func hollow(_ colour: Colour, line: String, width: String) -> Markup {
    singleSymbol(
      type: "fill",
      [
        symbolLayer(
          "SimpleFill",
          ["style": "no", "outline_color": colour.qgis, "outline_style": line, "outline_width": width])
      ])
  }

  var cells: [Markup] {
    [
      hollow(Colour.ink, line: "solid", width: "0.2"),
      preview(name: "mesh3", level: "level"),
    ] + fieldNames(cellFields, language)
  }

  /// The sheet's hatch: a hole in what is known must not look like calm land.
  var noData: [Markup] {
    [
      singleSymbol(
        type: "fill",
        [
          symbolLayer(
            "SimpleFill",
            [
              "style": "solid", "color": colours.noData.qgis, "outline_style": "no",
              "outline_color": colours.noData.qgis,
            ]),
          symbolLayer(
            "SimpleFill",
            [
              "style": "b_diagonal", "color": colours.noDataHatch.qgis, "outline_style": "no",
              "outline_color": colours.noData.qgis,
            ]),
        ])
    ]
  }

  var towns: [Markup] { townLines + fieldNames(townFields, language) }

  /// Of a season's towns, whose fields are others.
  var townLines: [Markup] {
    [
      hollow(colours.quietBoundary, line: "dot", width: "0.25"),
      preview(name: "name", level: "worst_level"),
    ]
  }

  /// What a click tells first.
  private func preview(name: String, level: String) -> Markup {
    let words = language.say(.levelNumber, "")
    return Markup("previewExpression", text: "concat(\"\(name)\", ', \(words)', \"\(level)\")")
  }
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
