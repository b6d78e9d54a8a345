import Foundation

/// A catalogue of a few cells with terrain and JMA GRIB2 rain, analysed and forecast, in a folder of a test's own.
///
/// Levels are those of the analysed rain: 1 is 0 mm, 2 is 0.4 mm, then steps of 1 mm.
package struct SmallCountry {
  package let folder: ScratchFolder
  /// Rows and columns of the lattice that the rain covers: the area of 6 x 8 cells lies in its middle.
  package static let rows = 20
  package static let columns = 22
  /// North-west corner of the rain on the lattice.
  package let north: Int
  package let west: Int
  package static let table: [UInt16] = [0, 4] + (1...77).map { UInt16(10 * $0) }
  package var catalogue: String { folder.path + "/catalog.yaml" }

  /// `extra` are further lines of the catalogue, `north` and `west` the corner of the rain on the lattice.
  package init(extra: String = "", north: Int = 4_220, west: Int = 2_690) throws {
    folder = try ScratchFolder()
    (self.north, self.west) = (north, west)
    let south = north - Self.rows
    var terrain = "meshcode,elevation_m\n"
    for a in south..<north {
      for b in west..<west + Self.columns {
        let code = [a / 80 * 100 + b / 80, a % 80 / 10 * 10 + b % 80 / 10, a % 10 * 10 + b % 10]
        terrain += String(format: "%04d%02d%02d,%d\n", code[0], code[1], code[2], 100 + 7 * (a - south) + b % 5)
      }
    }
    try folder.write(terrain, to: "terrain.csv")
    let box = [
      100 + Double(west + 7) / 80, Double(south + 7) / 120, 100 + Double(west + 15) / 80,
      Double(south + 13) / 120,
    ].map { String(format: "%.6f", $0) }.joined(separator: ",")
    try folder.write(
      """
      title: Small country
      area: "\(box)"
      terrain: {table: terrain.csv, column: elevation_m}
      rain: {format: jma-grib2, files: analysis/*.bin}
      soilwater: {spinup_days: 2}
      \(extra)

      """, to: "catalog.yaml")
  }

  /// Writes analysed hours, named by their ends in whole hours of Unix time, into one file of `analysis`; `levels` gives
  /// those of an hour, rows from the north.
  package func writeAnalysis(_ hours: some Sequence<Int>, to name: String, levels: (Int) -> [Int]) throws {
    var bytes: [UInt8] = []
    for hour in hours {
      bytes += Grib2Encoder(reference: Self.calendar(hour)).message([field(Grib2Encoder.Product(), levels(hour))])
    }
    try write(bytes, to: "analysis/" + name)
  }

  /// Writes a forecast as the JMA does: one message, a field a lead.
  package func writeForecast(issued: Int, leads: some Sequence<Int>, to name: String, levels: (Int) -> [Int]) throws {
    let fields = leads.map { lead in
      field(
        Grib2Encoder.Product(forecastMinutes: 60 * (lead - 1), endMinutes: 60 * lead), levels(issued + lead))
    }
    try write(Grib2Encoder(reference: Self.calendar(issued)).message(fields), to: "forecast/" + name)
  }

  /// Writes JMA's soil water of a full hour: index, tank 1, tank 2, as levels.
  package func writeSoilWater(at hour: Int, to name: String, index: [Int], tank1: [Int], tank2: [Int]) throws {
    let surfaces: [(Int, Int?)] = [(200, nil), (201, 1), (201, 2)]
    let fields = zip(surfaces, [index, tank1, tank2]).map { surface, levels in
      field(Grib2Encoder.Product(template: 0, parameter: 206, forecastMinutes: 0, surface: surface), levels)
    }
    try write(Grib2Encoder(reference: Self.calendar(hour)).message(fields), to: name)
  }

  private func field(_ product: Grib2Encoder.Product, _ levels: [Int]) -> Grib2Encoder.Field {
    let grid = Grib2Encoder.Grid.lattice(north: north, west: west, rows: Self.rows, columns: Self.columns)
    return Grib2Encoder.Field(
      grid: grid, product: product, values: .runLength(levels: levels, table: Self.table, decimalScale: 1, bits: 8))
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try folder.write("", to: name)
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + name))
  }

  /// Year, month, day, hour, minute in UTC.
  private static func calendar(_ unixHour: Int) -> [Int] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let date = Date(timeIntervalSince1970: Double(unixHour) * 3_600)
    let parts = calendar.dateComponents([.year, .month, .day, .hour], from: date)
    return [parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0, 0]
  }
}
