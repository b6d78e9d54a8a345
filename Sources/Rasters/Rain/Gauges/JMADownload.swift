/// The table that the Japan Meteorological Agency's page of past weather hands out: CP932, the time of the download, a row of
/// stations, a row of elements, rows of what the columns are, then hours.
///
/// Of each station the precipitation is taken, with its quality: 8 (normal) and 5 (nearly complete) count, 4 and below
/// (insufficient, doubtful, missing, not observed) are missing.
/// - Source: JMA, "Obsdl: how to read the CSV file" (quality numbers 8, 5, 4, 2, 1, 0).
struct JMADownload {
  struct Column {
    let station: String
    let value: Int
    let quality: Int?
  }

  let columns: [Column]
  let rows: [StationRow]

  /// - Throws: What reading throws; `malformed` for a download without hourly precipitation. `nil` for any other table.
  init?(_ path: String) throws(RasterError) {
    var records = try DelimitedRecords(reading: path)
    try self.init(&records, path: path)
  }

  /// - Parameters:
  ///   - records: At their beginning, where those of any other table are left too.
  ///   - path: What errors name.
  /// - Throws: `malformed` for a download without hourly precipitation. `nil` for any other table.
  init?(_ records: inout DelimitedRecords, path: String) throws(RasterError) {
    var fields: [Range<Int>] = []
    guard records.next(&fields), records.text(of: fields[0]).hasPrefix("ダウンロードした時刻"), records.next(&fields) else {
      records.restart()
      return nil
    }
    let stations = fields.map { records.text(of: $0) }
    guard records.next(&fields) else {
      records.restart()
      return nil
    }
    let elements = fields.map { records.text(of: $0) }
    var heads: [[String]] = []
    var rows: [(line: Int, fields: [String])] = []
    while records.next(&fields) {
      let row = fields.map { records.text(of: $0) }
      if row.first?.isEmpty ?? true { heads.append(row) } else { rows.append((records.line, row)) }
    }
    func says(_ column: Int, _ word: String) -> Bool { heads.contains { column < $0.count && $0[column] == word } }
    let notes = ["現象なし情報", "品質情報", "均質番号"]
    let rain = stations.indices.filter { $0 < elements.count && elements[$0].hasPrefix("降水量") }
    columns = rain.filter { column in !notes.contains { says(column, $0) } }.map { value in
      Column(
        station: stations[value], value: value,
        quality: rain.first { $0 > value && stations[$0] == stations[value] && says($0, "品質情報") })
    }
    guard !columns.isEmpty else {
      throw .malformed(
        path: path, reason: "is a download of JMA's past weather without hourly precipitation",
        remedy: "choose 降水量 (1 hour) on the page")
    }
    let wanted = columns
    self.rows = rows.map { line, row in
      func field(_ place: Int) -> String { place < row.count ? row[place] : "" }
      return StationRow(
        line: line, time: field(0),
        readings: wanted.map { column in
          if let quality = column.quality, !["8", "5"].contains(field(quality)) { return "" }
          return field(column.value)
        })
    }
  }
}
