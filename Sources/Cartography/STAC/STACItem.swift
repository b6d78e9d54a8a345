package import Foundation
package import Mesh

/// The run folder as a STAC 1.0.0 item (`item.json`): catalogues and viewers find its layers by place and day.
///
/// - Parameters:
///   - facts: The run.
///   - layers: The layer files with their descriptions, relative to the item: `risk.tif`.
///   - others: Further files: key, file name, media type, title: `("map", "map.png", "image/png", "Map sheet")`.
/// - Returns: JSON with sorted keys; no time of making, so that the same run gives the same bytes.
package func stacItem(
  _ facts: RunFacts, layers: [(description: LayerDescription, file: String)],
  others: [(key: String, file: String, type: String, title: String)] = []
) -> Data {
  let grid = facts.grid
  let box = [grid.westLongitude, grid.southLatitude, grid.eastLongitude, grid.northLatitude]
  var assets: [String: STACItem.Asset] = [:]
  for (description, file) in layers {
    assets[description.name] = STACItem.Asset(description, file: file, facts.palettes)
  }
  for (key, file, type, title) in others {
    assets[key] = STACItem.Asset(
      href: "./" + file, type: type, title: title, roles: [type == "image/png" ? "overview" : "metadata"], bands: nil,
      classes: nil)
  }
  let item = STACItem(
    id: "lsmap-\(facts.area)-\(facts.key)",
    geometry: .init(coordinates: [
      [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], [box[0], box[1]]]
    ]),
    bbox: box,
    properties: .init(
      title: "\(facts.language.say(.reportTitle)), \(facts.areaTitle), \(facts.date)",
      description: facts.sentences.joined(
        separator: " "),
      moment: facts.horizon.start.coordinatedTime,
      start: facts.horizon.start.coordinatedTime, end: facts.horizon.end.coordinatedTime,
      shape: [grid.height, grid.width], transform: [1.0 / 80, 0, box[0], 0, -1.0 / 120, box[3]],
      area: facts.area, model: facts.model, software: facts.software, sources: facts.sources,
      rain: facts.horizon.words, asOf: facts.horizon.asOf?.coordinatedTime,
      forecastHours: facts.horizon.forecastHours,
      licence: "other", terms: facts.licence),
    collection: "lsmap-\(facts.area)",
    links: [
      STACItem.Link(rel: "self", href: "./item.json", type: "application/geo+json", title: "This run"),
      STACItem.Link(
        rel: "collection", href: "./collection.json", type: "application/json", title: "Runs of \(facts.areaTitle)"),
      STACItem.Link(
        rel: "related", href: RunFacts.officialWarnings, type: "text/html", title: "Official warnings of the JMA"),
    ],
    assets: assets)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  // Strings and finite numbers only: encoding cannot fail.
  return (try? encoder.encode(item)) ?? Data()
}

/// The collection of an area's runs (`collection.json` beside each item): terms, extent and who made them.
///
/// - Parameter facts: A run of the area; its period opens the extent, which has no end.
/// - Returns: JSON with sorted keys.
package func stacCollection(_ facts: RunFacts) -> Data {
  let grid = facts.grid
  let collection: [String: Any] = [
    "type": "Collection", "stac_version": "1.0.0", "id": "lsmap-\(facts.area)",
    "title": "\(facts.language.say(.reportTitle)), \(facts.areaTitle)", "description": facts.notice, "license": "other",
    "providers": [
      [
        "name": facts.publisher.name.isEmpty ? facts.software : facts.publisher.name, "roles": ["producer"],
      ]
    ],
    "extent": [
      "spatial": [
        "bbox": [[grid.westLongitude, grid.southLatitude, grid.eastLongitude, grid.northLatitude]]
      ], "temporal": ["interval": [[facts.horizon.start.coordinatedTime, NSNull()] as [Any]]],
    ],
    "links": [["rel": "item", "href": "./item.json", "type": "application/geo+json"]],
  ]
  // Strings and finite numbers only: writing cannot fail.
  return (try? JSONSerialization.data(withJSONObject: collection, options: [.prettyPrinted, .sortedKeys])) ?? Data()
}

/// The parts of a STAC item that we write.
private struct STACItem: Encodable {
  var type = "Feature"
  var version = "1.0.0"
  var extensions = [
    "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
    "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
    "https://stac-extensions.github.io/classification/v1.1.0/schema.json",
  ]
  let id: String
  let geometry: Geometry
  let bbox: [Double]
  let properties: Properties
  let collection: String
  let links: [Link]
  let assets: [String: Asset]

  enum CodingKeys: String, CodingKey {
    case type, id, geometry, bbox, properties, collection, links, assets
    case version = "stac_version"
    case extensions = "stac_extensions"
  }

  struct Link: Encodable {
    let rel: String
    let href: String
    let type: String
    let title: String
  }

  struct Geometry: Encodable {
    var type = "Polygon"
    let coordinates: [[[Double]]]
  }

  struct Properties: Encodable {
    let title: String
    let description: String
    /// The standard wants one moment too: the start.
    let moment: String
    let start: String
    let end: String
    var code = 6_668
    let shape: [Int]
    let transform: [Double]
    let area: String
    let model: String
    let software: String
    let sources: [String]
    let rain: String
    let asOf: String?
    let forecastHours: Int
    let licence: String
    let terms: String

    enum CodingKeys: String, CodingKey {
      case title, description
      case moment = "datetime"
      case start = "start_datetime"
      case end = "end_datetime"
      case code = "proj:epsg"
      case shape = "proj:shape"
      case transform = "proj:transform"
      case area = "lsmap:area"
      case model = "lsmap:model"
      case software = "lsmap:software"
      case sources = "lsmap:sources"
      case rain = "lsmap:rain"
      case asOf = "lsmap:as_of"
      case forecastHours = "lsmap:forecast_hours"
      case licence = "license"
      case terms = "lsmap:terms"
    }
  }

  struct Asset: Encodable {
    let href: String
    let type: String
    let title: String
    let roles: [String]
    let bands: [Band]?
    let classes: [Class]?

    enum CodingKeys: String, CodingKey {
      case href, type, title, roles
      case bands = "raster:bands"
      case classes = "classification:classes"
    }
  }

  struct Band: Encodable {
    let nodata: Float
    let unit: String?
    let kind: String

    enum CodingKeys: String, CodingKey {
      case nodata, unit
      case kind = "data_type"
    }
  }

  struct Class: Encodable {
    let value: Int
    let description: String
    let hint: String

    enum CodingKeys: String, CodingKey {
      case value, description
      case hint = "color_hint"
    }
  }
}

extension STACItem.Asset {
  init(_ description: LayerDescription, file: String, _ palettes: Palettes) {
    href = "./" + file
    type = "image/tiff; application=geotiff; profile=cloud-optimized"
    title = description.title
    roles = ["data"]
    let unit = description.unit.isEmpty ? nil : description.unit
    switch description.storage {
    case .byte: bands = [.init(nodata: 0, unit: unit, kind: "uint8")]
    case .float32(let nodata): bands = [.init(nodata: nodata, unit: unit, kind: "float32")]
    }
    guard case .classes(let styled) = LayerStyle(of: description, in: palettes) else {
      classes = nil
      return
    }
    classes = styled.map {
      .init(value: $0.value, description: $0.label, hint: String($0.colour.hex.dropFirst()).uppercased())
    }
  }
}
