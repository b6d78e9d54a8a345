import Foundation
package import Rasters

extension Project {
  /// What the static layers come from, as the catalogue says.
  private func staticInputs() throws(RasterError) -> (inputs: StaticInputs, files: [String]) {
    var inputs = StaticInputs()
    var files: [String] = []
    switch catalogue.terrain {
    case .model(let path, let crs): inputs.elevation = .raster(RasterInput(path, referenceSystem: crs), seaValues: [])
    case .table(let path, let column):
      inputs.elevation = .meshTable(MeshTableInput(path, codeColumn: "meshcode", valueColumn: column))
    case .ksj(let path): inputs.elevation = .ksjMesh([path], referenceSystem: nil)
    case .none: break
    }
    if let terrain = catalogue.terrain { files.append(terrain.path) }
    func classes(_ source: Catalogue.ClassSource?, count: Int) throws(RasterError) -> ClassInput? {
      guard let source else { return nil }
      files += [source.path, source.legend]
      let legend = try Legend(reading: source.legend, classCount: count)
      return ClassInput(
        path: source.path, attribute: source.attribute, referenceSystem: source.crs, legend: legend)
    }
    inputs.soil = try classes(catalogue.soil, count: StaticStack.soilClasses)
    inputs.vegetation = try classes(catalogue.vegetation, count: StaticStack.vegetationClasses)
    return (inputs, files)
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
    var parts = ["static 1", "\(inputs.minimumCoverage)"]
    for file in files { parts += [file, try hashes.entry(of: file).sha256] }
    parts += [catalogue.soil?.crs, catalogue.vegetation?.crs].map { $0 ?? "" }
    if case .model(_, let crs) = catalogue.terrain { parts.append(crs ?? "") }
    let digest = digest(parts)
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
