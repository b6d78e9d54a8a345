package import Foundation

/// The cells of levels 4 and 5 and the line around them for MapLibre and Mapbox GL: GeoJSON or vector tiles of the layers `cells` and
/// `outline` of the file of cells.
///
/// - Parameter palettes: The colours.
/// - Returns: JSON with sorted keys.
package func mapboxStyle(_ palettes: Palettes) -> Data {
  let levels = palettes.levels.enumerated().flatMap { [$0.offset + 1, $0.element.hex] as [Any] }
  let fill: [Any] = ["match", ["get", "level"]] + levels + [palettes.map.noData.hex]
  func line(_ id: String, _ colour: Colour, width: Int) -> [String: Any] {
    [
      "id": id, "type": "line", "source": "outline", "minzoom": 8,
      "paint": ["line-color": colour.hex, "line-width": width] as [String: Any],
    ]
  }
  let style: [String: Any] = [
    "version": 8, "name": "lsmap levels",
    "metadata": ["lsmap:notice": "Classes of a model, no official warning."],
    "sources": ["cells", "outline"].reduce(into: [String: Any]()) {
      $0[$1] = ["type": "geojson", "data": "\($1).geojson"]
    },
    "layers": [
      ["id": "background", "type": "background", "paint": ["background-color": palettes.map.sea.hex]],
      [
        "id": "cells", "type": "fill", "source": "cells",
        "paint": ["fill-color": fill, "fill-antialias": false] as [String: Any],
      ], line("outline-halo", .white, width: 4), line("outline", .ink, width: 2),
    ] as [[String: Any]],
  ]
  // Texts, whole numbers and lists of them: encoding cannot fail.
  return
    (try? JSONSerialization.data(
      withJSONObject: style, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])) ?? Data()
}
