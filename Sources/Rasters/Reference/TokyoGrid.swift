import Mesh

/// Shifts from Tokyo datum to JGD2000 at the south-western corners of MESH3 cells, as in TKY2JGD.par.
///
/// Between four corners the shift is bilinear in Tokyo coordinates, as the makers of the file define it.
package struct TokyoGrid: Sendable {
  package let path: String
  /// Seconds of arc, latitude then longitude, by corner; keyed by lattice row and column in Tokyo coordinates.
  private let shifts: [UInt64: (latitude: Float, longitude: Float)]

  /// Japan's shifts are about +12 and -11 seconds: far beyond, the file is garbled.
  private static let largestShift: Float = 60

  package init(reading path: String) throws(RasterError) {
    self.path = path
    let text = try DelimitedText.contents(of: path)
    var shifts: [UInt64: (latitude: Float, longitude: Float)] = [:]
    var begun = false
    for line in text.split(whereSeparator: \.isNewline) {
      if !begun {
        begun = line.lowercased().hasPrefix("meshcode")
        continue
      }
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 3, let corner = Mesh3Code(words[0]), let north = Float(words[1]), let east = Float(words[2]),
        abs(north) < Self.largestShift, abs(east) < Self.largestShift
      else {
        throw .malformed(
          path: path, reason: "the line \"\(line)\" is not mesh code, dB, dL", remedy: "give the .par file as published"
        )
      }
      shifts[Self.key(corner.row, corner.column)] = (north, east)
    }
    guard !shifts.isEmpty else {
      throw .malformed(
        path: path, reason: "no line \"MeshCode dB(sec) dL(sec)\" with shifts after it",
        remedy: "give a grid like TKY2JGD.par")
    }
    self.shifts = shifts
  }

  private static func key(_ row: Int, _ column: Int) -> UInt64 { UInt64(row) << 32 | UInt64(column) }

  /// JGD2000 degrees of a point in Tokyo degrees; `nil` where one of the four corners is missing.
  func shifted(longitude: Double, latitude: Double) -> (longitude: Double, latitude: Double)? {
    let (u, v) = ((longitude - 100) * 80, latitude * 120)
    guard u >= 0, v >= 0, u < 8_000, v < 8_000 else { return nil }
    let (column, row) = (Int(u), Int(v))
    let (s, t) = (u - Double(column), v - Double(row))
    guard let southWest = shifts[Self.key(row, column)], let southEast = shifts[Self.key(row, column + 1)],
      let northWest = shifts[Self.key(row + 1, column)], let northEast = shifts[Self.key(row + 1, column + 1)]
    else { return nil }
    func between(_ part: KeyPath<(latitude: Float, longitude: Float), Float>) -> Double {
      let south = Double(southWest[keyPath: part]) * (1 - s) + Double(southEast[keyPath: part]) * s
      let north = Double(northWest[keyPath: part]) * (1 - s) + Double(northEast[keyPath: part]) * s
      return south * (1 - t) + north * t
    }
    return (longitude + between(\.longitude) / 3_600, latitude + between(\.latitude) / 3_600)
  }
}
