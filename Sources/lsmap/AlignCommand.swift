import ArgumentParser
import Pipeline

struct AlignCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Put elevation, slope, soil and vegetation on the MESH3 grid of an area.",
    discussion: """
      Writes static.tif and alignment.json into the area's workspace; nothing is done when both are there and no input \
      has changed.

      Examples:
        lsmap align --catalog catalog.yaml --area tottori
        lsmap align --catalog catalog.yaml --quicklooks   a PNG of every layer, in the workspace's quicklooks
      """)

  @Flag(help: "Align again even if nothing has changed.")
  var overwrite = false

  @Flag(help: "Draw a PNG of every layer into the workspace's folder quicklooks.")
  var quicklooks = false

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let console = talk.console()
    let project = try place.project(console)
    var hashes = InputHashes(rememberedIn: project.workspace.hashes)
    let (stack, report, _) = try project.staticStack(&hashes, anew: overwrite)
    try hashes.save()
    let pictures = quicklooks ? try project.writeQuickLooks(of: stack, report) : []
    console.end()
    let answer = AlignmentAnswer(report: report, file: project.workspace.staticStack, pictures: pictures)
    try talk.print(answer, words: ([report.table, answer.file] + pictures).joined(separator: "\n"))
    return .done
  }
}
