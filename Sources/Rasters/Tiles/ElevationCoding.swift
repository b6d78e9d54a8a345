/// How the three colours of a picture stand for a height.
package enum ElevationCoding: String, Hashable, Sendable, Codable, CaseIterable {
  /// 標高タイル (dem_png) of the Geospatial Information Authority of Japan: hundredths of a metre as a number of 24 bits with a sign;
  /// the lowest number means nothing known.
  /// - Source: GSI, 標高タイルの詳細仕様.
  case gsi
  /// Terrain-RGB: tenths of a metre above -10,000 m.
  case terrainRGB = "terrain-rgb"

  /// The height of a pixel, m; `NaN` where the colour means none.
  func height(red: UInt8, green: UInt8, blue: UInt8) -> Float {
    let number = Int(red) << 16 | Int(green) << 8 | Int(blue)
    switch self {
    case .gsi:
      if number == 1 << 23 { return .nan }
      return Float(Double(number > 1 << 23 ? number - (1 << 24) : number) / 100)
    case .terrainRGB: return Float(Double(number) / 10 - 10_000)
    }
  }
}
