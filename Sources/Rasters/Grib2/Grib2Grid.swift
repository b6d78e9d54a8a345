import Mesh

/// A grid of latitudes and longitudes (grid definition template 3.0).
///
/// Stored angles are whole microdegrees: 1/120° is stored as 8333, which over 3360 rows misses the true place by 0.0011°.
/// So steps and places are taken for what they stand for on the MESH3 lattice, in eighths of its cells (1/960° and 1/640°):
/// every JMA grid from 250 m to 10 km lies on these. `lattice` is `nil` for any other grid.
package struct Grib2Grid: Hashable, Sendable {
  /// Points along a parallel.
  package let columns: Int
  /// Points along a meridian.
  package let rows: Int
  /// Centres of the first and the last point as stored, microdegrees.
  package let firstLatitude: Int
  package let firstLongitude: Int
  package let lastLatitude: Int
  package let lastLongitude: Int
  /// Code table 3.2; 4 is GRS80, the ellipsoid of JGD2011.
  package let shapeOfEarth: Int
  /// The order in which the file lists the points.
  package let scan: Scan
  /// Place and size of the cells; `nil` off the lattice.
  package let lattice: EighthLattice?

  /// The most points a field may have: nearly two fields of the 1-km grid.
  static let mostPoints = 16_000_000

  package var count: Int { rows * columns }

  /// Reads section 3 with template 3.0.
  init(_ section: Grib2Section) throws(RasterError) {
    columns = try section.unsigned(31...34)
    rows = try section.unsigned(35...38)
    let points = try section.unsigned(7...10)
    guard columns > 0, rows > 0, try section.octet(11) == 0 else {
      throw section.unsupported(
        "its grid has rows of different length", remedy: "give a file on a regular latitude-longitude grid")
    }
    guard columns.multipliedReportingOverflow(by: rows) == (points, false) else {
      throw section.malformed("gives \(columns) x \(rows) points and calls them \(points)")
    }
    guard points <= Self.mostPoints else {
      throw section.unsupported(
        "has \(points) points a field, more than the \(Self.mostPoints) that are read", remedy: "cut an area out first")
    }
    shapeOfEarth = try section.octet(15)
    let unit = try Self.unit(section)
    let stored = try [47, 51, 56, 60].map { (octet) throws(RasterError) in
      Double(try section.signed(octet...octet + 3)) * unit
    }
    guard stored.allSatisfy({ abs($0) <= 720e6 }), abs(stored[0]) <= 90e6, abs(stored[2]) <= 90e6 else {
      throw section.malformed("has corners outside the globe")
    }
    let angles = stored.map { Int(saturating: $0.rounded()) }
    (firstLatitude, firstLongitude, lastLatitude) = (angles[0], angles[1], angles[2])
    scan = try Scan(section)
    // A grid across Greenwich comes round: its last longitude is smaller than its first.
    let turn = 360_000_000
    lastLongitude =
      scan.isWestward
      ? (angles[3] > angles[1] ? angles[3] - turn : angles[3])
      : (angles[3] < angles[1] ? angles[3] + turn : angles[3])
    let flags = try section.octet(55)
    let stepEast = flags & 0x20 == 0 ? nil : try section.unsignedUnlessMissing(64...67)
    let stepSouth = flags & 0x10 == 0 ? nil : try section.unsignedUnlessMissing(68...71)
    try Self.check(
      stepEast, span: abs(lastLongitude - firstLongitude), points: columns, unit: unit, "longitudes", section)
    try Self.check(stepSouth, span: abs(lastLatitude - firstLatitude), points: rows, unit: unit, "latitudes", section)
    guard (lastLatitude - firstLatitude) * (scan.isNorthward ? 1 : -1) >= 0 else {
      throw section.malformed("scans its rows the wrong way for its corners")
    }
    lattice = EighthLattice(
      rows: rows, columns: columns, latitudes: (firstLatitude, lastLatitude),
      longitudes: (firstLongitude, lastLongitude))
  }

  /// Microdegrees that one unit of the stored angles stands for.
  private static func unit(_ section: Grib2Section) throws(RasterError) -> Double {
    let basic = try section.unsignedUnlessMissing(39...42) ?? 0
    let parts = try section.unsignedUnlessMissing(43...46) ?? 0
    guard basic > 0 else { return 1 }
    guard parts > 0 else { throw section.malformed("divides its basic angle into no parts") }
    return Double(basic) / Double(parts) * 1e6
  }

  /// The stored step and the corners must tell the same, within the rounding of each step.
  private static func check(
    _ step: Int?, span: Int, points: Int, unit: Double, _ what: String, _ section: Grib2Section
  ) throws(RasterError) {
    guard points > 1 else { return }
    guard span > 0 else { throw section.malformed("has \(points) \(what) between equal corners") }
    guard let step else { return }
    let reached = Double(step) * unit * Double(points - 1)
    guard abs(reached - Double(span)) <= max(1, unit) * Double(points - 1) + 3 else {
      throw section.malformed(
        "steps over \(reached / 1e6) degrees of \(what), its corners are \(Double(span) / 1e6) apart")
    }
  }

  /// GDAL's six coefficients, rows from the north, columns from the west.
  package var geotransform: [Double] {
    if let lattice { return lattice.geotransform }
    let (north, south) = (
      Double(max(firstLatitude, lastLatitude)) / 1e6, Double(min(firstLatitude, lastLatitude)) / 1e6
    )
    let (west, east) = (
      Double(min(firstLongitude, lastLongitude)) / 1e6, Double(max(firstLongitude, lastLongitude)) / 1e6
    )
    let height = rows > 1 ? (north - south) / Double(rows - 1) : 1
    let width = columns > 1 ? (east - west) / Double(columns - 1) : 1
    return [west - width / 2, width, 0, north + height / 2, 0, -height]
  }
}

extension Grib2Grid {
  /// Flag table 3.4: the order of the points in the file.
  package struct Scan: Hashable, Sendable {
    package let isWestward: Bool
    package let isNorthward: Bool
    /// Points of a meridian follow one another, not those of a parallel.
    package let isByColumn: Bool
    /// Every second line runs back.
    package let isAlternating: Bool

    /// Eastward and southward, row by row: as layers are.
    package var isPlain: Bool { !(isWestward || isNorthward || isByColumn || isAlternating) }

    init(_ section: Grib2Section) throws(RasterError) {
      let flags = try section.octet(72)
      guard flags & 0x0F == 0 else {
        throw section.unsupported("its grid has rows that are set off", remedy: "give a file on a regular grid")
      }
      isWestward = flags & 0x80 != 0
      isNorthward = flags & 0x40 != 0
      isByColumn = flags & 0x20 != 0
      isAlternating = flags & 0x10 != 0
    }
  }

  /// Values in the order of the file, put in rows from the north and columns from the west.
  func arranged(_ values: [Float]) -> [Float] {
    precondition(values.count == count, "\(values.count) values for \(count) points")
    guard !scan.isPlain else { return values }
    var result = [Float](repeating: 0, count: count)
    let (lines, length) = scan.isByColumn ? (columns, rows) : (rows, columns)
    for line in 0..<lines {
      for place in 0..<length {
        let along = scan.isAlternating && line % 2 == 1 ? length - 1 - place : place
        let (i, j) = scan.isByColumn ? (line, along) : (along, line)
        let x = scan.isWestward ? columns - 1 - i : i
        let y = scan.isNorthward ? rows - 1 - j : j
        result[y * columns + x] = values[line * length + place]
      }
    }
    return result
  }
}
