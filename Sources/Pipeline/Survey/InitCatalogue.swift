import Foundation
import Mesh
import Rasters

/// What `lsmap init` found and wrote.
package struct InitReport: Encodable, Sendable {
  package let catalogue: String
  package let inputs: [FoundInput]
  /// What a run still lacks, a sentence each.
  package let lacks: [String]

  package var exitCode: ExitCode { lacks.isEmpty ? .done : .doneWithGaps }

  /// Longest words of the table; `--json` has them whole.
  private static let widest = 64

  /// A table of what is there, and under it what must be known.
  package var words: String {
    var lines = [["", "is", "file", "what", "period"]]
    let folder = inputs.map { parentFolder(of: $0.path) + "/" }.reduce(nil) { (common: String?, folder) in
      common.map { $0.commonPrefix(with: folder) } ?? folder
    }
    // Whole folders: `/data/rain/` and `/data/range/` share `/data/`.
    let shared = folder.flatMap { text in
      text.lastIndex(of: "/").map { text.distance(from: text.startIndex, to: $0) + 1 }
    }
    for input in inputs {
      let name = input.path.dropFirst(shared ?? 0) + (input.files > 1 ? " (\(input.files))" : "")
      let mark = input.isUsed ? "used" : input.role == .unknown ? "?" : "-"
      let what = input.what.count > Self.widest ? input.what.prefix(Self.widest - 1) + "…" : input.what[...]
      lines.append([mark, input.role.rawValue, String(name), String(what), input.period])
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = lines.map { line in
      let row = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      return String(row.reversed().drop { $0 == " " }.reversed())
    }
    for input in inputs { text += input.remarks.map { "\(lastPart(input.path)): \($0)" } }
    text += lacks
    text.append("\(catalogue): written; next: lsmap check --catalog \(catalogue)")
    return text.joined(separator: "\n")
  }
}

/// Why no catalogue is written.
package enum InitError: ReportedError, Equatable {
  case nothing(files: Int, first: String)
  case exists(path: String)

  package var exitCode: ExitCode { if case .exists = self { .usage } else { .badInput } }
  package var description: String {
    switch self {
    case .exists(let path): "\(path): is there already; replace it with --overwrite or choose another --catalog"
    case .nothing(let files, let first):
      "\(first): no input of a run among \(files) files or groups; name files or folders with rain, elevation, boundaries"
    }
  }
}

/// Looks at files, tells what each is, and writes a catalogue that names those of use.
///
/// - Parameters:
///   - paths: Files and folders.
///   - catalogue: Where the catalogue goes.
///   - area: As the user names it; what covers it is preferred, and the catalogue names it.
///   - overwrite: Whether a catalogue that is there may be replaced.
///   - console: Told every step.
/// - Returns: What was found.
/// - Throws: `InitError`, `AreaError`, and what listing and writing throw.
package func initCatalogue(
  from paths: [String], to catalogue: String, area: String?, overwrite: Bool, console: Console
) throws -> InitReport {
  guard overwrite || !FileManager.default.fileExists(atPath: catalogue) else {
    throw InitError.exists(path: catalogue)
  }
  let groups = try FileGroup.groups(in: paths)
  var found: [FoundInput] = []
  console.begin("looking at \(groups.count) files or groups of files")
  for (place, group) in groups.enumerated() {
    found.append(try Recogniser.tell(group))
    console.progress(Double(place + 1) / Double(groups.count))
  }
  let roles = Set(found.map(\.role)).subtracting([.other, .unknown])
  guard !roles.isEmpty else { throw InitError.nothing(files: groups.count, first: paths.first ?? "") }
  let choice = try InputChoice(found) { boundaries in
    guard let area else { return nil }
    let source = boundaries.map {
      Catalogue.BoundarySource(path: $0.path, attribute: $0.keys.last?.value ?? "", workspace: nil)
    }
    return try Area.named(area, in: source).grid
  }
  console.end()
  let draft = CatalogueDraft(choice, at: catalogue, area: area)
  try writeAtomically(Data(draft.text.utf8), to: catalogue)
  _ = try Catalogue.read(catalogue)
  return InitReport(catalogue: catalogue, inputs: choice.found, lacks: draft.lacks)
}
