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
  let context = AlignmentContext(
    grid: grid, threads: threads, minimumCoverage: inputs.minimumCoverage, tokyoGrid: tokyoGrid)

  if let input = inputs.elevation {
    let (terrain, source) = try context.terrain(input) { progress?("elevation", $0) }
    stack.elevation = terrain.elevation
    stack.slope = terrain.slope
    stack.aspect = terrain.aspect
    stack.landShare = terrain.landShare
    stack.coverage = terrain.coverage
    report.entries += context.entries(of: terrain, source)
  } else {
    report.entries += ["elevation", "slope", "aspect"].map { .absent($0, cells: grid.count) }
  }
  if let input = inputs.soil {
    let (shares, source) = try context.shares(input, classes: StaticStack.soilClasses) { progress?("soil", $0) }
    stack.soil = shares
    report.entries.append(context.entry(of: shares, "soil", source))
  } else {
    report.entries.append(.absent("soil", cells: grid.count))
  }
  if let input = inputs.vegetation {
    let classes = StaticStack.vegetationClasses
    let (shares, source) = try context.shares(input, classes: classes) { progress?("vegetation", $0) }
    stack.vegetation = shares
    report.entries.append(context.entry(of: shares, "vegetation", source))
  } else {
    report.entries.append(.absent("vegetation", cells: grid.count))
  }
  return (stack, report)
}

/// What the report says about a source.
struct AlignedSource {
  var path: String
  var reference: SourceReference
  var recognised: [String]
  var method: String
  var unknown: [AlignmentReport.UnknownCode] = []
}

/// What all layers of one alignment share.
struct AlignmentContext {
  let grid: MeshGrid
  let threads: Int
  let minimumCoverage: Double
  let tokyoGrid: TokyoGrid?

  func terrain(
    _ input: ElevationInput, progress: @escaping @Sendable (Double) -> Void
  ) throws(RasterError) -> (Terrain, AlignedSource) {
    switch input {
    case .raster(let input, let seaValues):
      let raster = try PlacedRaster(input, tokyoGrid: tokyoGrid)
      let terrain = try Terrain(
        of: raster, on: grid, seaValues: seaValues, minimumCoverage: minimumCoverage, threads: threads,
        progress: progress)
      return (
        terrain,
        AlignedSource(
          path: raster.path, reference: raster.reference, recognised: raster.recognised, method: terrain.method)
      )
    case .meshTable(let input):
      let reference = try SourceReference(input.referenceSystem ?? "EPSG:6668", for: input.path, tokyoGrid: tokyoGrid)
      let table = try MeshTable(input)
      let terrain = Terrain(cells: table.numbers(on: grid.padded(by: 1), missing: input.missing), on: grid)
      return (
        terrain,
        AlignedSource(path: input.path, reference: reference, recognised: table.remarks, method: terrain.method)
      )
    }
  }

  func shares(
    _ input: ClassInput, classes: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(RasterError) -> (ClassShares, AlignedSource) {
    switch input {
    case .raster(let input, let legend):
      let raster = try PlacedRaster(input, tokyoGrid: tokyoGrid)
      let areas = try classAreas(
        of: raster, codes: legend.numeric, classes: classes, on: grid, threads: threads, progress: progress)
      let method =
        raster.cells == nil
        ? "exact area shares of the pixels' classes; majority, of equal shares the lowest class" : "copied cell by cell"
      return (
        ClassShares(areas: areas.areas, grid: grid, classes: classes, minimumCoverage: minimumCoverage),
        AlignedSource(
          path: raster.path, reference: raster.reference, recognised: raster.recognised, method: method,
          unknown: areas.unknown.sorted { $0.key < $1.key }.map { .init(code: String($0.key), count: $0.value) })
      )
    case .meshTable(let input, let legend):
      let reference = try SourceReference(input.referenceSystem ?? "EPSG:6668", for: input.path, tokyoGrid: tokyoGrid)
      let table = try MeshTable(input)
      var areas = ClassAreas(grid: grid, classes: classes)
      var unknown: [String: Int] = [:]
      table.forEachCell(of: grid) { index, text in
        for k in 0...classes { areas.areas[k * grid.count + index] = 0 }
        let found = legend.classOf(text)
        areas.areas[Int(found ?? 0) * grid.count + index] = 1
        if found == nil { unknown[Legend.normalised(text), default: 0] += 1 }
      }
      return (
        ClassShares(areas: areas.areas, grid: grid, classes: classes, minimumCoverage: minimumCoverage),
        AlignedSource(
          path: input.path, reference: reference, recognised: table.remarks, method: "one class a mesh code, copied",
          unknown: unknown.sorted { $0.key < $1.key }.map { .init(code: $0.key, count: $0.value) })
      )
    }
  }
}

extension MeshTable {
  /// What the report notes about the rows.
  var remarks: [String] {
    let count = refused.values.reduce(0, +)
    guard count > 0, let example = refused.keys.min() else { return [] }
    return ["\(count) rows without a valid mesh code left out, as \"\(example)\""]
  }
}
