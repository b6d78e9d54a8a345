import ArgumentParser
import Pipeline

struct AlignCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Put elevation, slope, soil and vegetation on the MESH3 grid of an area.",
    discussion: """
      Writes static.tif and alignment.json into the area's workspace; nothing is done when both are there and no input \
      has changed.

      Example:
        lsmap align --catalog catalog.yaml --area tottori
      """)

  @Flag(help: "Align again even if nothing has changed.")
  var overwrite = false

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let console = talk.console()
    let project = try Project(
      catalogue: place.catalog, area: place.area, threads: place.threads, console: console)
    var hashes = InputHashes(rememberedIn: project.workspace.hashes)
    let (_, report, _) = try project.staticStack(&hashes, anew: overwrite)
    try hashes.save()
    console.end()
    try talk.print(report, words: report.table + "\n\(project.workspace.staticStack)")
    return .done
  }
}
