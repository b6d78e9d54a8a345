import Mesh

extension AlignmentReport.Entry {
  /// A layer without an input.
  static func absent(_ layer: String, cells: Int) -> AlignmentReport.Entry {
    AlignmentReport.Entry(
      layer: layer, source: nil, referenceSystem: nil, datumStep: nil, accuracyMetres: nil, method: "no input: empty",
      cellsWithValue: 0, cells: cells, meanCoverage: 0, minimum: nil, maximum: nil, cellsOutOfRange: 0,
      cellsBelowMinimumCoverage: 0, unknownCodes: [], meanUnknownShare: nil, meanLandShare: nil, recognised: [])
  }

  /// A layer from a source; values are `NaN` where missing.
  init(
    layer: String, from source: AlignedSource, values: [Float], coverage: [Float], validRange: ClosedRange<Float>
  ) {
    let known = values.filter { !$0.isNaN }
    self.init(
      layer: layer, source: source.path, referenceSystem: source.reference.name,
      datumStep: source.reference.datum.sentence, accuracyMetres: source.reference.datum.accuracyMetres,
      method: source.method, cellsWithValue: known.count, cells: values.count, meanCoverage: Self.mean(coverage),
      minimum: known.min().map(Double.init), maximum: known.max().map(Double.init),
      cellsOutOfRange: known.count { !validRange.contains($0) },
      cellsBelowMinimumCoverage: zip(values, coverage).count { $0.isNaN && $1 > 0 }, unknownCodes: source.unknown,
      meanUnknownShare: nil, meanLandShare: nil, recognised: source.recognised)
  }

  static func mean(_ shares: [Float]) -> Double {
    shares.isEmpty ? 0 : shares.reduce(0.0) { $0 + Double($1) } / Double(shares.count)
  }
}

extension StaticAligner {
  func entries(of terrain: Terrain, _ source: AlignedSource) -> [AlignmentReport.Entry] {
    let coverage = terrain.coverage.values
    let land = AlignmentReport.Entry.mean(terrain.landShare.values)
    let aspect = terrain.aspect.values.map { $0 == 0 ? .nan : Float($0) }
    var entries = [
      AlignmentReport.Entry(
        layer: "elevation", from: source, values: terrain.elevation.values, coverage: coverage,
        validRange: LayerDescription.elevation.validRange),
      AlignmentReport.Entry(
        layer: "slope", from: source, values: terrain.slope.values, coverage: coverage,
        validRange: LayerDescription.slope.validRange),
      AlignmentReport.Entry(
        layer: "aspect", from: source, values: aspect, coverage: coverage,
        validRange: LayerDescription.aspect.validRange),
    ]
    // Flat ground has no aspect: not a lack of cover.
    entries[2].cellsBelowMinimumCoverage = entries[0].cellsBelowMinimumCoverage
    for i in entries.indices { entries[i].meanLandShare = land }
    return entries
  }

  func entry(of shares: ClassShares, _ layer: String, _ source: AlignedSource) -> AlignmentReport.Entry {
    let majority = shares.majority.values.map { $0 == 0 ? .nan : Float($0) }
    var entry = AlignmentReport.Entry(
      layer: layer, from: source, values: majority, coverage: shares.coverage.values,
      validRange: 1...Float(shares.classes))
    entry.cellsBelowMinimumCoverage = zip(shares.unknown.values, shares.coverage.values).count { $0.isNaN && $1 > 0 }
    entry.meanUnknownShare = source.unexplainedShare
    return entry
  }
}
