import Mesh

/// What the report says about a source.
struct AlignedSource {
  var path: String
  var reference: SourceReference
  var recognised: [String]
  var method: String
  var unknown: [AlignmentReport.UnknownCode] = []
  /// Of codes: the part of the covered area whose code the legend lacks.
  var unexplainedShare: Double?
}

/// What all layers of one alignment share, and one function an input.
struct StaticAligner {
  let grid: MeshGrid
  let threads: Int
  let minimumCoverage: Double
  let tokyoGrid: TokyoGrid?

  /// The cells of a mesh table that can touch the grid: codes on Tokyo datum lie half a cell away.
  private var tableGrid: MeshGrid { grid.padded(by: 2) }

  func terrain(
    _ input: ElevationInput, progress: @escaping @Sendable (Double) -> Void
  ) throws(RasterError) -> (Terrain, AlignedSource) {
    switch input {
    case .raster(let input, let seaValues):
      let rasters = try PlacedRaster.finestFirst(input, tokyoGrid: tokyoGrid)
      for raster in rasters { try raster.refusePicture() }
      let terrain = try Terrain(
        of: rasters, on: grid, seaValues: seaValues, minimumCoverage: minimumCoverage, threads: threads,
        progress: progress)
      return (terrain, source(of: rasters, method: terrain.method))
    case .meshTable(let input):
      let table = try MeshTable(input)
      let heights = table.numbers(on: tableGrid, missing: input.missing)
      if let outlier = heights.values.withUnsafeBufferPointer({ GroundGate.outlier(in: $0, besides: []) }) {
        throw .malformed(
          path: input.path, reason: "has the elevation \(outlier), which is no height in metres",
          remedy: "if it means missing, add it as missing: to terrain in the catalogue")
      }
      let raster = try placed(heights, input.referenceSystem, input.path)
      let terrain = try Terrain(of: raster, on: grid, minimumCoverage: minimumCoverage, threads: threads)
      return (terrain, source(of: raster, method: "by mesh code; " + terrain.method, table.remarks))
    case .ksjMesh(let paths, let system):
      let mesh = try KSJMesh(RasterMosaic.files(paths), on: tableGrid)
      let path = paths.count == 1 ? paths[0] : "\(paths.first ?? "") and \(paths.count - 1) more"
      return try terrain(mesh, system, path)
    }
  }

  private func terrain(
    _ mesh: KSJMesh, _ system: String?, _ path: String
  ) throws(RasterError) -> (Terrain, AlignedSource) {
    let heights = try placed(mesh.elevation, system, path)
    var result = try Terrain(of: heights, on: grid, minimumCoverage: minimumCoverage, threads: threads)
    let slopes = try placed(mesh.slope, system, path)
    result.slope = try AreaMean(of: slopes, on: grid, minimumCoverage: minimumCoverage, threads: threads).mean
    let codes = mesh.aspect.values.map { $0 == 0 ? nil : Int32($0) }
    let aspects = try PlacedRaster(
      codes: codes, width: tableGrid.width, height: tableGrid.height, geotransform: tableGrid.geotransform,
      referenceSystem: system ?? "EPSG:6668", name: path, tokyoGrid: tokyoGrid)
    let eight = Dictionary(uniqueKeysWithValues: (1...8).map { (Int32($0), UInt8($0)) })
    result.aspect = try ClassShares(
      of: aspects, codes: eight, classes: 8, on: grid, minimumCoverage: minimumCoverage, threads: threads
    ).majority
    result.method =
      "KSJ G04-a by mesh code: mean elevation, mean slope, direction of the greatest slope"
      + (heights.cells == nil ? "; area weights between the two lattices" : "; copied cell by cell")
    return (result, source(of: heights, method: result.method, mesh.recognised))
  }

