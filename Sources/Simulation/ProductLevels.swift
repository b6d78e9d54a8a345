/// The levels in which JMA's analysed hourly rain is stored: 0, 0.4, 1 ... 77 by 1, 80 ... 130 by 5, 140 ... 200 by 10, 255 mm.
///
/// Rain rounded to them survives the run-length packing unchanged. Amounts are whole tenths of a millimetre.
/// - Source: METHOD 8.5 and 9.1.
package enum ProductLevels {
  /// Ascending, tenths of mm.
  package static let tenths: [UInt16] =
    [0, 4] + (1...77).map { $0 * 10 } + stride(from: 800, through: 1_300, by: 50)
    + stride(from: 1_400, through: 2_000, by: 100) + [2_550]

  /// The level nearest to an amount, tenths of mm; the higher one of two equally near. The last level is open.
  package static func nearest(toMillimetres amount: Double) -> UInt16 {
    switch amount {
    case ..<0.2: 0
    case ..<0.7: 4
    case ..<78.5: UInt16(min(amount, 77).rounded()) * 10
    case ..<135: UInt16((min(max(amount, 80), 130) / 5).rounded()) * 50
    case ..<227.5: UInt16((min(max(amount, 140), 200) / 10).rounded()) * 100
    default: 2_550
    }
  }
}
