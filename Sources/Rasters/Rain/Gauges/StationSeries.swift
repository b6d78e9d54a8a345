import Mesh

/// The growing table of gauge readings while files are merged into it.
struct StationSeries {
  private let columns: [String: Int]
  private let ids: [String]
  /// Seconds east of Greenwich of times that name no zone.
  private static let japan = 9 * 3_600
  private(set) var rows: [JSTHour: Int] = [:]
  /// mm, shape `(rows, stations)`; `NaN` missing.
  private(set) var values: [Float] = []
  private(set) var irregularities: [RainIrregularity] = []
  /// Stations of JMA's tables that the station table lacks: each is told once, however many files have it.
  private var strangers: Set<String> = []
  /// What the gate found in the readings, by the day of their hour.
  private(set) var findings: [JSTDay: [RainIrregularity]] = [:]

  init(stations: [RainStation]) {
    ids = stations.map(\.id)
    columns = Dictionary(uniqueKeysWithValues: stations.enumerated().map { ($1.id, $0) })
  }

  /// Reads a file; hours or readings that are there already stay.
  mutating func merge(_ path: String) throws(RasterError) {
    if let file = try AMeDASFile(path) {
      // There is a file for each station of the country: those that the table lacks are none of its network.
      if file.stations.contains(where: { columns[$0] != nil }) { try merge(file.rows, of: file.stations, path: path) }
      return
    }
    var records = try DelimitedRecords(reading: path)
    if let download = try JMADownload(&records, path: path) {
      return try merge(download.rows, of: download.columns.map(\.station), path: path)
    }
    var fields: [Range<Int>] = []
    guard records.next(&fields), fields.count > 1 else {
      throw .malformed(path: path, reason: "it has no header", remedy: "first row: time_jst, then the station ids")
    }
    let zone = records.text(of: fields[0]).lowercased().contains("utc") ? 0 : Self.japan
    let places = fields.dropFirst().map { columns[records.text(of: $0)] }
    for (field, place) in zip(fields.dropFirst(), places) where place == nil {
      irregularities.append(RainIrregularity(.unknownStation, file: path, subject: records.text(of: field)))
    }
    guard places.contains(where: { $0 != nil }) else {
      throw .malformed(
        path: path, reason: "none of its \(places.count) stations stands in the station table",
        remedy: "name the station table of the same network")
    }
    var seen: Set<JSTHour> = []
    var last: JSTHour?
    while records.next(&fields) {
      guard let hour = try hour(in: records.text(of: fields[0]), zone: zone, path: path, line: records.line) else {
        continue
      }
      guard fields.count == places.count + 1 else {
        throw .malformed(
          path: path, reason: "line \(records.line) has \(fields.count) fields, the header \(places.count + 1)",
          remedy: "check that the file is complete")
      }
      if let last, hour < last { note(.outOfOrder, path, "\(hour)") }
      last = hour
      let again = !seen.insert(hour).inserted
      let line = records.line
      let changed = try records.withBytes { (bytes) throws(RasterError) in
        try fill(hour, from: bytes, fields.dropFirst(), places: places, path: path, line: line)
      }
      if again { note(changed ? .conflict : .duplicate, path, "\(hour)") }
    }
  }

  /// Notes a file that cannot be read.
  mutating func leaveOut(_ path: String, _ error: RasterError) { note(.damaged, path, error.description) }

  private mutating func note(_ kind: RainIrregularity.Kind, _ path: String, _ subject: String) {
    irregularities.append(RainIrregularity(kind, file: path, subject: subject))
  }

  /// The hour of a row; `nil`, with a note, for a time that is not on the hour or of no possible year.
  private mutating func hour(
    in text: String, zone: Int, path: String, line: Int
  ) throws(RasterError) -> JSTHour? {
    let plain = zone == Self.japan ? JSTHour(text) : nil
    guard let seconds = plain?.unixSeconds ?? (text.contains(":") ? UniversalTime(text, zone: zone)?.unixSeconds : nil)
    else {
      throw .malformed(
        path: path, reason: "line \(line) begins with \"\(text)\", which is no time",
        remedy: "write times as 2023-08-15T14:00, JST")
    }
    guard let hour = JSTHour(endingAtUnixSeconds: seconds) else {
      note(.shifted, path, text)
      return nil
    }
    guard RainGate.hours.contains(hour) else {
      note(.untimely, path, text)
      return nil
    }
    return hour
  }

