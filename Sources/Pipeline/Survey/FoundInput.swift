import Mesh
import Rasters

/// What a file, or a group of files of one kind, turned out to be.
package struct FoundInput: Encodable, Sendable {
  /// Section of the catalogue that it can stand in, or what else it is.
  package enum Role: String, Encodable, Sendable {
    case rain, stations, terrain, soil, vegetation, legend, boundaries, municipalities, exposure, roads, inventory,
      model
    case forecastRain = "forecast_rain"
    case tokyoGrid = "tokyo_grid"
    /// Of lsmap or of JMA, and no input of a run.
    case other
    case unknown
  }

  package var role: Role
  /// The file, or the glob that names all of the group; absolute.
  package var path: String
  package var files: Int
  /// What it is, in words.
  package var what: String
  /// The time it is about.
  package var period = ""
  /// What must be known about it, a sentence each.
  package var remarks: [String] = []
  /// Whether the catalogue names it.
  package var isUsed = false
  /// Whose it is, as far as its form tells for certain.
  package var credit: String?
  /// Made by `lsmap simulate`.
  package var isSynthetic = false
  /// Keys of its section beside the path, in their order.
  var keys: [(name: String, value: String)] = []
  /// Of several for one section the greatest is taken: cells, hours, landslides.
  var weight = 0
  /// Where it lies; `nil` where that is not told.
  var cells: MeshGrid?
  /// One value a cell: slope and aspect of it are rough.
  var isRough = false
  /// Hours of rain.
  var hours: [JSTHour] = []
  /// Names of stations or of prefectures, codes of a legend or a map of classes.
  var names: Set<String> = []

  init(_ role: Role, _ group: FileGroup, _ what: String) {
    self.role = role
    path = group.glob
    files = group.files.count
    self.what = what
  }

  private enum CodingKeys: String, CodingKey {
    case role, path, files, what, period, remarks, isUsed, credit, isSynthetic
  }
}
