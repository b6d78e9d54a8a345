/// The soil water index of hourly rain in a few plain lines, to judge rain by without the room that lsmap computes it with.
///
/// Three tanks in six steps an hour, dry at the start.
///
/// - Parameter rain: mm an hour.
/// - Returns: mm at the end of each hour.
public func plainSoilWaterIndex(of rain: [Double]) -> [Double] {
  var (a, b, c) = (0.0, 0.0, 0.0)
  return rain.map { amount in
    for _ in 0..<6 {
      let side1 = 0.1 * max(a - 15, 0) + 0.15 * max(a - 60, 0)
      let side2 = 0.05 * max(b - 15, 0)
      let side3 = 0.01 * max(c - 15, 0)
      let (down1, down2, down3) = (0.12 * a, 0.05 * b, 0.01 * c)
      a += (amount - side1 - down1) / 6
      b += (down1 - side2 - down2) / 6
      c += (down2 - side3 - down3) / 6
    }
    return a + b + c
  }
}
