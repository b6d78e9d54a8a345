import ArgumentParser
import Pipeline

extension TrendQuantity: ExpressibleByArgument {}

struct TrendCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Lay several evaluations along the record, the number of regions or the displacement of rain.",
    discussion: """
      Takes folders of `lsmap evaluate`. Evaluations at the same place, of several seeds, are averaged. Writes trend.md, \
      trend.csv, trend.json and a picture for each protocol.

      Examples:
        lsmap trend evaluation-0 evaluation-2 evaluation-10 --along record --out trend
        lsmap trend evaluation-full evaluation-national --along regions --out trend
        lsmap trend evaluation evaluation-1 evaluation-3 evaluation-5 --along displacement --out trend
      """)

  @Argument(help: ArgumentHelp("Folders with an evaluation.json.", valueName: "folder"))
  var folders: [String]

  @Option(help: "What the evaluations differ in: \(TrendQuantity.allCases.map(\.rawValue).joined(separator: ", ")).")
  var along: TrendQuantity

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
  var out: String

  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard folders.count > 1 else { throw ValidationError("a trend wants two evaluations or more") }
  }

  func report() throws -> Pipeline.ExitCode {
    let found = try trend(of: folders, along: along, to: out)
    try talk.print(found, words: found.words)
    return .done
  }
}
