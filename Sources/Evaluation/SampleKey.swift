package import Mesh

/// Names one sample: a cell of a region on a day.
package struct SampleKey: Hashable, Sendable {
  /// Label of the region: a mesh code prefix or a name of the user's.
  package let region: String
  package let cell: Mesh3Code
  package let day: JSTDay

  package init(region: String, cell: Mesh3Code, day: JSTDay) {
    self.region = region
    self.cell = cell
    self.day = day
  }

  /// `533924 cell 53392445 on 2023-08-15`.
  package var words: String { "\(region) cell \(cell) on \(day)" }
}

extension SampleKey: Comparable {
  package static func < (a: SampleKey, b: SampleKey) -> Bool {
    (a.region, a.day, a.cell) < (b.region, b.day, b.cell)
  }
}

/// A sample with what happened and what a method said.
package struct ScoredSample: Hashable, Sendable {
  package let key: SampleKey
  /// At least one landslide in the cell that day.
  package let isPositive: Bool
  /// Higher means more likely; a probability, a logit or any other scale. Never `NaN`.
  package let score: Double

  package init(key: SampleKey, isPositive: Bool, score: Double) {
    precondition(!score.isNaN, "sample \(key.region) \(key.cell) \(key.day) has no score")
    self.key = key
    self.isPositive = isPositive
    self.score = score
  }
}
