import ArgumentParser
import Foundation
import Mesh
import Pipeline

/// How a command talks.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Print nothing but warnings and errors.")
  var quiet = false

  @Flag(help: "Print the result as JSON on standard output and the log as JSON lines on standard error.")
  var json = false

  func console() -> Console { Console(quiet: quiet, json: json) }

  /// Prints the result once: as JSON, or in words unless quiet.
  func print(_ result: some Encodable, words: String) throws {
    if json {
      try writeToStandardOutput(String(decoding: try JSONText.data(result), as: UTF8.self))
    } else if !quiet {
      try writeToStandardOutput(words.shown(keepingLines: true) + "\n")
    }
  }
}

/// Language of sheet, project, report and tables.
struct LanguageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Language of what readers read: \(Language.allCases.map(\.rawValue).joined(separator: " or ")). Default: the catalogue's.",
      valueName: "code"))
  var lang: Language?
}

extension Language: ExpressibleByArgument {}

/// How much of the machine to use.
struct ThreadOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Worker threads; the results do not depend on it.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard (1...1_024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024") }
  }
}

/// Where the inputs are and how much of the machine to use.
struct SourceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The catalogue of inputs.", valueName: "file"))
  var catalog = "catalog.yaml"

  @OptionGroup var machine: ThreadOptions
}

/// How an area is named, for every option that takes one.
let areaHelp =
  "A prefecture (tottori, 鳥取県, 31), mesh codes (5334,533544), a box (west,south,east,north), or polygons "
  + "(file.gpkg, file.gpkg:attribute=value). Default: the catalogue's area."

/// A catalogue and one area of it.
struct CatalogueOptions: ParsableArguments {
  @OptionGroup var source: SourceOptions

  @Option(help: ArgumentHelp(areaHelp, valueName: "area"))
  var area: String?

  var catalog: String { source.catalog }
  var threads: Int { source.machine.threads }

  /// The area with its workspace, which most commands begin with.
  func project(_ console: Console) throws -> Project {
    try Project(catalogue: catalog, area: area, threads: threads, console: console)
  }
}

/// A catalogue and several areas of it.
struct AreasOptions: ParsableArguments, Sendable {
  @OptionGroup var source: SourceOptions

  @Option(
    name: [.customLong("area"), .customLong("areas")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "\(areaHelp) Several areas: with blanks between, or each for every polygon of the catalogue's boundaries.",
      valueName: "area"))
  var areas: [String] = []

  var catalog: String { source.catalog }
  var threads: Int { source.machine.threads }
}
