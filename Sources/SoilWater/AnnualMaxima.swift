/// What the annual maxima of a unit's cells tell of extremes: their mean and the ratios of their L-moments, each averaged over
/// the cells.
///
/// - Source: METHOD.md 2.3; regional averages of ratios as in Hosking and Wallis (1997), 6.2.
package struct AnnualMaxima: Sendable, Equatable {
  /// Fewer years tell nothing.
  package static let fewestYears = 10

  package let years: Int
  /// Mean `l₁`, mm: the index flood.
  package let mean: Double
  /// `t = l₂/l₁`.
  package let variation: Double
  /// `t₃ = l₃/l₂`.
  package let skewness: Double

  package init(years: Int, mean: Double, variation: Double, skewness: Double) {
    (self.years, self.mean, self.variation, self.skewness) = (years, mean, variation, skewness)
  }

  /// Averages over cells; `nil` below ten years and where all maxima of a cell are equal.
  ///
  /// - Parameter cells: The maxima of each cell, one a year, mm.
  package init?(ofCells cells: [[Double]]) {
    guard let years = cells.first?.count, years >= Self.fewestYears else { return nil }
    let moments = cells.map(LMoments.init)
    guard moments.allSatisfy({ $0.first > 0 && $0.second > 0 }) else { return nil }
    // As precise as files keep them, so that a climatology reads back as it was fitted.
    func average(_ value: (LMoments) -> Double) -> Double {
      Double(Float(moments.reduce(0) { $0 + value($1) } / Double(moments.count)))
    }
    self.init(
      years: years, mean: average(\.first), variation: average { $0.second / $0.first },
      skewness: average { $0.third / $0.second })
  }
}
