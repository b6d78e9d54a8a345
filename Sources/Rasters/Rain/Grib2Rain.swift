package import Mesh
package import Statistics
import Synchronization

/// Hourly rain of JMA GRIB2 files: analysed rain, and forecasts where they are wanted.
///
/// Several files may give an hour: an analysis goes before any forecast, of two forecasts the one with the later reference
/// time, of two analyses the first in the list. What the files hold is kept, not their bytes, but for those of the archive
/// opened last: its hours are asked for one after another.
package struct Grib2Rain: RainSource {
  package let name = "JMA GRIB2"
  package let hours: [JSTHour]
  package let irregularities: [RainIrregularity]
  private let places: [JSTHour: Place]
  private let archive = OpenedArchive()

  private struct Place: Sendable {
    let file: String
    /// Of the hour among the file's hourly totals.
    let number: Int
    let isForecast: Bool
    let referenceTime: Grib2Moment
    let digest: String
  }

  /// Opens every file once and reads its headers.
  ///
  /// - Parameters:
  ///   - files: Paths as for `Grib2File`; a file without hourly totals is reported and not used.
  ///   - usingForecasts: Takes forecast hours too.
  ///   - issuedBy: Takes only fields whose reference time is not later, seconds of Unix time.
  /// - Throws: `notFound`, `cannotRead`, `malformed` for a damaged file.
  package init(files: [String], usingForecasts: Bool = false, issuedBy: Int? = nil) throws(RasterError) {
    var places: [JSTHour: Place] = [:]
    var irregularities: [RainIrregularity] = []
    for path in files {
      let file: Grib2File
      do { file = try Grib2File(path) } catch {
        guard files.count > 1, error.isDamage else { throw error }
        irregularities.append(RainIrregularity(.damaged, file: path, subject: error.description))
        continue
      }
      for mosaic in file.mosaics where mosaic.quantity != .rainTotal(minutes: 60) {
        let words = "\(mosaic.quantity.words(mosaic.product)), \(mosaic.product.validTime?.jstText ?? "no time")"
        irregularities.append(RainIrregularity(.notATotal, file: path, subject: words))
      }
      let totals = file.mosaics.filter { $0.quantity == .rainTotal(minutes: 60) }
      guard !totals.isEmpty else { continue }
      for mosaic in totals {
        guard let end = mosaic.product.interval?.end else { continue }
        if JSTHour(endingAtUnixSeconds: end.unixSeconds) == nil {
          irregularities.append(RainIrregularity(.shifted, file: path, subject: end.jstText))
        }
      }
      for (number, field) in try file.hourlyRain().enumerated() where usingForecasts || !field.isForecast {
        if let issuedBy, field.referenceTime.unixSeconds > issuedBy { continue }
        guard RainGate.hours.contains(field.hour) else {
          irregularities.append(RainIrregularity(.untimely, file: path, subject: field.hour.description))
          continue
        }
        let place = Place(
          file: path, number: number, isForecast: field.isForecast, referenceTime: field.referenceTime,
          digest: field.mosaic.digest)
        guard let other = places[field.hour] else {
          places[field.hour] = place
          continue
        }
        if place.isForecast == other.isForecast, place.referenceTime == other.referenceTime {
          irregularities.append(
            RainIrregularity(
              place.digest == other.digest ? .duplicate : .conflict, file: path, subject: field.hour.description))
        } else if other.isForecast, !place.isForecast || place.referenceTime > other.referenceTime {
          places[field.hour] = place
        }
      }
    }
    if places.isEmpty, let damaged = irregularities.first(where: { $0.kind == .damaged }) {
      throw .malformed(
        path: damaged.file, reason: "is damaged, and no other file holds an hour", remedy: "fetch the files again")
    }
    self.places = places
    self.irregularities = irregularities
    hours = places.keys.sorted()
  }

  package func origin(of hour: JSTHour) -> RainOrigin? {
    places[hour].map { RainOrigin(path: $0.file, issuedAt: $0.referenceTime.unixSeconds) }
  }

  package func field(ending hour: JSTHour, on grid: MeshGrid) throws(RasterError) -> RainField? {
    guard let found = try values(ending: hour, at: CellSet(grid)) else { return nil }
    return RainField(rain: Layer(grid: grid, values: found.rain), findings: found.findings)
  }

  package func rain(of day: JSTDay, at cells: CellSet) throws(RasterError) -> RainDay {
    var rain: [Float] = []
    rain.reserveCapacity(24 * cells.count)
    var present: [Bool] = []
    var findings: [RainIrregularity] = []
    for hour in day.hours {
      if let found = try values(ending: hour, at: cells) {
        rain += found.rain
        present.append(found.rain.contains { !$0.isNaN })
        findings += found.findings
      } else {
        rain += repeatElement(.nan, count: cells.count)
        present.append(false)
      }
    }
    return RainDay(
      rain: CellStack(cells: cells, bands: 24, values: rain), present: present, findings: findings)
  }

  /// Unpacked and judged at the cells alone: of a country of islands most of a field is sea.
  private func values(
    ending hour: JSTHour, at cells: CellSet
  ) throws(RasterError) -> (rain: [Float], findings: [RainIrregularity])? {
    guard let place = places[hour] else { return nil }
    let found = try archive.hourlyRain(of: place.file)
    guard place.number < found.count, found[place.number].hour == hour else {
      throw .malformed(path: place.file, reason: "has changed since it was opened", remedy: "run the import again")
    }
    var rain = try found[place.number].decode(at: cells)
    let findings = RainGate.judge(&rain, seconds: 3_600, time: "\(hour)", file: place.file) {
      "cell \(cells.code(at: $0))"
    }
    return (rain, findings)
  }

  package func fingerprint(of day: JSTDay) -> SHA256 {
    var digest = SHA256()
    for hour in day.hours {
      guard let place = places[hour] else { continue }
      digest.update("\(hour) \(place.isForecast) \(place.digest)\n".utf8)
    }
    return digest
  }
}

/// The file of several hours that was opened last, so that it is unpacked once and not for each of them.
private final class OpenedArchive: Sendable {
  private let last = Mutex<(stamp: String, rain: [HourlyRainField])?>(nil)

  func hourlyRain(of path: String) throws(RasterError) -> [HourlyRainField] {
    let stamp = path + "\n" + FileStamp(path).description
    if let known = last.withLock({ $0 }), known.stamp == stamp { return known.rain }
    let rain = try Grib2File(path).hourlyRain()
    if rain.count > 1 { last.withLock { $0 = (stamp, rain) } }
    return rain
  }
}

extension Grib2Mosaic {
  /// XXH64 of each section its values and places come from: at the speed of memory, for each morning opens all files of a
  /// source.
  var digest: String {
    fields.flatMap { field in
      [field.sections.grid, field.sections.packing, field.sections.bitmap, field.sections.data].map { section in
        section.map { String($0.withBytes(from: 1) { checksum(UnsafeRawBufferPointer($0)) }, radix: 16) } ?? "none"
      }
    }.joined(separator: " ")
  }
}
