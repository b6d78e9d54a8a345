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

/// Takes the cells of a municipality or prefecture into account, one by one.
struct TownTally {
  private(set) var risk: TownRisk
  private var worst: RiskOrder?

  init(_ risk: TownRisk) { self.risk = risk }

  /// Of equals the first stays the worst.
  mutating func add(_ cell: TownCell) {
    let level = Int(min(cell.order.level, 5))
    risk.cellsByLevel[level] += 1
    for (kind, amount) in cell.exposed {
      risk.exposed[kind, default: [Float](repeating: 0, count: 6)][level] += amount.isNaN ? 0 : amount
    }
    guard level > 0 else { return }
    if let worst, cell.order <= worst { return }
    worst = cell.order
    risk.worst = TownRisk.Cell(
      code: "\(cell.code)", level: level, probability: cell.probability,
      hour: (1...24).contains(cell.hour) ? Int(cell.hour) : nil)
  }
}
