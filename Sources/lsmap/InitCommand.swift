import ArgumentParser
import Pipeline

struct InitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at the files there are, tell what each is, and write a catalogue that runs.",
    discussion: """
      Rain, elevation, soil, vegetation, boundaries, municipalities, people and landslides are told by their readers, in \
      any folder. Of several for one section the one that covers or holds the most is named, the others stand in comments. \
      Asks nothing. Ends with 3 where rain or elevation is lacking.

      Examples:
        lsmap init ~/data --catalog catalog.yaml
        lsmap init N03-20240101_31_GML.zip dem/ rain/ --area tottori
        lsmap init ~/data --json
      """)

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "files"))
  var files: [String]

  @Option(help: ArgumentHelp("Where the catalogue goes.", valueName: "file"))
  var catalog = "catalog.yaml"

  @Option(
    help: ArgumentHelp(
      "The area of the catalogue; what covers it is preferred. \(areaHelp)", valueName: "area"))
  var area: String?

  @Flag(help: "Replace a catalogue that is there.")
  var overwrite = false

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let report = try initCatalogue(
      from: files, to: catalog, area: area, overwrite: overwrite, console: talk.console())
    try talk.print(report, words: report.words)
    return report.exitCode
  }
}
