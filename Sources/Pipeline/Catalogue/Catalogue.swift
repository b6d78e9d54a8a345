package import Cartography
import Forecasting
import Foundation
package import Mesh
package import Rasters
package import SoilWater
import Yams

/// Where each input is and how it is read: the contents of a `catalog.yaml`.
///
/// Paths are relative to the catalogue's folder, absolute, or GDAL virtual paths. Unknown keys are errors, so that a
/// misspelt option is never silently ignored.
package struct Catalogue: Sendable {
  /// The file itself.
  package let path: String
  /// Name of the data set, shown in manifests.
  package let title: String
  /// Credit drawn on every map.
  package let credit: String
  /// What products name as their sources.
  package var credits: [String] { [title, credit].filter { !$0.isEmpty } }
  /// Who answers for the maps, and the terms of their use; written into metadata.
  package let publisher: RunFacts.Publisher
  /// `true` when the inputs are made by `simulate`; every product says so.
  package let isSynthetic: Bool
  /// Folder for everything that is derived and can be made again: static stack, rain archive, states.
  package let workspace: String
  /// The area whose rain and soil water are kept once for all areas within it, `each` for all of the boundaries; `nil` where
  /// each area keeps its own.
  package let store: String?
  /// The area when the command names none.
  package let area: String?
  package let boundaries: BoundarySource?
  /// Polygons of municipalities (N03); the boundaries themselves where they name municipalities, if `nil`.
  package let municipalities: String?
  /// People by mesh code.
  package let population: PopulationMesh?
  /// Lines whose lengths are told beside the people.
  package let roads: VectorInput?
  /// Of what readers read.
  package var language: Language
  package let sheet: SheetSettings
  /// Colours and words of all products.
  package let styles: StyleBook
  /// Of QGIS projects.
  package let printLayout: LayoutTemplate
  /// Where they stand, if they are not the program's.
  package let styleFiles: [String]
  package let terrain: TerrainSource?
  package let soil: ClassSource?
  package let vegetation: ClassSource?
  package let alignment: AlignmentSettings
  package let rain: RainInput?
  /// Rain of later hours, for a run as of a time.
  package let forecastRain: RainInput?
  package let inventory: InventorySource?
  /// Model file; the built-in start state when absent.
  package let model: String?
  /// Tanks and critical line.
  package let physics: PhysicsSettings
  package let reference: ReferencePeriod?

  /// Polygons that areas are looked up in.
  package struct BoundarySource: Sendable {
    package let path: String
    /// Attribute that holds an area's name.
    package let attribute: String
    /// Keeps what was read of them; nothing does if `nil`.
    let workspace: String?

    /// The polygons, as they are now.
    func file() throws(RasterError) -> BoundaryFile { try BoundaryFile.read(path, keepingIn: workspace) }
  }

  /// Where the landslides are, as `readInventory` takes them.
  package struct InventorySource: Sendable {
    package let path: String
    package let columns: InventoryColumns
    /// Replaces the file's own reference system.
    package let crs: String?
    /// Triggers that count, in lower case; `nil` takes all.
    package let triggers: Set<String>?
  }

  /// Past days that a day is compared with. The day that is scored and its neighbours are never among them.
  package struct ReferencePeriod: Sendable {
    package let first: JSTDay
    package let last: JSTDay
    /// Days left out on both sides of the scored day.
    package let leaveOutDays: Int
  }
}

extension Catalogue {
  /// What a catalogue or a file of settings may have.
  static let mostBytes = 16 << 20

  /// Reads a catalogue file.
  ///
  /// - Parameter path: The YAML file.
  /// - Returns: The catalogue, its paths resolved against the file's folder.
  /// - Throws: `CatalogueError` with the line of the first mistake.
  package static func read(_ path: String) throws(CatalogueError) -> Catalogue {
    let data: Data
    do throws(RasterError) { data = try PlainFile.contents(path, limit: mostBytes) } catch {
      throw error == .notFound(path: path) ? .noCatalogue(path: path) : .unreadable(error)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .notYAML(path: path, reason: "the text is not in UTF-8")
    }
    let node: Node
    do {
      guard let composed = try Yams.compose(yaml: text) else { throw CatalogueError.notAMapping(path: path, line: 1) }
      node = composed
    } catch let error as CatalogueError {
      throw error
    } catch {
      throw .notYAML(path: path, reason: "\(error)".split(separator: "\n").joined(separator: " "))
    }
    return try Catalogue(StrictMapping(node, file: path), path: path)
  }

