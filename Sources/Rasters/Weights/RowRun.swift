/// The pixels of a row that lie over one cell, with the lengths they share with it.
///
/// Sums run in four lanes from the cell's first pixel: the order depends on cell and raster alone.
struct RowRun {
  /// Channel 0: `NaN` missing, `−∞` sea.
  let values: UnsafePointer<Float>
  let lengths: UnsafePointer<Double>
  let count: Int

  /// Length over land, and the sum of length times a channel there.
  @inline(__always)
  func sums(of channel: UnsafePointer<Float>) -> (land: Double, sum: Double) {
    var land = SIMD4<Double>(repeating: 0)
    var sum = land
    let zero = land
    var i = 0
    while i + 4 <= count {
      let length = UnsafeRawPointer(lengths + i).loadUnaligned(as: SIMD4<Double>.self)
      let value = SIMD4<Double>(UnsafeRawPointer(values + i).loadUnaligned(as: SIMD4<Float>.self))
      let number = SIMD4<Double>(UnsafeRawPointer(channel + i).loadUnaligned(as: SIMD4<Float>.self))
      let isLand = value .> SIMD4(repeating: -.infinity)
      land += zero.replacing(with: length, where: isLand)
      sum += zero.replacing(with: length * number, where: isLand)
      i += 4
    }
    var (landRest, rest) = (0.0, 0.0)
    while i < count {
      if values[i] > -.infinity {
        landRest += lengths[i]
        rest += lengths[i] * Double(channel[i])
      }
      i += 1
    }
    return (land.sum() + landRest, sum.sum() + rest)
  }

  /// Length over pixels that are known, sea or land.
  var covered: Double {
    var total = 0.0
    for i in 0..<count where !values[i].isNaN { total += lengths[i] }
    return total
  }
}
