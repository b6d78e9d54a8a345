/// A sum that keeps what rounding drops (Neumaier's form of Kahan's): the same to the last bit for any split in order.
package struct CompensatedSum: Sendable {
  private var total = 0.0
  private var lost = 0.0

  package init() {}

  package mutating func add(_ value: Double) {
    let next = total + value
    lost += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
    total = next
  }

  package var value: Double { total + lost }
}