  /// Takes the readings of a table of JMA's own.
  private mutating func merge(_ table: [StationRow], of stations: [String], path: String) throws(RasterError) {
    let places = stations.map { columns[$0] }
    for (station, place) in zip(stations, places) where place == nil && strangers.insert(station).inserted {
      note(.unknownStation, path, station)
    }
    guard places.contains(where: { $0 != nil }) else {
      throw .malformed(
        path: path,
        reason: "none of its stations (\(stations.prefix(12).joined(separator: ", "))) stands in the station table",
        remedy: "give their names as id in the station table")
    }
    var seen: Set<JSTHour> = []
    for row in table {
      guard let hour = try hour(in: row.time, zone: Self.japan, path: path, line: row.line) else { continue }
      let again = !seen.insert(hour).inserted
      var bytes: [UInt8] = []
      let fields = row.readings.map { reading in
        bytes += reading.utf8
        return bytes.count - reading.utf8.count..<bytes.count
      }
      let changed = try fill(hour, from: bytes.span, fields[...], places: places, path: path, line: row.line)
      if again { note(changed ? .conflict : .duplicate, path, "\(hour)") }
    }
  }

  /// Puts a row's readings where there are none yet; tells whether some differ from what was there.
  private mutating func fill(
    _ hour: JSTHour, from bytes: Span<UInt8>, _ fields: ArraySlice<Range<Int>>, places: [Int?], path: String, line: Int
  ) throws(RasterError) -> Bool {
    let row: Int
    if let known = rows[hour] {
      row = known
    } else {
      row = rows.count
      rows[hour] = row
      values.append(contentsOf: repeatElement(.nan, count: columns.count))
    }
    var differs = false
    for (field, place) in zip(fields, places) {
      guard let place, !field.isEmpty else { continue }
      let text = bytes.extracting(field)
      guard let reading = plainDecimal(text) ?? reading(word(text)) else {
        throw .malformed(
          path: path, reason: "line \(line) has the reading \"\(word(text))\"",
          remedy: "write mm as a number, or leave the field blank")
      }
      if reading.isNaN { continue }
      guard (0...RainGate.limit(seconds: 3_600)).contains(reading) else {
        findings[hour.day, default: []].append(
          RainIrregularity(
            reading < 0 ? .negative : .implausible, file: path,
            subject: "\(hour): \(shortAmount(reading)) mm at station \(ids[place])"))
        continue
      }
      let index = row * columns.count + place
      if values[index].isNaN {
        values[index] = reading
      } else if values[index] != reading {
        differs = true
      }
    }
    return differs
  }

  /// A reading in mm; `NaN` for words that mean missing, `nil` for what is neither.
  private func reading(_ word: String) -> Float? {
    ["", "NA", "NaN", "nan", "-", "--", "///", "×", "]", "#"].contains(word) ? .nan : Float(word)
  }

  private func word(_ field: Span<UInt8>) -> String { trimmedText(field.withUnsafeBufferPointer { Array($0)[...] }) }

  /// Digits with at most one point, the usual case, without the way through `String`.
  private func plainDecimal(_ field: Span<UInt8>) -> Float? {
    var (number, scale, digits) = (0, 1, 0)
    var afterPoint = false
    for place in field.indices {
      switch field[place] {
      case 48...57 where digits < 7:
        number = number * 10 + Int(field[place] - 48)
        if afterPoint { scale *= 10 }
        digits += 1
      case UInt8(ascii: ".") where !afterPoint: afterPoint = true
      default: return nil
      }
    }
    return digits > 0 ? Float(number) / Float(scale) : nil
  }
}
