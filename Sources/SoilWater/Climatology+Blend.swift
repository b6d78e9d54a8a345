package import Mesh

extension Climatology {
  /// A unit that a cell's values rest on.
  struct Share {
    let unit: Int
    /// Above 0; those of a cell are one in all.
    let weight: Double
  }

  /// The units with a climatology around a cell of the lattice; none where its own has none.
  ///
  /// Units without climatology drop out, and the weights of the others grow to one.
  /// - Source: METHOD.md 2.2, step 8.
  func shares(row: Int, column: Int, by blend: UnitBlend) -> [Share] {
    guard let own = units.unit(row: row, column: column), members[own].hasClimatology else { return [] }
    let found = blend.shares(row: row, column: column).compactMap { share -> Share? in
      let (north, east) = (share.north * units.blockCells, share.east * units.blockCells)
      guard let unit = units.unit(row: row + north, column: column + east), members[unit].hasClimatology else {
        return nil
      }
      return Share(unit: unit, weight: share.weight)
    }
    let sum = found.reduce(0) { $0 + $1.weight }
    return found.map { Share(unit: $0.unit, weight: $0.weight / sum) }
  }

  /// The historical rank of an index among the days of some units, as of one past in which each unit's days have its weight.
  func rank(of index: Float, in shares: [Share]) -> Float {
    let blended = Float(shares.reduce(0) { $0 + $1.weight * Double(members[$1.unit].rank.rank(of: index)) })
    return min(blended, Float(1).nextDown)
  }

  /// The annual maxima between some units, `nil` where the first, the cell's own, has none.
  func annualMaxima(of shares: [Share]) -> RegionalMaxima? {
    guard let own = shares.first, members[own.unit].annualMaxima != nil else { return nil }
    return RegionalMaxima(
      shares.compactMap { share in members[share.unit].annualMaxima.map { (weight: share.weight, maxima: $0) } })
  }

  /// The cover of states at a cell, for pictures; 0 everywhere without climatology.
  package func surface(at cell: Mesh3Code) -> CriticalSurface {
    let shares = shares(row: cell.row, column: cell.column, by: UnitBlend(blockCells: units.blockCells))
    return CriticalSurface(shares.map { (weight: $0.weight, surface: surface(ofUnit: $0.unit)) }, settings)
  }
}

extension CriticalSurface {
  /// A blend on the nodes of the longest axes; beyond its own axes a surface counts as 0.
  fileprivate init(_ parts: [(weight: Double, surface: CriticalSurface)], _ settings: ClimatologySettings) {
    let rows = parts.reduce(settings.nodes) { max($0, $1.surface.rows) }
    let columns = parts.reduce(settings.nodes) { max($0, $1.surface.columns) }
    var sums = [Double](repeating: 0, count: rows * columns)
    for (weight, surface) in parts {
      for i in 0..<surface.rows {
        for j in 0..<surface.columns {
          sums[i * columns + j] += weight * Double(surface.values[i * surface.columns + j])
        }
      }
    }
    self.init(sums: sums, rows: rows, columns: columns, settings)
  }
}
