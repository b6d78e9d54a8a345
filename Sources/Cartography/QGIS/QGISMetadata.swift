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
  /// What the line around the cells of level 4 and above is: speaks of a recall only where one was measured.
  package var levelLine: String
  /// Who answers for the map, and on which terms it may be used.
  package var publisher: Publisher
  /// Of names of layers and groups; the texts given here are in it already.
  package var language: Language
  /// The colours of all layers.
  package var palettes: Palettes

  package init(
    area: String, areaTitle: String, horizon: RainHorizon, grid: MeshGrid, model: String, software: String,
    sources: [String] = [], notes: [String] = [], language: Language = .english, levelLine: String = "Line of level 4",
    publisher: Publisher = Publisher(), palettes: Palettes = .program
  ) {
    self.palettes = palettes
    self.language = language
    self.levelLine = levelLine
    self.publisher = publisher
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

  /// Who answers for a map; empty texts are not written.
  package struct Publisher: Hashable, Sendable {
    package var name = ""
    package var email = ""
    package var link = ""
    package var licence = ""

    package init(name: String = "", email: String = "", link: String = "", licence: String = "") {
      self.name = name
      self.email = email
      self.link = link
      self.licence = licence
    }
  }

  /// Where the official warnings stand, in every product.
  static let officialWarnings = "https://www.jma.go.jp/bosai/risk/"

  /// `2023-08-15 JST`: a date alone is read as the reader's own.
  var dateJST: String { language.say(.clockDay, date) }

  /// Every product says so.
  var notice: String { language.say(.notice) }
  /// The model, the rain, what is missing: a sentence each.
  var sentences: [String] {
    [notice, language.say(.modelIs, model) + ".", language.say(.rainIs, horizon.words(in: language)) + "."] + notes
  }
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
  let language = facts.language
  let unit =
    description.unit.isEmpty
    ? language.say(.unitClasses) : description.unit == "1" ? language.say(.unitShare) : description.unit
  let words = language.say(
    .metadata, description.title, facts.areaTitle, facts.dateJST, facts.horizon.words(in: language), unit)
  let abstract = [words] + facts.sentences
  let grid = facts.grid
  return [
    Markup("identifier", text: "lsmap/\(facts.area)/\(facts.key)/\(description.name)"),
    Markup("parentidentifier", text: "lsmap/\(facts.area)/\(facts.key)"),
    Markup("language", text: facts.language == .english ? "ENG" : "JPN"),
    Markup("type", text: "dataset"),
    Markup("title", text: "\(description.title), \(facts.areaTitle), \(facts.dateJST)"),
    Markup("abstract", text: abstract.joined(separator: " ")),
    Markup(
      "keywords", ["vocabulary": "gmd:topicCategory"],
      [Markup("keyword", text: "Geoscientific Information")]),
  ]
    + facts.contactElements + facts.linkElements
    + facts.sources.map { Markup("rights", text: $0) }
    + [Markup("license", text: facts.licence)]
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
      Markup("history", text: language.say(.reportMadeBy, facts.software)),
    ]
}

extension RunFacts {
  /// The catalogue's terms; without them the inputs' credits are what binds.
  var licence: String {
    guard publisher.licence.isEmpty else { return publisher.licence }
    return sources.isEmpty
      ? language.say(.licenceNotStated) : language.say(.licenceOfInputs, sources.joined(separator: "; "))
  }

  fileprivate var contactElements: [Markup] {
    [
      Markup(
        "contact",
        [
          Markup("name", text: publisher.name.isEmpty ? software : publisher.name),
          Markup("organization", text: publisher.name), Markup("position"), Markup("voice"), Markup("fax"),
          Markup("email", text: publisher.email),
          Markup("role", text: publisher.name.isEmpty ? "processor" : "publisher"),
        ])
    ]
  }

  fileprivate var linkElements: [Markup] {
    func link(_ name: String, _ url: String, _ words: String) -> Markup {
      Markup(
        "link",
        [
          "name": name, "type": "WWW:LINK", "url": url, "description": words, "format": "", "mimeType": "text/html",
          "size": "",
        ])
    }
    var links = [
      link(language.say(.officialWarnings), Self.officialWarnings, language.say(.officialWarningsMeaning))
    ]
    if !publisher.link.isEmpty { links.append(link(language.say(.publisher), publisher.link, publisher.name)) }
    return [Markup("links", links)]
  }
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
