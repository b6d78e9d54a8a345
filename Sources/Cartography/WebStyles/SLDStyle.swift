package import Foundation
package import Mesh

/// The style of a layer for GeoServer, MapServer and ArcGIS: OGC Styled Layer Descriptor 1.0, with the colours of its QGIS style.
///
/// - Parameters:
///   - description: The layer.
///   - range: Least and greatest value of the data, for layers without a fixed scale.
///   - palettes: The colours.
/// - Returns: The file's bytes.
package func sldStyle(
  of description: LayerDescription, range: ClosedRange<Float>? = nil, palettes: Palettes
) -> Data {
  let entries: [Markup]
  let kind: String
  switch LayerStyle(of: description, range: range, in: palettes) {
  case .classes(let classes):
    kind = "values"
    entries = classes.map { entry($0.colour, at: "\($0.value)", $0.label) }
  case .ramp(let stops):
    kind = "ramp"
    entries = stops.map { entry($0.colour, at: shortest($0.value), shortest($0.value) + description.unitSuffix) }
  }
  return Markup(
    "StyledLayerDescriptor",
    ["version": "1.0.0", "xmlns": "http://www.opengis.net/sld", "xmlns:ogc": "http://www.opengis.net/ogc"],
    [
      Markup(
        "NamedLayer",
        [
          Markup("Name", text: description.name),
          Markup(
            "UserStyle",
            [
              Markup("Title", text: description.title),
              Markup(
                "FeatureTypeStyle",
                [Markup("Rule", [Markup("RasterSymbolizer", [Markup("ColorMap", ["type": kind], entries)])])]),
            ]),
        ])
    ]
  ).document
}

private func entry(_ colour: Colour, at value: String, _ label: String) -> Markup {
  Markup("ColorMapEntry", ["color": colour.hex, "quantity": value, "label": label])
}
