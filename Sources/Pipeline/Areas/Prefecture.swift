package import Mesh

/// One of the 47 prefectures: how it is called and the box that holds it.
package struct Prefecture: Hashable, Sendable {
  /// JIS X 0401, 1 to 47.
  package let code: Int
  /// With its suffix: 鳥取県.
  package let japaneseName: String
  /// Lower case, no long vowels: `tottori`.
  package let romaji: String
  /// Degrees, JGD2011, remote islands included; some hundredths wider than the land.
  package let south: Double
  package let west: Double
  package let north: Double
  package let east: Double

  private init(
    _ code: Int, _ japaneseName: String, _ romaji: String, _ south: Double, _ west: Double, _ north: Double,
    _ east: Double
  ) {
    self.code = code
    self.japaneseName = japaneseName
    self.romaji = romaji
    (self.south, self.west, self.north, self.east) = (south, west, north, east)
  }

  /// Finds a prefecture by code (`31`, `1` or `01`), Japanese name (`鳥取県`, `鳥取`) or romaji (`tottori`, any case, with or
  /// without `-ken`, `-fu`, `-to`); `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    let name = text.lowercased().filter { !$0.isWhitespace }
    let bare = ["-ken", "-fu", "-to"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
    let number = name.utf8.allSatisfy { (48...57).contains($0) } && name.count <= 2 ? Int(name) : nil
    guard
      let found = Self.all.first(where: { prefecture in
        prefecture.code == number || prefecture.japaneseName == name || prefecture.romaji == bare
          || prefecture.shortJapaneseName == name
      })
    else { return nil }
    self = found
  }

  /// Two digits, as in file names of the National Land Information.
  package var twoDigits: String { code < 10 ? "0\(code)" : "\(code)" }

  /// Without its suffix: 鳥取. Hokkaido has none to lose.
  package var shortJapaneseName: String { code == 1 ? japaneseName : String(japaneseName.dropLast()) }

  /// For titles: `Tottori`.
  package var title: String { romaji.prefix(1).uppercased() + romaji.dropFirst() }

  /// The cells of the box.
  package var grid: MeshGrid { MeshGrid(south: south, west: west, north: north, east: east) }

  package static let all: [Prefecture] = [
    // code, name, romaji, south, west, north, east
    Prefecture(1, "北海道", "hokkaido", 41.34, 139.32, 45.57, 148.91),
    Prefecture(2, "青森県", "aomori", 40.20, 139.85, 41.56, 141.70),
    Prefecture(3, "岩手県", "iwate", 38.73, 140.64, 40.47, 142.09),
    Prefecture(4, "宮城県", "miyagi", 37.76, 140.26, 39.02, 141.69),
    Prefecture(5, "秋田県", "akita", 38.86, 139.68, 40.53, 141.01),
    Prefecture(6, "山形県", "yamagata", 37.72, 139.52, 39.22, 140.66),
    Prefecture(7, "福島県", "fukushima", 36.78, 139.15, 37.99, 141.06),
    Prefecture(8, "茨城県", "ibaraki", 35.72, 139.67, 36.96, 140.87),
    Prefecture(9, "栃木県", "tochigi", 36.18, 139.31, 37.17, 140.31),
    Prefecture(10, "群馬県", "gunma", 35.97, 138.38, 37.07, 139.68),
    Prefecture(11, "埼玉県", "saitama", 35.74, 138.70, 36.30, 139.92),
    Prefecture(12, "千葉県", "chiba", 34.89, 139.74, 36.12, 140.89),
    Prefecture(13, "東京都", "tokyo", 24.21, 138.93, 35.91, 154.00),
    Prefecture(14, "神奈川県", "kanagawa", 35.12, 138.90, 35.69, 139.81),
    Prefecture(15, "新潟県", "niigata", 36.72, 137.62, 38.57, 139.91),
    Prefecture(16, "富山県", "toyama", 36.26, 136.75, 36.99, 137.78),
    Prefecture(17, "石川県", "ishikawa", 36.05, 136.23, 37.87, 137.38),
    Prefecture(18, "福井県", "fukui", 35.33, 135.43, 36.31, 136.85),
    Prefecture(19, "山梨県", "yamanashi", 35.15, 138.17, 35.99, 139.15),
    Prefecture(20, "長野県", "nagano", 35.18, 137.31, 37.05, 138.75),
    Prefecture(21, "岐阜県", "gifu", 35.12, 136.26, 36.48, 137.67),
    Prefecture(22, "静岡県", "shizuoka", 34.58, 137.46, 35.66, 139.19),
    Prefecture(23, "愛知県", "aichi", 34.56, 136.66, 35.44, 137.85),
    Prefecture(24, "三重県", "mie", 33.71, 135.84, 35.27, 137.00),
    Prefecture(25, "滋賀県", "shiga", 34.78, 135.75, 35.72, 136.47),
    Prefecture(26, "京都府", "kyoto", 34.69, 134.84, 35.79, 136.07),
    Prefecture(27, "大阪府", "osaka", 34.26, 135.08, 35.07, 135.76),
    Prefecture(28, "兵庫県", "hyogo", 34.14, 134.24, 35.69, 135.48),
    Prefecture(29, "奈良県", "nara", 33.84, 135.52, 34.80, 136.24),
    Prefecture(30, "和歌山県", "wakayama", 33.42, 134.98, 34.40, 136.03),
    Prefecture(31, "鳥取県", "tottori", 35.04, 133.12, 35.63, 134.53),
    Prefecture(32, "島根県", "shimane", 34.29, 131.65, 36.36, 133.40),
    Prefecture(33, "岡山県", "okayama", 34.28, 133.25, 35.37, 134.43),
    Prefecture(34, "広島県", "hiroshima", 34.02, 132.02, 35.12, 133.48),
    Prefecture(35, "山口県", "yamaguchi", 33.70, 130.76, 34.81, 132.51),
    Prefecture(36, "徳島県", "tokushima", 33.53, 133.65, 34.27, 134.84),
    Prefecture(37, "香川県", "kagawa", 34.00, 133.51, 34.58, 134.46),
    Prefecture(38, "愛媛県", "ehime", 32.89, 132.00, 34.31, 133.71),
    Prefecture(39, "高知県", "kochi", 32.69, 132.47, 33.90, 134.32),
    Prefecture(40, "福岡県", "fukuoka", 32.99, 130.02, 34.26, 131.21),
    Prefecture(41, "佐賀県", "saga", 32.94, 129.73, 33.63, 130.56),
    Prefecture(42, "長崎県", "nagasaki", 31.97, 128.33, 34.72, 130.39),
    Prefecture(43, "熊本県", "kumamoto", 32.08, 129.95, 33.21, 131.34),
    Prefecture(44, "大分県", "oita", 32.70, 130.81, 33.76, 132.10),
    Prefecture(45, "宮崎県", "miyazaki", 31.35, 130.69, 32.85, 131.90),
    Prefecture(46, "鹿児島県", "kagoshima", 27.00, 128.38, 32.32, 131.22),
    Prefecture(47, "沖縄県", "okinawa", 24.03, 122.92, 27.90, 131.35),
  ]
}
