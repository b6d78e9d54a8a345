import Cartography
import Mesh

/// A cell as the towns take it in.
struct TownCell {
  let code: Mesh3Code
  let order: RiskOrder
  let probability: Float
  /// 0 where it is not known.
  let hour: UInt8
  /// `NaN` where it is not known.
  let exposed: [(kind: Exposed, amount: Float)]
}

/// Takes the cells of a municipality or prefecture into account, one by one or by whole tallies.
struct TownTally {
  private var town: TownRisk
  /// In `Double`: the printed decimals do not depend on which cells were summed first.
  private var sums: [Exposed: [Double]] = [:]
  private var worst: (order: RiskOrder, cell: TownRisk.Cell)?

  /// - Parameter town: Without cells.
  init(_ town: TownRisk) { self.town = town }

  var risk: TownRisk {
    var risk = town
    risk.exposed = sums.mapValues { $0.map { Float($0) } }
    risk.worst = worst?.cell
    return risk
  }

  /// Of equals the first stays the worst.
  mutating func add(_ cell: TownCell) {
    let level = Int(min(cell.order.level, 5))
    town.cellsByLevel[level] += 1
    for (kind, amount) in cell.exposed {
      sums[kind, default: Self.nothing][level] += amount.isNaN ? 0 : Double(amount)
    }
    guard level > 0 else { return }
    consider(cell.order) {
      TownRisk.Cell(
        code: "\(cell.code)", level: level, probability: cell.probability,
        hour: (1...24).contains(cell.hour) ? Int(cell.hour) : nil)
    }
  }

  /// Takes in all cells of another tally, behind those it has.
  mutating func add(_ part: TownTally) {
    for level in town.cellsByLevel.indices { town.cellsByLevel[level] += part.town.cellsByLevel[level] }
    for (kind, amounts) in part.sums {
      sums[kind] = zip(sums[kind] ?? Self.nothing, amounts).map { $0 + $1 }
    }
    if let worst = part.worst { consider(worst.order) { worst.cell } }
  }

  private static let nothing = [Double](repeating: 0, count: 6)

  private mutating func consider(_ order: RiskOrder, _ cell: () -> TownRisk.Cell) {
    if let worst, order <= worst.order { return }
    worst = (order, cell())
  }
}
