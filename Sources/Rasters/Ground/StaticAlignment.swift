package import Mesh

/// Puts the static inputs on a grid of the lattice.
///
/// - Parameters:
///   - inputs: The sources; an absent one leaves its layers empty, and the report says so.
///   - grid: The cells.
///   - threads: Workers; the result does not depend on it.
///   - progress: Called with what is being done and the share done, from any thread.
/// - Returns: The layers and how they came about.
/// - Throws: What opening, reading or understanding a source throws.
package func alignStatic(
  _ inputs: StaticInputs, to grid: MeshGrid, threads: Int = 2, progress: (@Sendable (String, Double) -> Void)? = nil
) throws(RasterError) -> (stack: StaticStack, report: AlignmentReport) {
  var stack = StaticStack(grid: grid)
  var report = AlignmentReport(grid: grid, minimumCoverage: inputs.minimumCoverage)
  var tokyoGrid: TokyoGrid?
  if let path = inputs.tokyoGrid { tokyoGrid = try TokyoGrid(reading: path) }
  let aligner = StaticAligner(
    grid: grid, threads: threads, minimumCoverage: inputs.minimumCoverage, tokyoGrid: tokyoGrid)

  if let input = inputs.elevation {
    let (terrain, source) = try aligner.terrain(input) { progress?("elevation", $0) }
    stack.elevation = terrain.elevation
    stack.slope = terrain.slope
    stack.aspect = terrain.aspect
    stack.landShare = terrain.landShare
    stack.coverage = terrain.coverage
    report.entries += aligner.entries(of: terrain, source)
  } else {
    report.entries += ["elevation", "slope", "aspect"].map { .absent($0, cells: grid.count) }
  }
  if let input = inputs.soil {
    let (shares, source) = try aligner.shares(input, classes: StaticStack.soilClasses) { progress?("soil", $0) }
    stack.soil = shares
    report.entries.append(aligner.entry(of: shares, "soil", source))
  } else {
    report.entries.append(.absent("soil", cells: grid.count))
  }
  if let input = inputs.vegetation {
    let classes = StaticStack.vegetationClasses
    let (shares, source) = try aligner.shares(input, classes: classes) { progress?("vegetation", $0) }
    stack.vegetation = shares
    report.entries.append(aligner.entry(of: shares, "vegetation", source))
  } else {
    report.entries.append(.absent("vegetation", cells: grid.count))
  }
  return (stack, report)
}