  func shares(
    _ input: ClassInput, classes: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(RasterError) -> (ClassShares, AlignedSource) {
    let areas: ClassAreas
    var found: AlignedSource
    guard input.legend.classes.values.allSatisfy({ $0 <= classes }) else {
      throw .malformed(
        path: input.legend.path, reason: "it has classes above \(classes)", remedy: "give a legend of this layer")
    }
    switch input {
    case .raster(let input, let legend):
      let rasters = try PlacedRaster.finestFirst(input, tokyoGrid: tokyoGrid)
      var sum: ClassAreas?
      for raster in rasters {
        let own = try classAreas(
          of: raster, codes: legend.numeric, classes: classes, on: grid, threads: threads, progress: progress)
        if sum == nil { sum = own } else { sum?.fill(from: own) }
      }
      areas = sum ?? ClassAreas(grid: grid, classes: classes)
      found = source(of: rasters, method: Self.classMethod(of: rasters[0]))
      found.unknown = Self.listed(areas.unknown) { String($0) }
    case .meshTable(let input, let legend):
      let table = try MeshTable(input)
      // Texts become numbers: the place in the list of different texts.
      var texts: [String] = []
      var places: [String: Int32] = [:]
      var codes = [Int32?](repeating: nil, count: tableGrid.count)
      table.forEachCell(of: tableGrid) { index, value in
        let text = Legend.normalised(value)
        if places[text] == nil {
          places[text] = Int32(texts.count)
          texts.append(text)
        }
        codes[index] = text.isEmpty ? nil : places[text]
      }
      let raster = try PlacedRaster(
        codes: codes, width: tableGrid.width, height: tableGrid.height, geotransform: tableGrid.geotransform,
        referenceSystem: input.referenceSystem ?? "EPSG:6668", name: input.path, tokyoGrid: tokyoGrid)
      let known = places.compactMap { text, place in legend.classOf(text).map { (place, $0) } }
      areas = try classAreas(
        of: raster, codes: Dictionary(uniqueKeysWithValues: known), classes: classes, on: grid, threads: threads)
      found = source(of: raster, method: "one class a mesh code; " + Self.classMethod(of: raster), table.remarks)
      found.unknown = Self.listed(areas.unknown) { texts[Int($0)] }
    case .polygons(let input, let attribute, let legend):
      let polygons = try PolygonAreas(
        input, attribute: attribute, legend: legend, classes: classes, on: grid, tokyoGrid: tokyoGrid)
      areas = polygons.areas
      found = AlignedSource(
        path: input.count == 1 ? input[0].path : "\(input[0].path) and \(input.count - 1) more",
        reference: polygons.reference, recognised: polygons.recognised,
        method: "exact area shares of the polygons' classes; majority, of equal shares the lowest class",
        unknown: polygons.unknown.sorted { $0.key < $1.key }.map { .init(code: $0.key, count: $0.value) })
    }
    found.unexplainedShare = areas.unexplainedShare
    if areas.unexplainedShare > Self.mostUnexplained {
      let codes = found.unknown.sorted { $0.count > $1.count }.prefix(5).map(\.code).joined(separator: ", ")
      throw .malformed(
        path: found.path,
        reason:
          "\(percent(areas.unexplainedShare)) of it has codes that the legend \(input.legend.path) lacks (\(codes))",
        remedy: "give the legend of this map, with class 0 for codes that mean none")
    }
    return (ClassShares(areas, minimumCoverage: minimumCoverage), found)
  }

  /// With more than this of the area unexplained the legend is another map's.
  private static let mostUnexplained = 0.5

  private func placed(_ layer: Layer<Float>, _ system: String?, _ path: String) throws(RasterError) -> PlacedRaster {
    try PlacedRaster(
      numbers: layer.values, width: layer.grid.width, height: layer.grid.height, geotransform: layer.grid.geotransform,
      referenceSystem: system ?? "EPSG:6668", name: path, tokyoGrid: tokyoGrid)
  }

  private func source(of raster: PlacedRaster, method: String, _ remarks: [String] = []) -> AlignedSource {
    AlignedSource(
      path: raster.path, reference: raster.reference, recognised: raster.recognised + remarks, method: method)
  }

  /// Several rasters are said of as the first, with what was unusual about each.
  private func source(of rasters: [PlacedRaster], method: String) -> AlignedSource {
    var source = source(of: rasters[0], method: method)
    for raster in rasters.dropFirst() {
      source.recognised += raster.recognised.filter { !source.recognised.contains($0) }
    }
    return source
  }

  private static func classMethod(of raster: PlacedRaster) -> String {
    raster.cells == nil
      ? "exact area shares of the pixels' classes; majority, of equal shares the lowest class" : "copied cell by cell"
  }

  private static func listed(
    _ counts: UnknownCounts, _ name: (Int32) -> String
  ) -> [AlignmentReport.UnknownCode] {
    counts.map { AlignmentReport.UnknownCode(code: name($0.key), count: $0.value) }.sorted { $0.code < $1.code }
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
