/// Islands and groups of islands that maps show apart from their mainland, by a place on them.
package struct NamedIslands: Sendable {
  package let name: Phrase
  /// Degrees.
  private let latitude: Double
  private let longitude: Double

  private init(_ english: String, _ japanese: String, _ latitude: Double, _ longitude: Double) {
    name = Phrase(english, japanese)
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Those within an extent, the larger first.
  package static func within(_ extent: MeshGrid) -> [NamedIslands] {
    all.filter {
      (extent.southLatitude...extent.northLatitude).contains($0.latitude)
        && (extent.westLongitude...extent.eastLongitude).contains($0.longitude)
    }
  }

  /// The larger first.
  private static let all = [
    NamedIslands("Etorofu", "択捉島", 45.00, 147.70), NamedIslands("Kunashiri", "国後島", 44.10, 145.90),
    NamedIslands("Okinawa", "沖縄島", 26.50, 127.95), NamedIslands("Sado", "佐渡島", 38.05, 138.40),
    NamedIslands("Amami", "奄美大島", 28.30, 129.40), NamedIslands("Tsushima", "対馬", 34.40, 129.33),
    NamedIslands("Yakushima", "屋久島", 30.34, 130.52), NamedIslands("Tanegashima", "種子島", 30.60, 130.98),
    NamedIslands("Goto", "五島列島", 32.70, 128.75), NamedIslands("Iriomote", "西表島", 24.33, 123.82),
    NamedIslands("Oki", "隠岐", 36.23, 133.28), NamedIslands("Shikotan", "色丹島", 43.80, 146.75),
    NamedIslands("Tokunoshima", "徳之島", 27.80, 128.93), NamedIslands("Ishigaki", "石垣島", 24.42, 124.20),
    NamedIslands("Rishiri", "利尻島", 45.18, 141.24), NamedIslands("Miyako", "宮古島", 24.78, 125.33),
    NamedIslands("Okushiri", "奥尻島", 42.15, 139.47), NamedIslands("Iki", "壱岐", 33.79, 129.71),
    NamedIslands("Okinoerabu", "沖永良部島", 27.37, 128.60), NamedIslands("Oshima", "伊豆大島", 34.73, 139.40),
    NamedIslands("Rebun", "礼文島", 45.38, 141.02), NamedIslands("Hachijojima", "八丈島", 33.11, 139.79),
    NamedIslands("Koshikijima", "甑島列島", 31.72, 129.75), NamedIslands("Kumejima", "久米島", 26.34, 126.78),
    NamedIslands("Miyakejima", "三宅島", 34.08, 139.52), NamedIslands("Tokara", "トカラ列島", 29.62, 129.70),
    NamedIslands("Ogasawara", "小笠原諸島", 27.08, 142.21), NamedIslands("Daito", "大東諸島", 25.85, 131.25),
    NamedIslands("Iwo", "硫黄列島", 24.78, 141.32), NamedIslands("Yonaguni", "与那国島", 24.46, 122.99),
    NamedIslands("Yoron", "与論島", 27.04, 128.43), NamedIslands("Senkaku", "尖閣諸島", 25.74, 123.48),
    NamedIslands("Awashima", "粟島", 38.46, 139.24), NamedIslands("Tobishima", "飛島", 39.19, 139.55),
    NamedIslands("Torishima", "鳥島", 30.48, 140.30), NamedIslands("Uji", "宇治群島", 31.20, 129.46),
    NamedIslands("Okinotorishima", "沖ノ鳥島", 20.42, 136.08), NamedIslands("Minamitorishima", "南鳥島", 24.287, 153.981),
    NamedIslands("Takeshima", "竹島", 37.24, 131.87),
  ]
}
