import Statistics

/// A code of a source map's legend and the class it means.
struct LegendEntry: Sendable {
  let code: Int
  /// The source's own name.
  let source: String
  /// 1-based; 0 none or unknown.
  let classNumber: Int
}

/// Soil and vegetation maps of the synthetic prefecture, in codes of their own.
struct LandCover: Sendable {
  static let soilLegend: [LegendEntry] = [
    LegendEntry(code: 101, source: "urban fill", classNumber: 1),
    LegendEntry(code: 102, source: "levelled terrace", classNumber: 1),
    LegendEntry(code: 201, source: "peat soil", classNumber: 2),
    LegendEntry(code: 202, source: "muck soil", classNumber: 2),
    LegendEntry(code: 301, source: "podzol", classNumber: 3),
    LegendEntry(code: 401, source: "andosol", classNumber: 4),
    LegendEntry(code: 402, source: "wet andosol", classNumber: 4),
    LegendEntry(code: 501, source: "dark red soil", classNumber: 5),
    LegendEntry(code: 601, source: "brown lowland soil", classNumber: 6),
    LegendEntry(code: 602, source: "grey lowland soil", classNumber: 6),
    LegendEntry(code: 603, source: "gley soil", classNumber: 6),
    LegendEntry(code: 701, source: "red soil", classNumber: 7),
    LegendEntry(code: 702, source: "yellow soil", classNumber: 7),
    LegendEntry(code: 801, source: "grey upland soil", classNumber: 8),
    LegendEntry(code: 901, source: "dry brown forest soil", classNumber: 9),
    LegendEntry(code: 902, source: "brown forest soil", classNumber: 9),
    LegendEntry(code: 903, source: "wet brown forest soil", classNumber: 9),
    LegendEntry(code: 1001, source: "lithosol", classNumber: 10),
    LegendEntry(code: 1002, source: "sand dune regosol", classNumber: 10),
    LegendEntry(code: 9990, source: "rock", classNumber: 0),
    LegendEntry(code: 9999, source: "unsurveyed", classNumber: 0),
  ]

  static let vegetationLegend: [LegendEntry] = [
    LegendEntry(code: 10101, source: "town", classNumber: 1),
    LegendEntry(code: 10102, source: "town with much green", classNumber: 1),
    LegendEntry(code: 20101, source: "paddy field", classNumber: 2),
    LegendEntry(code: 20102, source: "dry field", classNumber: 2),
    LegendEntry(code: 30101, source: "tea garden", classNumber: 3),
    LegendEntry(code: 30102, source: "citrus orchard", classNumber: 3),
    LegendEntry(code: 40101, source: "pasture", classNumber: 4),
    LegendEntry(code: 50101, source: "dwarf bamboo and pampas grass", classNumber: 5),
    LegendEntry(code: 60101, source: "cedar and cypress plantation", classNumber: 6),
    LegendEntry(code: 60102, source: "larch plantation", classNumber: 6),
    LegendEntry(code: 70101, source: "konara oak forest", classNumber: 7),
    LegendEntry(code: 80101, source: "secondary beech forest", classNumber: 8),
    LegendEntry(code: 90101, source: "beech forest", classNumber: 9),
    LegendEntry(code: 90102, source: "evergreen oak forest", classNumber: 9),
    LegendEntry(code: 100101, source: "alpine grassland", classNumber: 10),
    LegendEntry(code: 110101, source: "bare ground", classNumber: 11),
    LegendEntry(code: 110102, source: "open water", classNumber: 11),
  ]

  private let land: PrefectureLand
  private let patches: CoherentNoise
  private let fields: CoherentNoise

  init(land: PrefectureLand, seed: UInt64) {
    self.land = land
    patches = CoherentNoise(seed: seed, "soil")
    fields = CoherentNoise(seed: seed, "vegetation")
  }

  /// The soil map's code at a pixel of the terrain; 0 in the sea.
  func soil(at i: Int) -> Int {
    guard land.terrain.isLand[i] else { return 0 }
    let (height, slope) = (land.terrain.height[i], land.slope[i])
    let (x, y) = place(i)
    let broad = patches.fractal(x / 14_000, y / 14_000, octaves: 4)
    let fine = patches.fractal(x / 3_000 + 40, y / 3_000, octaves: 3)
    if isTown(x, y, height: height, slope: slope) { return fine > 0.1 ? 102 : 101 }
    if slope < 3, height < 60 {
      if height < 4, fine > 0.15 { return 1002 }
      if broad < -0.42 { return fine > 0 ? 201 : 202 }
      return fine > 0.15 ? 601 : fine > -0.15 ? 602 : 603
    }
    if height > 1_150, broad > -0.1 { return 301 }
    if slope > 34 { return fine > 0.25 ? 9990 : 1001 }
    if broad > 0.22 { return slope < 6 ? 402 : 401 }
    if height < 350, broad < -0.12 { return fine > 0.3 ? 501 : fine > 0 ? 701 : 702 }
    if slope < 5 { return 801 }
    return fine > 0.18 ? 901 : fine > -0.2 ? 902 : 903
  }

  /// The vegetation map's code at a pixel of the terrain; 0 in the sea.
  func vegetation(at i: Int) -> Int {
    guard land.terrain.isLand[i] else { return 0 }
    let (height, slope) = (land.terrain.height[i], land.slope[i])
    let (x, y) = place(i)
    let broad = fields.fractal(x / 9_000, y / 9_000, octaves: 4)
    let fine = fields.fractal(x / 1_500 + 70, y / 1_500, octaves: 3)
    if isTown(x, y, height: height, slope: slope) { return fine > 0.15 ? 10102 : 10101 }
    if slope < 4, height < 200 { return fine > 0.3 ? 20102 : fine < -0.5 ? 110102 : 20101 }
    if slope > 40, fine > 0.2 { return 110101 }
    if height > 1_350, fine > 0 { return 100101 }
    if height > 900 { return broad > 0.05 ? 90101 : fine > 0.1 ? 80101 : 60102 }
    if height < 300, slope < 16, broad > 0.1 { return fine > 0 ? 30101 : 30102 }
    if fine > 0.42 { return slope < 12 ? 40101 : 50101 }
    return broad > 0 ? 60101 : fine < -0.3 ? 90102 : 70101
  }

  private func place(_ i: Int) -> (x: Double, y: Double) {
    let grid = land.terrain.grid
    return (grid.x(ofColumn: i % grid.width), grid.y(ofRow: i / grid.width))
  }

  private func isTown(_ x: Double, _ y: Double, height: Float, slope: Float) -> Bool {
    slope < 5 && height < 150 && fields.fractal(x / 11_000 + 90, y / 11_000, octaves: 4) > 0.2
  }
}
