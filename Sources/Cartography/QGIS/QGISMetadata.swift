package import Foundation
package import Mesh

/// What is said about one layer or about the run, for metadata files, project and catalogue item.
package struct RunFacts: Sendable {
  /// `tottori`; part of identifiers and file names.
  package var area: String
  /// `Tottori 鳥取県`.
  package var areaTitle: String
  /// The hours the run is about, and which of them are forecast.
  package var horizon: RainHorizon
  package var grid: MeshGrid
  /// What made the risk: the model's title.
  package var model: String
  /// `lsmap 0.1.0`.
  package var software: String
  /// Data sources with their credits, a line each.
  package var sources: [String]
  /// What is missing or uncertain, a sentence each.
  package var notes: [String]

  package init(
    area: String, areaTitle: String, horizon: RainHorizon, grid: MeshGrid, model: String, software: String,
    sources: [String] = [], notes: [String] = []
  ) {
    self.area = area
    self.areaTitle = areaTitle
    self.horizon = horizon
    self.grid = grid
    self.model = model
    self.software = software
    self.sources = sources
    self.notes = notes
  }

  /// `2023-08-15`, or `2023-08-15 15:00` for a run as of a time.
  var date: String { horizon.title }
  /// `2023-08-15`, or `2023-08-15T09` for a run as of a time: part of identifiers.
  var key: String { horizon.key }

  /// Every product says so.
  static let notice =
    "Model classes, not an official warning: warnings are issued by JMA; follow JMA and your municipality."
}

/// QGIS layer metadata (`.qmd`) beside a layer file: title, abstract, credits, day, extent, history.
///
/// - Parameters:
///   - description: The layer.
///   - facts: The run.
/// - Returns: The file's bytes.
package func qgisMetadata(of description: LayerDescription, _ facts: RunFacts) -> Data {
  Markup("qgis", ["version": qgisVersion], metadataElements(of: description, facts)).qgisDocument
}

/// The elements a `.qmd` file and a project's layer have in common, in the order of QGIS' schema.
func metadataElements(of description: LayerDescription, _ facts: RunFacts) -> [Markup] {
  let unit = description.unit.isEmpty ? "classes" : description.unit == "1" ? "share of 1" : description.unit
  let abstract =
    [
      "\(description.title) for \(facts.areaTitle) on \(facts.date) (JST; \(facts.horizon.words)), MESH3 cells of about 1 km. Unit: \(unit)."
    ]
    + ["Model: \(facts.model).", RunFacts.notice] + facts.notes
  let grid = facts.grid
  return [
    Markup("identifier", text: "lsmap/\(facts.area)/\(facts.key)/\(description.name)"),
    Markup("parentidentifier", text: "lsmap/\(facts.area)/\(facts.key)"),
    Markup("language", text: "ENG"),
    Markup("type", text: "dataset"),
    Markup("title", text: "\(description.title), \(facts.areaTitle), \(facts.date)"),
    Markup("abstract", text: abstract.joined(separator: " ")),
    Markup(
      "keywords", ["vocabulary": "gmd:topicCategory"],
      [Markup("keyword", text: "Geoscientific Information")]),
  ]
    + facts.sources.map { Markup("rights", text: $0) }
    + [
      referenceSystemElement(named: "crs"),
      Markup(
        "extent",
        [
          Markup(
            "spatial",
            [
              "minx": decimals(grid.westLongitude, 6), "miny": decimals(grid.southLatitude, 6),
              "maxx": decimals(grid.eastLongitude, 6), "maxy": decimals(grid.northLatitude, 6), "minz": "0",
              "maxz": "0", "crs": "EPSG:6668", "dimensions": "2",
            ]),
          Markup(
            "temporal",
            [
              Markup(
                "period",
                [
                  Markup("start", text: facts.horizon.start.coordinatedTime),
                  Markup("end", text: facts.horizon.end.coordinatedTime),
                ])
            ]),
        ]),
      Markup("history", text: "Made by \(facts.software)."),
    ]
}

/// JGD2011, the reference system of every output.
func referenceSystemElement(named name: String) -> Markup {
  Markup(
    name,
    [
      Markup(
        "spatialrefsys",
        [
          Markup("proj4", text: "+proj=longlat +ellps=GRS80 +no_defs"),
          // QGIS reads `authid` only where a number of its own list stands before it, and trusts `authid`.
          Markup("srsid", text: "28357"), Markup("srid", text: "6668"),
          Markup("authid", text: "EPSG:6668"), Markup("description", text: "JGD2011"),
          Markup("ellipsoidacronym", text: "EPSG:7019"), Markup("geographicflag", text: "true"),
        ])
    ])
}
