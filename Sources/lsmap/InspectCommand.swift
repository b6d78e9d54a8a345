import ArgumentParser
import Pipeline

struct InspectCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell in words what a file of JMA or of lsmap, or a landslide inventory, holds.",
    discussion: """
      Reads JMA's GRIB2 (also .gz, .xz, .tar), layer files, model files, climatologies, sample files, and inventories \
      (CSV, GeoPackage, shapefile, GeoJSON, GML, a zip of 国土数値情報): usable landslides, and what is rejected and why.

      Examples:
        lsmap inspect Z__C_RJTD_..._Prr60lv_ANAL_grib2.bin
        lsmap inspect file.bin --field 2 --out tank2.tif   write one field as GeoTIFF
        lsmap inspect out/tottori/2023-08-15/risk.tif --json
        lsmap inspect slides.csv --column date=発生日 --column accuracy=精度
        lsmap inspect A30a5-11_4939-jgd_GML.zip --crs EPSG:4612
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: ArgumentHelp("Number of the field to write, from 0.", valueName: "n"))
  var field = 0

  @Option(help: ArgumentHelp("GeoTIFF to write the field to.", valueName: "file"))
  var out: String?

  @Option(help: ArgumentHelp("Reference system of an inventory that states none.", valueName: "EPSG:n"))
  var crs: String?

  @Option(
    help: ArgumentHelp(
      "Column of an inventory; roles: date, hour, latitude, longitude, accuracy, trigger. Repeat for several.",
      valueName: "role=name"))
  var column: [String] = []

  @OptionGroup var talk: TalkOptions

  func validate() throws { _ = try columns() }

  func report() throws -> Pipeline.ExitCode {
    let inspection = try Inspection(of: file, columns: columns(), referenceSystem: crs)
    if let out { try inspection.export(field: field, to: out) }
    try talk.print(inspection, words: inspection.words)
    return .done
  }

  private func columns() throws -> InventoryColumns {
    var columns = InventoryColumns()
    for text in column {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, columns.name(parts[1], role: parts[0]) else {
        throw ValidationError(
          "--column \(text) must be role=name with a role of \(InventoryColumns.roles.joined(separator: ", "))")
      }
    }
    return columns
  }
}
