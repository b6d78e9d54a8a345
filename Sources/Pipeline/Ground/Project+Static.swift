import Foundation
package import Rasters
import Statistics

extension Project {
  /// What the static layers come from, as the catalogue says.
  func staticInputs() throws(RasterError) -> (inputs: StaticInputs, files: [String]) {
    var inputs = StaticInputs(
      minimumCoverage: catalogue.alignment.minimumCoverage, tokyoGrid: catalogue.alignment.tokyoGrid)
    var files = try RasterMosaic.files(catalogue.terrain?.paths ?? [])
    inputs.elevation =
      switch catalogue.terrain {
      case .model(let raster, let seaValues): .raster(raster, seaValues: seaValues)
      case .table(let table): .meshTable(table)
      case .ksj(let paths, let crs): .ksjMesh(paths, referenceSystem: crs)
      case .none: nil
      }
    func classes(_ source: Catalogue.ClassSource?, count: Int) throws(RasterError) -> ClassInput? {
      guard let source else { return nil }
      files += try RasterMosaic.files(source.paths) + [source.legend]
      let legend =
        if let columns = source.communities {
          try Legend(
            communities: source.legend, codeColumn: columns.codeColumn, naturalnessColumn: columns.naturalnessColumn)
        } else {
          try Legend(reading: source.legend, classCount: count)
        }
      return switch source.values {
      case .raster(let raster): .raster(raster, legend)
      case .polygons(let polygons, let attribute): .polygons(polygons, attribute: attribute, legend)
      case .table(let table): .meshTable(table, legend)
      }
    }
    inputs.soil = try classes(catalogue.soil, count: StaticStack.soilClasses)
    inputs.vegetation = try classes(catalogue.vegetation, count: StaticStack.vegetationClasses)
    if let grid = inputs.tokyoGrid { files.append(grid) }
    return (inputs, files.flatMap { [$0] + sideFiles(of: $0) })
  }

  /// The static stack's file: it depends on the bytes of its inputs and on what the catalogue says about them.
  private func staticFile(_ files: [String], _ hashes: inout InputHashes) throws -> DerivedFile {
    struct Settings: Encodable {
      let terrain: Catalogue.TerrainSource?
      let soil: Catalogue.ClassSource?
      let vegetation: Catalogue.ClassSource?
      let alignment: Catalogue.AlignmentSettings
    }
    let settings = Settings(
      terrain: catalogue.terrain, soil: catalogue.soil, vegetation: catalogue.vegetation,
      alignment: catalogue.alignment)
    var parts = ["\(grid)", SHA256.hexadecimal(of: try JSONText.data(settings))]
    for file in files { parts += [file, try hashes.entry(of: file).sha256] }
    return DerivedFile(.staticStack, at: workspace.staticStack, from: parts)
  }

  /// Whether the static stack would be made, and why.
  func staticCondition(_ hashes: inout InputHashes) throws -> DerivedFile.Condition {
    try staticFile(try staticInputs().files, &hashes).condition
  }

  /// The static stack of the area: read if it is there and nothing it comes from has changed, else made.
  ///
  /// - Parameters:
  ///   - hashes: Digests of the input files.
  ///   - anew: Makes it even if it is fresh.
  /// - Returns: The stack, how it came about, and the files it comes from.
  /// - Throws: What reading, aligning and writing throw.
  package func staticStack(
    _ hashes: inout InputHashes, anew: Bool = false
  ) throws -> (stack: StaticStack, report: AlignmentReport, files: [String]) {
    let (inputs, files) = try staticInputs()
    let derived = Derived(
      file: try staticFile(files, &hashes), read: readStatic, make: { file in try makeStatic(inputs, file, anew: anew) }
    )
    let (stack, report) = try derived.value(anew: anew, telling: console)
    return (stack, report, files)
  }

  private func makeStatic(
    _ inputs: StaticInputs, _ file: DerivedFile, anew: Bool
  ) throws -> (StaticStack, AlignmentReport) {
    let isChanged = !anew && file.condition == .changed
    let console = console
    console.begin("\(isChanged ? "inputs changed, aligning again" : "aligning") \(area.name) to MESH3")
    let (stack, report) = try alignStatic(inputs, to: grid, threads: threads) { _, share in console.progress(share) }
    try report.write(to: workspace.alignmentReport)
    try stack.write(
      to: file.path,
      tags: [
        DerivedFile.keyTag: file.key, Self.reportTag: try sha256(ofFile: workspace.alignmentReport),
        "LSMAP_VERSION": ToolVersion.text,
      ])
    return (stack, report)
  }

  private func readStatic(_ file: DerivedFile) throws -> (StaticStack, AlignmentReport)? {
    let tags = try LayerFile.tags(of: file.path)
    guard tags[DerivedFile.keyTag] == file.key else { return nil }
    guard try sha256(ofFile: workspace.alignmentReport) == tags[Self.reportTag] else {
      throw RasterError.notAsWritten(path: workspace.alignmentReport)
    }
    return (try StaticStack.read(file.path), try AlignmentReport.read(workspace.alignmentReport))
  }

  /// SHA-256 of the report beside the stack: they are one result.
  private static let reportTag = "LSMAP_REPORT"
}
