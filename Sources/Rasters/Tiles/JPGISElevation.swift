import Mesh

/// A tile of the elevation model that the Geospatial Information Authority of Japan (GSI) hands out: 基盤地図情報 数値標高モデル, a
/// file of JPGIS (GML), of 1, 5 or 10 m (1A, 5A, 5B, 5C, 10A, 10B).
///
/// The points are a list of `kind,height` in rows from the north-west, from a start point on; those before it and after the end of
/// the list are missing. -9999 means sea or nothing known, which only the kind tells.
/// - Source: GSI, 基盤地図情報ダウンロードデータファイル仕様書 5.0 (2023), numerical elevation models.
struct JPGISElevation: ElevationTile {
  let path: String
  let width: Int
  let height: Int
  /// Pixels of a degree, to the east and to the north: 9,000, 18,000 or 90,000.
  let pixelsPerUnit: SIMD2<Double>
  /// The lattice of all tiles of its kind: pixels east of Greenwich and north of the equator.
  let west: Int
  let north: Int
  let referenceSystem: String
  /// By how a height was measured: A (laser) before B (photographs) before C (older photographs).
  let rank: Int

  /// Bytes that hold everything up to the list of points.
  static let headBytes = 8 << 10
  /// A tile has 1,125 x 750 points at most today.
  private static let mostPoints = 64 << 20

  /// Whether a file begins as such a tile does.
  static func begins(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    return text.contains("FGD_GMLSchema") && text.contains("<DEM")
  }

  /// Reads where a tile lies.
  ///
  /// - Parameters:
  ///   - path: The file, for errors and for its rank.
  ///   - head: Its first bytes.
  /// - Throws: `malformed` where something of its place is missing or makes no sense.
  init(_ path: String, head: [UInt8]) throws(RasterError) {
    self.path = path
    let text = String(decoding: head, as: UTF8.self)
    func numbers(_ name: String) throws(RasterError) -> SIMD2<Double> {
      let words = (xmlText(name, in: text) ?? "").split(whereSeparator: \.isWhitespace).map { Double($0) ?? .nan }
      guard words.count == 2, words.allSatisfy({ abs($0) < 1e6 }) else {
        throw .damaged(path, "lacks the numbers of \(name)")
      }
      return SIMD2(words[0], words[1])
    }
    let (lower, upper) = (try numbers("lowerCorner"), try numbers("upperCorner"))
    let (low, high) = (try numbers("low"), try numbers("high"))
    let size = high - low + 1
    guard size.x >= 1, size.y >= 1, size.x * size.y <= Double(Self.mostPoints), low == low.rounded(.towardZero),
      high == high.rounded(.towardZero), upper.x > lower.x, upper.y > lower.y
    else { throw .damaged(path, "has a grid that makes no sense") }
    (width, height) = (Int(saturating: size.x), Int(saturating: size.y))
    // Corners are decimals of thirds: whole numbers of pixels of a degree are exact.
    let perDegree = SIMD2(size.x / (upper.y - lower.y), size.y / (upper.x - lower.x))
    let whole = perDegree.rounded(.toNearestOrEven)
    let corner = SIMD2(lower.y, upper.x) * whole
    let place = corner.rounded(.toNearestOrEven)
    guard whole.min() >= 1, whole.max() < 1e6, abs((perDegree / whole - 1).x) < 1e-4,
      abs((perDegree / whole - 1).y) < 1e-4,
      abs((corner - place).x) < 0.1, abs((corner - place).y) < 0.1
    else {
      throw .malformed(
        path: path, reason: "its corners do not fit its \(width) x \(height) points", remedy: RasterError.fetchAgain)
    }
    pixelsPerUnit = whole
    (west, north) = (Int(saturating: place.x), Int(saturating: place.y))
    switch xmlAttribute("srsName", in: text)?.lowercased() ?? "" {
    case let name where name.contains("jgd2000"): referenceSystem = "EPSG:4612"
    // JGD2024 changed heights only.
    case let name where name.contains("jgd2011") || name.contains("jgd2024"): referenceSystem = "EPSG:6668"
    case let name:
      throw .malformed(
        path: path, reason: "names the reference system \"\(name)\"",
        remedy: "name one in the catalogue, as crs: EPSG:6668")
    }
    let name = path.lowercased().split(separator: "/").last ?? ""
    rank =
      ["a", "b", "c"].firstIndex { letter in ["1", "5", "10"].contains { name.contains("dem\($0)\(letter)") } } ?? 3
  }

