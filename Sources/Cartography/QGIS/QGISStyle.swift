package import Foundation
package import Mesh

/// A QGIS layer style (`.qml`) that colours a raster as `LayerStyle` says, with class names, units and the day.
///
/// - Parameters:
///   - description: The layer.
///   - horizon: The hours the layer is valid for; QGIS' time slider then finds it.
///   - range: Least and greatest value of the data, for layers without a fixed scale.
///   - palettes: The colours.
/// - Returns: The file's bytes.
package func qgisStyle(
  of description: LayerDescription, horizon: RainHorizon? = nil, range: ClosedRange<Float>? = nil,
  palettes: Palettes = .program
) -> Data {
  Markup(
    "qgis", ["version": qgisVersion, "styleCategories": "AllStyleCategories", "hasScaleBasedVisibilityFlag": "0"],
    rasterStyle(of: description, horizon: horizon, range: range, palettes)
  ).qgisDocument
}

/// The version whose file format is written; later ones read it.
let qgisVersion = "3.22.16-Białowieża"

/// What a style file and a layer of a project have in common.
func rasterStyle(
  of description: LayerDescription, horizon: RainHorizon?, range: ClosedRange<Float>?, _ palettes: Palettes
) -> [Markup] {
  let style = LayerStyle(of: description, range: range, in: palettes)
  return rasterStyle(renderer(of: description, style: style), horizon: horizon)
}

/// Light from the north-west over the elevation, pale below the levels; heights in metres on a grid of degrees, hence the factor.
///
/// Heights are interpolated before they are shaded: between cells that are blown up first, slopes are steps and the relief a grid.
let hillshadeStyle = rasterStyle(
  Markup(
    "rasterrenderer",
    [
      "type": "hillshade", "band": "1", "azimuth": "315", "angle": "45", "zfactor": "0.00003", "multidirection": "0",
      "opacity": "0.5", "alphaBand": "-1", "nodataColor": "",
    ]), horizon: nil, isInterpolated: true)

private func rasterStyle(_ renderer: Markup, horizon: RainHorizon?, isInterpolated: Bool = false) -> [Markup] {
  let resampling = Markup(
    "resampling",
    isInterpolated
      ? [
        "enabled": "true", "maxOversampling": "2", "zoomedInResamplingMethod": "cubic",
        "zoomedOutResamplingMethod": "bilinear",
      ] : ["enabled": "false", "zoomedInResamplingMethod": "nearestNeighbour"])
  let pipe = Markup(
    "pipe",
    [
      Markup("provider", [resampling]),
      renderer,
      Markup("brightnesscontrast", ["brightness": "0", "contrast": "0", "gamma": "1"]),
      Markup("huesaturation", ["colorizeOn": "0", "grayscaleMode": "0", "saturation": "0"]),
      Markup("rasterresampler", ["maxOversampling": "2"]),
      Markup("resamplingStage", text: isInterpolated ? "provider" : "resamplingFilter"),
    ])
  return (horizon.map { [temporalRange(of: $0)] } ?? []) + [pipe, Markup("blendMode", text: "0")]
}

/// The hours as QGIS' temporal controller reads it, in UTC.
///
/// QGIS counts both ends as inside: two days that share a midnight would both be drawn in the frames of either, and the
/// next day's red stand on a calm day. A second is taken off at each end.
func temporalRange(of horizon: RainHorizon) -> Markup {
  Markup(
    "temporal", ["enabled": "1", "mode": "0", "fetchMode": "0"],
    [
      Markup(
        "fixedRange",
        [
          Markup("start", text: horizon.start.coordinatedTime(clock: "00:01")),
          Markup("end", text: horizon.end.advanced(by: -1).coordinatedTime(clock: "59:59")),
        ])
    ])
}

private func renderer(of description: LayerDescription, style: LayerStyle) -> Markup {
  switch style {
  case .classes(let classes):
    let entries = classes.map { entry in
      Markup(
        "paletteEntry",
        ["value": "\(entry.value)", "label": entry.label, "color": entry.colour.hex, "alpha": "255"])
    }
    return Markup(
      "rasterrenderer", ["type": "paletted", "band": "1", "opacity": "1", "alphaBand": "-1", "nodataColor": ""],
      [Markup("rasterTransparency"), Markup("colorPalette", entries)])
  case .ramp(let stops):
    let (low, high) = (shortest(stops.first?.value ?? 0), shortest(stops.last?.value ?? 1))
    let unit = description.unitSuffix
    let items = stops.map {
      Markup(
        "item",
        ["value": shortest($0.value), "label": shortest($0.value) + unit, "color": $0.colour.hex, "alpha": "255"])
    }
    return Markup(
      "rasterrenderer",
      [
        "type": "singlebandpseudocolor", "band": "1", "opacity": "1", "alphaBand": "-1", "nodataColor": "",
        "classificationMin": low, "classificationMax": high,
      ],
      [
        Markup("rasterTransparency"),
        Markup(
          "rastershader",
          [
            Markup(
              "colorrampshader",
              [
                "colorRampType": "INTERPOLATED", "classificationMode": "1", "clip": "0", "minimumValue": low,
                "maximumValue": high, "labelPrecision": "2",
              ], items + [legendSettings(unit: unit)])
          ]),
      ])
  }
}

/// QGIS draws a continuous ramp as a bar with its own two numbers: the unit is said as their suffix.
private func legendSettings(unit: String) -> Markup {
  Markup(
    "rampLegendSettings",
    [
      "useContinuousLegend": "1", "suffix": unit, "prefix": "", "minimumLabel": "", "maximumLabel": "",
      "direction": "0", "orientation": "2",
    ], [Markup("numericFormat", ["id": "basic"], [Markup("Option", ["type": "invalid"])])])
}

extension LayerDescription {
  /// ` mm`, ` °`; nothing for shares and classes.
  var unitSuffix: String {
    switch unit {
    case "", "1": ""
    case "deg": "°"
    case "a": " years"
    default: " " + unit
    }
  }
}

extension JSTHour {
  /// A moment within the hour that begins here, ISO 8601 in UTC; `clock` are its minutes and seconds: `00:01`.
  fileprivate func coordinatedTime(clock: String) -> String { coordinatedTime.dropLast("00:00Z".count) + clock + "Z" }
}
