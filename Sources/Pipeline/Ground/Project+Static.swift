import Foundation
package import Rasters
import Statistics

extension Project {
  /// What the static layers come from, as the catalogue says.
  private func staticInputs() throws(RasterError) -> (inputs: StaticInputs, files: [String]) {
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

  /// A digest of everything the static stack depends on: bytes of the files and what the catalogue says about them.
  private func staticDigest(_ files: [String], _ hashes: inout InputHashes) throws -> String {
    struct Settings: Encodable {
      let terrain: Catalogue.TerrainSource?
      let soil: Catalogue.ClassSource?
      let vegetation: Catalogue.ClassSource?
      let alignment: Catalogue.AlignmentSettings
    }
    let settings = Settings(
      terrain: catalogue.terrain, soil: catalogue.soil, vegetation: catalogue.vegetation,
      alignment: catalogue.alignment)
    var parts = ["static 2", SHA256.hexadecimal(of: try JSONText.data(settings))]
    for file in files { parts += [file, try hashes.entry(of: file).sha256] }
    return digest(parts)
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
    let digest = try staticDigest(files, &hashes)
    let isThere = FileManager.default.fileExists(atPath: workspace.staticStack)
    if !anew, isThere, try LayerFile.tags(of: workspace.staticStack)[Self.inputsTag] == digest,
      let report = try? AlignmentReport.read(workspace.alignmentReport)
    {
      return (try StaticStack.read(workspace.staticStack), report, files)
    }
    let console = console
    console.begin("\(isThere && !anew ? "inputs changed, aligning again" : "aligning") \(area.name) to MESH3")
    let (stack, report) = try alignStatic(inputs, to: grid, threads: threads) { _, share in console.progress(share) }
    try report.write(to: workspace.alignmentReport)
    try stack.write(to: workspace.staticStack, tags: [Self.inputsTag: digest, "LSMAP_VERSION": ToolVersion.text])
    return (stack, report, files)
  }

  static let inputsTag = "LSMAP_INPUTS"
}
