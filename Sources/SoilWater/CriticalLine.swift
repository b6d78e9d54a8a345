/// The contour of the cover that is taken as the critical line.
///
/// - Source: METHOD.md 2.4.
package struct CriticalLine: Sendable, Equatable {
  /// Cover of the line.
  package let level: Float
  /// Share of the landslide events that reach it; `nil` without landslides.
  package let hits: Double?
  /// Events without landslide that reach it, a year and unit.
  package let exceedances: Double
}

extension Climatology {
  /// Chooses the outermost contour that still catches a share of the landslide events; cover 0.5 where there are none.
  ///
  /// - Parameters:
  ///   - targetHits: The share.
  ///   - unitIndices: Units that choose together: landslides in one unit are too few. All by default.
  /// - Returns: The line. Where even 0.9 catches too few, 0.9.
  package func criticalLine(targetHits: Double = 0.8, of unitIndices: [Int]? = nil) -> CriticalLine {
    let lines = contours(of: unitIndices)
    guard lines.contains(where: { $0.hits != nil }) else {
      return lines[Self.levels.firstIndex(of: 0.5) ?? 0]
    }
    return lines.last { ($0.hits ?? 0) >= targetHits } ?? lines[0]
  }

  /// Every candidate with its hits and exceedances, inner (0.9) to outer (0.1).
  ///
  /// - Parameter unitIndices: Units that are counted together. All by default.
  /// - Returns: One line a level.
  package func contours(of unitIndices: [Int]? = nil) -> [CriticalLine] {
    let chosen = (unitIndices ?? Array(members.indices)).map { members[$0] }.filter(\.hasClimatology)
    let disasters = chosen.reduce(0) { $0 + $1.disasters }
    let unitYears = chosen.reduce(0) { $0 + Double($1.rank.days) } / 365.25
    return Self.levels.indices.map { place in
      let caught = chosen.reduce(0) { $0 + $1.disastersReaching[place] }
      let passed = chosen.reduce(0) { $0 + $1.eventsReaching[place] }
      return CriticalLine(
        level: Self.levels[place], hits: disasters > 0 ? Double(caught) / Double(disasters) : nil,
        exceedances: unitYears > 0 ? Double(passed) / unitYears : 0)
    }
  }
}
