/// What a day is for a municipality, or for all of a prefecture's cells.
package struct TownRisk: Hashable, Sendable {
  /// The cell named as the worst.
  package struct Cell: Hashable, Sendable {
    package let code: String
    /// 1 ... 5.
    package let level: Int
    /// `NaN` where the method gives none.
    package let probability: Float
    /// Hour of its worst state, 1 ... 24 JST.
    package let hour: Int?
  }

  /// Five digits of a municipality, two of a prefecture; empty for cells outside every municipality.
  package let code: String
  package let prefecture: String
  /// Empty for the whole prefecture.
  package let name: String
  /// Cells of the area at level 0 (no data), 1 ... 5.
  package var cellsByLevel = [Int](repeating: 0, count: 6)
  /// What lies in the cells of the levels 0 ... 5, as far as the catalogue tells it.
  package var exposed: [Exposed: [Float]] = [:]
  /// `nil` where no cell has a level.
  package var worst: Cell?

  package init(code: String, prefecture: String, name: String) {
    self.code = code
    self.prefecture = prefecture
    self.name = name
  }

  package var isPrefecture: Bool { code.utf8.count == 2 && name.isEmpty }
  package var cells: Int { cellsByLevel.reduce(0, +) }
  package var overThreshold: Int { cellsByLevel[4] + cellsByLevel[5] }
  /// Share of its cells at level 4 or 5, 0 ... 1.
  package var shareOverThreshold: Double { cells == 0 ? 0 : Double(overThreshold) / Double(cells) }

  /// In the cells of level 4 and above; `nil` where the catalogue does not tell it.
  package func overThreshold(_ kind: Exposed) -> Float? { exposed[kind].map { $0[4] + $0[5] } }

  package var worstLevel: Int { worst?.level ?? 0 }
}
