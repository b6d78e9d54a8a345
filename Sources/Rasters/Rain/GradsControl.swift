import Foundation
import Mesh

/// The control file of GrADS that goes with a raw binary: where its numbers lie and of what times they are.
///
/// Read are grids of evenly spaced latitudes and longitudes in 32-bit floats, one level a variable, a file a time or a span of
/// times named by `%y4 %m2 %d2 %h2 %n2`; anything else is refused by name.
/// - Source: GrADS documentation, "Components of a GrADS Data Descriptor File".
struct GradsControl {
  /// Files, as a template of the catalogue (`FileTemplate`).
  let files: String
  let width: Int
  let height: Int
  /// Of the first pixel's centre, degrees, and from pixel to pixel: rows as they are stored.
  let first: SIMD2<Double>
  let step: SIMD2<Double>
  let isBigEndian: Bool
  let undefined: Float?
  /// Times of a file, each with all variables.
  let timesPerFile: Int
  let secondsPerTime: Int
  /// Unix seconds of the first time, for a file that does not name it.
  let origin: Int?
  let variables: [(name: String, description: String)]

  /// Bytes of one variable at one time.
  var fieldBytes: Int { 4 * width * height }
  var fileBytes: Int { fieldBytes * variables.count * timesPerFile }

  private static let mostBytes = 1 << 20
  private static let mostPixels = 1 << 28

  /// GSMaP's hourly rates on 0.1 degrees, whose files are handed out without a control file too: 3600 x 1200 numbers from
  /// 59.95 N, 0.05 E, eastward, then southward.
  /// - Source: JAXA, GSMaP data format description (version 8, hourly, 0.1 degree).
  init(gsmap template: String) {
    files = template
    (width, height) = (3_600, 1_200)
    (first, step) = (SIMD2(0.05, 59.95), SIMD2(0.1, -0.1))
    (isBigEndian, undefined, timesPerFile, secondsPerTime, origin) = (false, nil, 1, 3_600, nil)
    variables = [("precip", "hourly averaged rain rate [mm/hr]")]
  }

  /// - Parameter path: The `.ctl`.
  /// - Throws: What reading throws; `malformed` for what is missing or not read here.
  init(reading path: String) throws(RasterError) {
    func fail(_ reason: String, _ remedy: String) -> RasterError {
      .malformed(path: path, reason: reason, remedy: remedy)
    }
    let text = decodeJapanese(try VirtualFile.bytes(of: path, limit: Self.mostBytes))
    var entries: [String: [String]] = [:]
    var variables: [(String, String)] = []
    var isVariable = false
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("*") && !line.hasPrefix("@") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let key = words.first?.lowercased() else { continue }
      if key == "endvars" {
        isVariable = false
      } else if isVariable {
        guard words.count >= 3, ["0", "1"].contains(words[1]) else {
          throw fail("has the variable \"\(line)\" of several levels", "give a file of surface rain")
        }
        variables.append((words[0], words.dropFirst(3).joined(separator: " ")))
      } else {
        entries[key, default: []] += words.dropFirst()
        isVariable = key == "vars"
      }
    }
    let options = (entries["options"] ?? []).map { $0.lowercased() }
    let refused = options.first { ["sequential", "byteswapped", "zrev", "365_day_calendar"].contains($0) }
    if let refused { throw fail("has the option \(refused)", "convert the data to NetCDF, as cdo import_binary does") }
    if let type = entries["dtype"]?.first { throw fail("is of the type \(type)", "give the data files themselves") }
    guard options.contains("little_endian") != options.contains("big_endian") else {
      throw fail("does not say the order of bytes", "add OPTIONS LITTLE_ENDIAN or BIG_ENDIAN to it")
    }
    isBigEndian = options.contains("big_endian")
    func axis(_ key: String) throws(RasterError) -> (count: Int, start: Double, step: Double) {
      let words = entries[key] ?? []
      guard words.count >= 4, words[1].lowercased() == "linear", let count = Int(words[0]),
        let start = Double(words[2]),
        let step = Double(words[3]), count > 1, count <= 100_000, abs(start) <= 360, step > 0, step < 90
      else {
        throw fail("has no evenly spaced \(key.uppercased())", "convert the data to NetCDF, as cdo import_binary does")
      }
      return (count, start, step)
    }
    let (x, y) = (try axis("xdef"), try axis("ydef"))
    (width, height) = (x.count, y.count)
    guard width * height <= Self.mostPixels else {
      throw fail("has \(width) x \(height) pixels", "check XDEF and YDEF")
    }
    let isReversed = options.contains("yrev")
    first = SIMD2(x.start, isReversed ? y.start + Double(y.count - 1) * y.step : y.start)
    step = SIMD2(x.step, isReversed ? -y.step : y.step)
    undefined = entries["undef"]?.first.flatMap { Float($0) }
    guard let dset = entries["dset"]?.first, !variables.isEmpty else {
      throw fail("names no DSET or no variable", RasterError.fetchAgain)
    }
    self.variables = variables
    let time = entries["tdef"] ?? []
    guard time.count >= 4, let seconds = Self.seconds(time[3]), let count = Int(time[0]), count > 0 else {
      throw fail("has no TDEF with a step of minutes, hours or days", "mend TDEF, as 24 LINEAR 00Z01jan2023 1hr")
    }
    secondsPerTime = seconds
    origin = Self.moment(time[2])
    var name = dset.hasPrefix("^") ? parentFolder(of: path) + "/" + dset.dropFirst() : dset
    if name.hasPrefix("/"), parentFolder(of: path).isEmpty, dset.hasPrefix("^") { name.removeFirst() }
    for (mark, field) in [
      ("%y4", "{YYYY}"), ("%y2", "{YY}"), ("%m2", "{MM}"), ("%d2", "{DD}"), ("%h2", "{HH}"), ("%n2", "{mm}"),
    ] {
      name = name.replacing(mark, with: field)
    }
    guard !name.contains("%") else {
      throw fail("names its files as \(dset)", "of times only %y4 %y2 %m2 %d2 %h2 %n2 are read")
    }
    files = name
    let span = name.contains("{mm}") ? seconds : name.contains("{HH}") ? 3_600 : name.contains("{DD}") ? 86_400 : nil
    timesPerFile = span.map { max(1, $0 / seconds) } ?? count
    guard span != nil || !name.contains("{"), timesPerFile <= 10_000 else {
      throw fail("names files of a month or a year", "convert the data to NetCDF, as cdo import_binary does")
    }
  }

  /// `30mn`, `1hr`, `1dy`.
  private static func seconds(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber }
    let units = ["mn": 60, "hr": 3_600, "dy": 86_400]
    guard let count = Int(digits), (1...1_000).contains(count),
      let unit = units[text.dropFirst(digits.count).lowercased()]
    else { return nil }
    return count * unit
  }

  /// `00:30z01mar2014`, `00Z1mar2014`: Unix seconds.
  private static func moment(_ text: String) -> Int? {
    let lower = text.lowercased()
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let parts = lower.split(separator: "z", maxSplits: 1)
    guard let clock = parts.first, parts.count == 2,
      let month = months.firstIndex(where: { parts[1].contains($0) }), let day = Int(parts[1].prefix { $0.isNumber }),
      let year = Int(parts[1].suffix(4))
    else { return nil }
    let time = clock.split(separator: ":").map { Int($0) ?? -1 }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return UniversalTime(
      "\(year)-\(two(month + 1))-\(two(day))T\(two(time[0])):\(two(time.count > 1 ? time[1] : 0))", zone: 0)?
      .unixSeconds
  }
}
