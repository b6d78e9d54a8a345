/// A cell of the third mesh of JIS X 0410 (30″ × 45″, about 1 km), named by its place on an integer lattice.
///
/// Cell (`row`, `column`) covers latitude `row/120 ..< (row+1)/120` and longitude `100 + column/80 ..< 100 + (column+1)/80`
/// degrees. With `pp = row / 80`, `uu = column / 80`, the remainders split into tens (`q`, `r`: second mesh) and units
/// (`v`, `w`: third mesh); the code is the eight digits `pp uu q r v w`.
///
/// Codes exist where the first mesh has two digits each way: latitude 0 ..< 66 2/3, longitude 100 ..< 200.
/// - Source: JIS X 0410; METHOD 8.1.
package struct Mesh3Code: Hashable, Sendable {
  /// Cells north of the equator.
  package let row: Int
  /// Cells east of 100° E.
  package let column: Int

  package static let cellsPerLatitudeDegree = 120
  package static let cellsPerLongitudeDegree = 80
  package static let westernmostDegree = 100
  package static let validRows = 0..<8_000
  package static let validColumns = 0..<8_000

  /// - Precondition: `row` and `column` are within the lattice of the codes.
  package init(row: Int, column: Int) {
    precondition(Self.validRows.contains(row), "mesh row \(row) is outside \(Self.validRows)")
    precondition(Self.validColumns.contains(column), "mesh column \(column) is outside \(Self.validColumns)")
    self.row = row
    self.column = column
  }

  /// The cell that holds a point; `nil` outside the lattice.
  ///
  /// A point within 1e-9 degree below an edge counts as on it: decimal fractions of 30″ are rarely exact.
  package init?(latitude: Double, longitude: Double) {
    let guardWidth = 1e-9
    let rows = (latitude + guardWidth) * Double(Self.cellsPerLatitudeDegree)
    let columns = (longitude + guardWidth - Double(Self.westernmostDegree)) * Double(Self.cellsPerLongitudeDegree)
    guard rows.isFinite, columns.isFinite, abs(rows) < 1e6, abs(columns) < 1e6 else { return nil }
    let row = Int(rows.rounded(.down))
    let column = Int(columns.rounded(.down))
    guard Self.validRows.contains(row), Self.validColumns.contains(column) else { return nil }
    self.row = row
    self.column = column
  }

  /// Reads eight digits; `nil` unless they are a code (third and fifth to eighth digit in their ranges).
  package init?(_ text: some StringProtocol) {
    let digits = text.utf8.map { Int($0) - 48 }
    guard digits.count == 8, digits.allSatisfy((0...9).contains), digits[4] <= 7, digits[5] <= 7 else { return nil }
    let first = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    row = first.0 * 80 + digits[4] * 10 + digits[6]
    column = first.1 * 80 + digits[5] * 10 + digits[7]
    guard Self.validRows.contains(row), Self.validColumns.contains(column) else { return nil }
  }

  /// The eight digits as a number.
  package var number: Int {
    let (pp, uu) = (row / 80, column / 80)
    let (q, r) = (row % 80 / 10, column % 80 / 10)
    let (v, w) = (row % 10, column % 10)
    return pp * 1_000_000 + uu * 10_000 + q * 1_000 + r * 100 + v * 10 + w
  }

  /// The second mesh, first six digits: 10 × 10 cells.
  package var secondMesh: String { String(description.prefix(6)) }
  /// The first mesh, first four digits: 80 × 80 cells.
  package var firstMesh: String { String(description.prefix(4)) }

  package var southLatitude: Double { Double(row) / Double(Self.cellsPerLatitudeDegree) }
  package var northLatitude: Double { Double(row + 1) / Double(Self.cellsPerLatitudeDegree) }
  package var westLongitude: Double { Self.longitude(ofColumnEdge: column) }
  package var eastLongitude: Double { Self.longitude(ofColumnEdge: column + 1) }
  package var centreLatitude: Double { Double(2 * row + 1) / Double(2 * Self.cellsPerLatitudeDegree) }
  package var centreLongitude: Double {
    Double(2 * (Self.westernmostDegree * Self.cellsPerLongitudeDegree + column) + 1)
      / Double(2 * Self.cellsPerLongitudeDegree)
  }

  /// Longitude of the western edge of a column, computed from integers.
  package static func longitude(ofColumnEdge column: Int) -> Double {
    Double(westernmostDegree * cellsPerLongitudeDegree + column) / Double(cellsPerLongitudeDegree)
  }
}

extension Mesh3Code: CustomStringConvertible {
  package var description: String {
    let digits = String(number)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension Mesh3Code: Comparable {
  package static func < (a: Mesh3Code, b: Mesh3Code) -> Bool { a.number < b.number }
}
