import Mesh

/// What a text table looks like to somebody who does not know it: its header, and of a table of gauges the readings.
package struct TableSurvey: Sendable {
  package enum Kind: Sendable, Equatable {
    /// A row an hour, a column a station.
    case gauges(readings: Int)
    /// The same with totals of a longer time that run on from hour to hour.
    case runningTotals
    /// JMA's download of past weather.
    case download
    /// AMeDAS as JMA's page has it: readings.
    case amedas
    /// Any other table.
    case table
  }

  package let kind: Kind
  /// Names of the columns; of gauges the stations.
  package let header: [String]

  /// Of hourly rain above zero an eighth is what it was an hour before, of totals of 24 hours two thirds
  /// (1,286 stations of AMeDAS, 145 days): between them is room.
  private static let mostRepeated = 0.4
  /// Fewer readings above zero tell nothing.
  private static let leastWet = 200

  /// - Parameter path: Text, also packed.
  /// - Throws: What reading throws.
  package init(_ path: String) throws(RasterError) {
    if let file = try? AMeDASFile(path) {
      (kind, header) = (.amedas, file.stations)
      return
    }
    if let download = try JMADownload(path) {
      (kind, header) = (.download, download.columns.map(\.station))
      return
    }
    let bytes = try FileBytes.read(path)
    guard bytes.count == 1, let first = bytes.first else {
      throw .malformed(path: path, reason: "it holds \(bytes.count) files", remedy: "name one of them")
    }
    let line = first.bytes.prefix { $0 != 10 }
    let isTabbed = line.contains(9) && !line.contains(UInt8(ascii: ","))
    var records = DelimitedRecords(first.bytes, separator: isTabbed ? 9 : UInt8(ascii: ","))
    var fields: [Range<Int>] = []
    guard records.next(&fields) else { throw .damaged(path, "is empty") }
    let names = fields.map { records.text(of: $0) }
    guard records.next(&fields), fields.count == names.count, names.count > 1, Self.isTime(records.text(of: fields[0])),
      fields.dropFirst().allSatisfy({ Self.isReading(records.text(of: $0)) })
    else {
      (kind, header) = (.table, names)
      return
    }
    header = Array(names.dropFirst())
    var last = [Float](repeating: .nan, count: names.count)
    var (readings, wet, repeated) = (0, 0, 0)
    repeat {
      for (place, field) in fields.enumerated().dropFirst() where place < last.count {
        let value = Float(records.text(of: field)) ?? .nan
        if !value.isNaN { readings += 1 }
        if last[place] > 0, !value.isNaN {
          wet += 1
          if value == last[place] { repeated += 1 }
        }
        last[place] = value
      }
    } while records.next(&fields)
    let isRunning = wet >= Self.leastWet && Double(repeated) > Self.mostRepeated * Double(wet)
    kind = isRunning ? .runningTotals : .gauges(readings: readings)
  }

  /// The column of one of some names, without regard to case.
  package func column(_ names: String...) -> String? {
    names.lazy.compactMap { name in header.first { $0.lowercased() == name.lowercased() } }.first
  }

  private static func isTime(_ text: String) -> Bool {
    text.contains(":") && (UniversalTime(text, zone: 0) != nil)
  }

  private static func isReading(_ text: String) -> Bool { text.count < 4 || Float(text) != nil }
}
