import ArgumentParser
import Pipeline

struct InspectCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell in words what a file of JMA or of lsmap holds.",
    discussion: """
      Reads JMA's GRIB2 (also .gz, .xz, .tar), layer files, model files, climatologies and sample files.

      Examples:
        lsmap inspect Z__C_RJTD_..._Prr60lv_ANAL_grib2.bin
        lsmap inspect file.bin --field 2 --out tank2.tif   write one field as GeoTIFF
        lsmap inspect out/tottori/2023-08-15/risk.tif --json
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: ArgumentHelp("Number of the field to write, from 0.", valueName: "n"))
  var field = 0

  @Option(help: ArgumentHelp("GeoTIFF to write the field to.", valueName: "file"))
  var out: String?

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let inspection = try Inspection(of: file)
    if let out { try inspection.export(field: field, to: out) }
    try talk.print(inspection, words: inspection.words)
    return .done
  }
}