  private init(_ root: StrictMapping, path: String) throws(CatalogueError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    func resolve(_ text: String) -> String {
      text.hasPrefix("/") ? text : (folder as NSString).appendingPathComponent(text)
    }
    self.path = path
    title = try root.text("title") ?? URL(fileURLWithPath: path).lastPathComponent
    credit = try root.text("credit") ?? ""
    publisher =
      try root.mapping("publisher").map { (m) throws(CatalogueError) in
        defer { m.finish() }
        return RunFacts.Publisher(
          name: try m.text("name") ?? "", email: try m.text("email") ?? "", link: try m.text("link") ?? "",
          licence: try m.text("licence") ?? "")
      } ?? RunFacts.Publisher()
    isSynthetic = try root.flag("synthetic") ?? false
    let workspace = resolve(try root.text("workspace") ?? "work")
    self.workspace = workspace
    store = try root.text("store")
    area = try root.text("area")
    boundaries = try root.mapping("boundaries").map { (m) throws(CatalogueError) in
      defer { m.finish() }
      return BoundarySource(
        path: resolve(try m.require("path")), attribute: try m.require("attribute"), workspace: workspace)
    }
    municipalities = try root.text("municipalities").map(resolve)
    let exposure = try root.mapping("exposure").map { (m) throws(CatalogueError) in try m.exposure(resolve) }
    population = exposure?.population
    roads = exposure?.roads
    language = try root.choice("language", of: Language.self) ?? .english
    sheet = try root.mapping("sheet").map { (m) throws(CatalogueError) in try m.sheet() } ?? SheetSettings()
    let ofStyles = try root.text("styles").map { (path) throws(CatalogueError) in try StyleFolder(resolve(path)) }
    styles = ofStyles?.styles ?? StyleBook()
    printLayout = ofStyles?.printLayout ?? .program
    styleFiles = ofStyles?.files ?? []
    terrain = try root.mapping("terrain").map { (m) throws(CatalogueError) in try m.terrain(resolve) }
    soil = try root.mapping("soil").map { (m) throws(CatalogueError) in try m.classes(resolve) }
    vegetation = try root.mapping("vegetation").map { (m) throws(CatalogueError) in try m.classes(resolve) }
    alignment =
      try root.mapping("alignment").map { (m) throws(CatalogueError) in try m.alignment(resolve) }
      ?? AlignmentSettings()
    rain = try root.mapping("rain").map { (m) throws(CatalogueError) in try m.rain(resolve) }
    forecastRain = try root.mapping("forecast_rain").map { (m) throws(CatalogueError) in try m.rain(resolve) }
    inventory = try root.mapping("inventory").map { (m) throws(CatalogueError) in
      defer { m.finish() }
      var columns = InventoryColumns()
      for role in InventoryColumns.roles { if let name = try m.text(role) { _ = columns.name(name, role: role) } }
      return InventorySource(
        path: resolve(try m.require("path")), columns: columns, crs: try m.text("crs"),
        triggers: Self.triggers(try m.optionalTexts("triggers") ?? ["rain"]))
    }
    model = try root.text("model").map(resolve)
    physics = try root.physics()
    reference = try root.mapping("reference").map { (m) throws(CatalogueError) in
      defer { m.finish() }
      return ReferencePeriod(
        first: try m.day("from"), last: try m.day("to"), leaveOutDays: try m.whole("leave_out_days", in: 0...400) ?? 10)
    }
    root.finish()
    if let mistake = root.mistake { throw mistake }
  }

  /// `all`, `rain` for the usual words of rain, or the words themselves.
  private static func triggers(_ words: [String]) -> Set<String>? {
    if words == ["all"] { return nil }
    return words == ["rain"] ? Inventory.rainTriggers : Set(words.map { $0.lowercased() })
  }
}
