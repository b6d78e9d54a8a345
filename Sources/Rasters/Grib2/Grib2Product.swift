/// What a field is and when: section 4 with the times of section 1.
package struct Grib2Product: Hashable, Sendable {
  /// The layer or surface a field belongs to (code table 4.5).
  package struct Surface: Hashable, Sendable {
    package let type: Int
    /// `nil` where it is missing.
    package let value: Double?
  }

  /// The time a statistic is taken over.
  package struct Interval: Hashable, Sendable {
    package let start: Grib2Moment
    package let end: Grib2Moment
    /// Code table 4.10: 0 mean, 1 total, 2 highest, 3 lowest.
    package let process: Int
    /// Of the (innermost) time range as stated, seconds.
    package let length: Int

    package var isTotal: Bool { process == 1 }
    /// What is stated three times over must agree.
    package var isConsistent: Bool { start.unixSeconds + length == end.unixSeconds }
  }

  package let centre: Int
  package let discipline: Int
  package let category: Int
  package let parameter: Int
  /// Number of the product definition template.
  package let template: Int
  package let referenceTime: Grib2Moment
  /// Reference time plus forecast time; `nil` for a template whose times are not read.
  package let forecastTime: Grib2Moment?
  package let interval: Interval?
  package let surface: Surface?

  /// The moment a field is for, or the end of its interval.
  package var validTime: Grib2Moment? { interval?.end ?? forecastTime }
  /// For a time after the reference time.
  package var isForecast: Bool { validTime.map { $0 > referenceTime } ?? false }
  /// `1/200`: category and parameter.
  package var code: String { "\(category)/\(parameter)" }

  /// Octet where the end of the interval stands, in the templates that have one. The JMA's 4.50008, 4.50009 and 4.50011
  /// are 4.8 with radar and gauge records behind it.
  private static let intervalOctet = [8: 35, 10: 36, 12: 37, 11: 38, 9: 48, 50_008: 35, 50_009: 35, 50_011: 35]
  /// Templates whose first 34 octets are those of 4.0. The JMA's 4.50000 and 4.50012 are 4.0 with more behind it.
  private static let momentTemplates: Set = [0, 1, 2, 5, 6, 7, 15, 50_000, 50_012]

  init(discipline: Int, identification: Grib2Section, product section: Grib2Section) throws(RasterError) {
    centre = try identification.unsigned(6...7)
    referenceTime = try Grib2Moment(identification, from: 13)
    self.discipline = discipline
    template = try section.unsigned(8...9)
    category = try section.octet(10)
    parameter = try section.octet(11)
    let intervalOctet = Self.intervalOctet[template]
    guard intervalOctet != nil || Self.momentTemplates.contains(template) else {
      (forecastTime, interval, surface) = (nil, nil, nil)
      return
    }
    let ahead = try Self.seconds(section, unit: 18, number: section.signed(19...22))
    let start = Grib2Moment(unixSeconds: referenceTime.unixSeconds + ahead)
    forecastTime = start
    surface = try Self.surface(section)
    interval = try intervalOctet.map { (octet) throws(RasterError) in
      let ranges = try section.octet(octet + 7)
      guard ranges > 0, section.length >= octet + 11 + 12 * ranges else {
        throw section.malformed("has \(section.length) octets, too few for \(ranges) time ranges")
      }
      return Interval(
        start: start, end: try Grib2Moment(section, from: octet), process: try section.octet(octet + 12),
        length: try Self.seconds(section, unit: octet + 14, number: section.unsigned(octet + 15...octet + 18)))
    }
  }

  /// Code table 4.4.
  private static func seconds(_ section: Grib2Section, unit octet: Int, number: Int) throws(RasterError) -> Int {
    let units = [0: 60, 1: 3_600, 2: 86_400, 10: 10_800, 11: 21_600, 12: 43_200, 13: 1]
    let unit = try section.octet(octet)
    guard let seconds = units[unit] else {
      throw section.unsupported(
        "gives times in unit \(unit) of code table 4.4", remedy: "give a file with hours or minutes")
    }
    return number * seconds
  }

  private static func surface(_ section: Grib2Section) throws(RasterError) -> Surface? {
    guard let type = try section.unsignedUnlessMissing(23...23) else { return nil }
    guard let scaled = try section.unsignedUnlessMissing(25...28), try section.octet(24) != 255 else {
      return Surface(type: type, value: nil)
    }
    let scale = try section.signed(24...24)
    var value = Double(try section.signed(25...28))
    if scaled != 0 { for _ in 0..<min(abs(scale), 30) { value = scale > 0 ? value / 10 : value * 10 } }
    return Surface(type: type, value: value)
  }
}