  /// Reads the points.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: Heights, m, rows from the north, `NaN` where missing, `TileMosaic.sea` on the sea.
  /// - Throws: `malformed` for a damaged list.
  func heights(_ bytes: [UInt8]) throws(RasterError) -> [Float] {
    let mark = Array("tupleList>".utf8)
    guard let begin = bytes.prefix(1 << 20).firstRange(of: mark) else { throw .damaged(path, "has no list of points") }
    var text = bytes[begin.upperBound...]
    var points: [(kind: Kind, number: Float)] = []
    points.reserveCapacity(width * height)
    var kinds = KindTable()
    var end: Int?
    while end == nil, let line = text.nextLine() {
      let point = line.prefix { $0 != UInt8(ascii: "<") }
      if point.endIndex < line.endIndex { end = point.endIndex }
      if point.isEmpty { break }
      guard let comma = point.firstIndex(of: UInt8(ascii: ",")), let kind = kinds.kind(of: point[..<comma]),
        let number = plainNumber(point[(comma + 1)...])
      else {
        throw .malformed(
          path: path, reason: "has the point \"\(decodeJapanese(Array(point.prefix(60))))\"",
          remedy: RasterError.fetchAgain)
      }
      points.append((kind, number))
    }
    guard let end else { throw .damaged(path, "is cut within its list of points") }
    let first = try firstPlace(String(decoding: bytes[end...].prefix(Self.headBytes), as: UTF8.self))
    guard points.count <= width * height - first else { throw .damaged(path, "has more points than its grid") }
    var values = [Float](repeating: .nan, count: width * height)
    for (place, point) in points.enumerated() {
      switch point.kind {
      case .sea: values[first + place] = TileMosaic.sea
      case .ground where point.number != -9_999: values[first + place] = point.number
      case .ground, .nothing: break
      }
    }
    return values
  }

  /// The place of the first point, as what follows the list says.
  private func firstPlace(_ tail: String) throws(RasterError) -> Int {
    guard xmlAttribute("order", in: tail) ?? "+x-y" == "+x-y" else {
      throw .malformed(
        path: path, reason: "its points stand in another order than +x-y", remedy: "convert it to GeoTIFF first")
    }
    let start = (xmlText("startPoint", in: tail) ?? "0 0").split(whereSeparator: \.isWhitespace).map { Int($0) ?? -1 }
    guard start.count == 2, (0..<width).contains(start[0]), (0..<height).contains(start[1]) else {
      throw .damaged(path, "has no start point within its grid")
    }
    return start[1] * width + start[0]
  }

  /// What a point is of.
  private enum Kind {
    /// Land or inland water, whose height is the number.
    case ground
    case sea
    case nothing

    init?(_ word: String) {
      switch word {
      case "地表面", "表層面", "内水面", "内水底面", "その他": self = .ground
      case "海水面", "海水底面": self = .sea
      case "データなし": self = .nothing
      default: return nil
      }
    }
  }

  /// Kinds by their bytes, in UTF-8 or CP932: most points are of the kind of the one before.
  private struct KindTable {
    private var last: ArraySlice<UInt8> = []
    private var kind: Kind?

    mutating func kind(of word: ArraySlice<UInt8>) -> Kind? {
      if word.elementsEqual(last) { return kind }
      last = word
      kind = Kind(decodeJapanese(Array(word)))
      return kind
    }
  }
}

/// The text of the first element of a name, whatever its prefix; `nil` where there is none.
private func xmlText(_ name: String, in text: String) -> String? {
  var rest = text[...]
  while let found = rest.range(of: name) {
    let before = rest[..<found.lowerBound].last
    rest = rest[found.upperBound...]
    guard before == ":" || before == "<", let first = rest.first, first == ">" || first.isWhitespace,
      let end = rest.firstIndex(of: ">")
    else { continue }
    return String(rest[rest.index(after: end)...].prefix { $0 != "<" })
  }
  return nil
}

/// The value of the first attribute of a name; `nil` where there is none.
private func xmlAttribute(_ name: String, in text: String) -> String? {
  guard let found = text.range(of: name + "=") else { return nil }
  let rest = text[found.upperBound...]
  guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
  return String(rest.dropFirst().prefix { $0 != quote })
}

/// A decimal number, blanks around it allowed; `nil` for anything else: words, `inf`, exponents.
private func plainNumber(_ bytes: ArraySlice<UInt8>) -> Float? {
  var (number, scale, digits) = (0.0, 1.0, 0)
  var (isNegative, isFraction, isOver) = (false, false, false)
  for byte in bytes {
    switch byte {
    case 48...57 where !isOver && digits < 15:
      number = number * 10 + Double(byte - 48)
      if isFraction { scale *= 10 }
      digits += 1
    case UInt8(ascii: "-") where digits == 0 && !isNegative && !isFraction: isNegative = true
    case UInt8(ascii: ".") where !isFraction && !isOver: isFraction = true
    case 32, 9, 13: if digits > 0 { isOver = true }
    default: return nil
    }
  }
  return digits > 0 ? Float((isNegative ? -number : number) / scale) : nil
}

extension ArraySlice<UInt8> {
  /// Takes the next line that holds more than blanks off the beginning.
  fileprivate mutating func nextLine() -> ArraySlice<UInt8>? {
    while !isEmpty {
      let end = firstIndex(of: 10) ?? endIndex
      let line = self[startIndex..<end]
      self = self[Swift.min(end + 1, endIndex)...]
      if line.contains(where: { $0 > 32 }) { return line.drop { $0 <= 32 } }
    }
    return nil
  }
}
