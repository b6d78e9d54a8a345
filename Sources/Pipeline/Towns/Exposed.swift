import Mesh

/// What of a cell a landslide can meet, where the catalogue's `exposure` tells it.
package enum Exposed: CaseIterable, Sendable {
  /// Residents.
  case people
  /// Kilometres of road.
  case roads

  /// In the table of cells.
  var columnOfCell: Phrase {
    switch self {
    case .people: .columnPeopleOfCell
    case .roads: .columnRoadsOfCell
    }
  }

  /// In the table of towns, of the cells at a level; 0 is no data.
  func column(ofLevel level: Int) -> Phrase {
    switch self {
    case .people: level == 0 ? .columnPeopleNoData : .columnPeople(level)
    case .roads: level == 0 ? .columnRoadsNoData : .columnRoads(level)
    }
  }

  /// In the table of towns, level by level, no data last.
  var columns: [Phrase] { (1...5).map(column) + [column(ofLevel: 0)] }

  var decimals: Int {
    switch self {
    case .people: 0
    case .roads: 1
    }
  }

  /// What lies in the cells of level 4 and above, as a sentence.
  var sentence: Phrase {
    switch self {
    case .people: .peopleAtLevelFour
    case .roads: .roadsAtLevelFour
    }
  }

  /// Head of a column of what lies in the cells of level 4 and above.
  var overThreshold: Phrase {
    switch self {
    case .people: .peopleOverFour
    case .roads: .roadsOverFour
    }
  }
}
