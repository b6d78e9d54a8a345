import Foundation
import Mesh
import Rasters

/// The text of a catalogue: what was chosen as sections, what was not as comments.
struct CatalogueDraft {
  let text: String
  /// What a run still lacks, a sentence each.
  let lacks: [String]

  /// A record shorter than a year has no earlier season to compare a day with.
  private static let shortRecordDays = 365

  /// - Parameters:
  ///   - choice: What is used.
  ///   - path: Where the catalogue will be.
  ///   - area: As the user named it.
  init(_ choice: InputChoice, at path: String, area: String?) {
    let folder = parentFolder(of: URL(fileURLWithPath: path).standardizedFileURL.path)
    func shown(_ path: String) -> String {
      yaml(path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path)
    }
    var lines = [
      "# Written by lsmap init; CatalogueKeys.md has all keys. lsmap check --catalog looks at all of it before a run."
    ]
    var lacks: [String] = []
    lines.append("# title: name of the data set, shown on every map")
    let credits = choice.found.filter(\.isUsed).compactMap(\.credit)
    let credit = credits.indices.filter { credits.firstIndex(of: credits[$0]) == $0 }.map { credits[$0] }
    lines.append(
      credit.isEmpty
        ? "# credit: whose data this is, drawn on every map"
        : "credit: \(yaml("出典: " + credit.joined(separator: "; ")))  # complete it")
    if choice.found.contains(where: \.isSynthetic) { lines.append("synthetic: true") }
    lines.append("workspace: work  # derived files: can be deleted, is made again")
    let only = choice[.boundaries].flatMap { $0.names.count == 1 ? $0.names.first : nil }
    lines.append((area ?? only).map { "area: \(yaml($0))" } ?? "# area: tottori  # else --area of each command")
    lines.append("# language: ja  # of maps, layers and tables")

    func section(_ name: String, _ input: FoundInput, _ keys: [(String, String)]) {
      lines += ["", "# \(input.what)" + (input.period.isEmpty ? "" : ", \(input.period)")]
      lines += input.remarks.map { "# \($0)" }
      lines.append("\(name):")
      lines += keys.map { "  \($0): \($1)" }
    }
    func plain(_ keys: [(name: String, value: String)]) -> [(String, String)] {
      keys.map { ($0.name, $0.value.hasPrefix("/") ? shown($0.value) : yaml($0.value)) }
    }
    if let input = choice[.boundaries] {
      section("boundaries", input, plain(input.keys))
    } else {
      lines += [
        "", "# boundaries: {path: N03-20240101_31.geojson, attribute: N03_001}  # without them an area is a box",
      ]
    }
    if let input = choice[.municipalities] { lines.append("municipalities: \(shown(input.path))") }
    if let input = choice[.terrain] {
      section("terrain", input, plain(input.keys))
    } else {
      lines += ["", "# terrain: {dem: elevation.tif}"]
      lacks.append("no elevation found: the network has no ground to look at")
    }
    if let grid = choice[.tokyoGrid] { lines += ["alignment:", "  tokyo_grid: \(shown(grid.path))"] }
    for role in [FoundInput.Role.soil, .vegetation] {
      if let input = choice[role], let legend = choice.legends[role] {
        section(role.rawValue, input, plain(input.keys) + [("legend", shown(choice.found[legend].path))])
      } else {
        lines += ["", "# \(role.rawValue): {path: \(role.rawValue).tif, legend: \(role.rawValue)_legend.csv}"]
      }
    }
    if let input = choice[.rain] {
      if let gauges = choice.gauges {
        let files = gauges.tables.map { shown(choice.found[$0].path) }.joined(separator: ", ")
        section(
          "rain", input,
          [
            ("format", RainInput.Format.stations.rawValue), ("files", "[\(files)]"),
            ("stations", shown(choice.found[gauges.stations].path)),
          ])
      } else {
        section("rain", input, plain(input.keys))
      }
    } else {
      lines += ["", "# rain: {format: jma-grib2, files: rain/*.bin}  # nothing found that can be opened as rain"]
      lacks.append("no rain found: no run is possible without")
    }
    lines += Self.reference(choice.period)
    for role in [FoundInput.Role.forecastRain, .exposure, .inventory] {
      if let input = choice[role] { section(role.rawValue, input, plain(input.keys)) }
      if role == .exposure, let roads = choice[.roads] {
        if choice[.exposure] == nil { lines += ["", "exposure:"] }
        lines += ["  # \(roads.what)", "  roads:"] + plain(roads.keys).map { "    \($0): \($1)" }
      }
    }
    if let model = choice[.model] { lines += ["", "# \(model.what)", "model: \(shown(model.path))"] }
    let rest = choice.found.filter { !$0.isUsed && $0.role != .other && $0.role != .unknown }
    if !rest.isEmpty { lines += ["", "# Found and not used:"] }
    for input in rest {
      lines.append("#   \(input.role.rawValue): \(shown(input.path)) (\(input.what))")
      lines += input.remarks.map { "#     \($0)" }
    }
    text = lines.joined(separator: "\n") + "\n"
    self.lacks = lacks
  }

  /// What a day is compared with: all earlier days, which needs no key, unless there is no earlier season.
  private static func reference(_ period: ClosedRange<JSTHour>?) -> [String] {
    guard let period, let days = period.wholeDays, days.lowerBound.distance(to: days.upperBound) < shortRecordDays
    else { return [] }
    return [
      "",
      "# The record is shorter than a year: a day is compared with the rest of it, the ten days around it left out.",
      "reference:", "  from: \(days.lowerBound)", "  to: \(days.upperBound)", "  leave_out_days: 10",
    ]
  }
}

extension ClosedRange<JSTHour> {
  /// The days all of whose hours lie within; `nil` where there is none.
  fileprivate var wholeDays: ClosedRange<JSTDay>? {
    let first = lowerBound.hourOfDay == 1 ? lowerBound.day : lowerBound.day.advanced(by: 1)
    let last = upperBound.lastWholeDay
    return first <= last ? first...last : nil
  }
}

/// A text as YAML takes it: as it is where it can mean nothing else, else in quotes.
func yaml(_ text: String) -> String {
  let plain = text.allSatisfy { $0.isLetter || $0.isNumber || "_./-".contains($0) }
  let hasMeaning = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
  guard !plain || text.isEmpty || text.first == "-" || text.first?.isNumber == true || hasMeaning else { return text }
  return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}
