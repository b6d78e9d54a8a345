import CGDAL
import Foundation
import Mesh

extension GriddedRain {
  /// Opens GeoTIFF and other rasters: a band an hour, or a file an hour.
  ///
  /// A template of the catalogue says the times, whatever the files say: `{YYYY}{MM}{DD}{HH}` names the hour of a single
  /// band, `{YYYY}{MM}{DD}` the day of 24 bands that end at 01:00 ... 24:00. Else the time of a band is looked for in its
  /// description, its tags, the file's tags (single band); TIFF's own DateTime says when a file was written and is never
  /// one. Times without a zone are JST unless the catalogue says otherwise.
  ///
  /// - Parameter input: Where the files are.
  /// - Throws: `notFound` when no file fits, `malformed` for files without times or units, and what opening throws.
  init(rasters input: RainInput) throws(RasterError) {
    var paths: [String] = []
    var values: [StampedValue] = []
    var meaning: (unit: RainUnit, accumulation: RainAccumulation)?
    var damaged: [RainIrregularity] = []
    let found = try input.matches()
    for (template, matches) in found {
      for match in matches {
        let file = paths.count
        paths.append(match.path)
        // Files named by the hour are opened when their hour is asked for: there may be thousands.
        if template.hasHour, meaning != nil, let time = match.unixSeconds(zone: input.timeZone) {
          values.append(StampedValue(file: file, index: 0, unixSeconds: time))
          continue
        }
        let dataset: Dataset
        do { dataset = try Dataset(reading: virtualPath(match.path)) } catch {
          guard found.count > 1 || matches.count > 1, error.isDamage else { throw error }
          damaged.append(RainIrregularity(.damaged, file: match.path, subject: error.description))
          continue
        }
        let own = try input.meaning(stated: dataset.rainUnit, isMean: false, path: match.path)
        if let meaning, meaning != own {
          throw .malformed(
            path: match.path, reason: "its unit differs from that of the files before", remedy: "give files of one unit"
          )
        }
        meaning = own
        for (index, time) in try dataset.bandTimes(match, template, zone: input.timeZone).enumerated() {
          values.append(StampedValue(file: file, index: index, unixSeconds: time))
        }
      }
    }
    guard let meaning, let first = paths.first else { throw .noneReadable(damaged) }
    let steps = try RainStep.spans(values, input.stamp ?? .end, path: first)
    let fields = RasterFields(paths: paths, referenceSystem: input.referenceSystem)
    try self.init(
      "GeoTIFF", fields, steps: steps, unit: meaning.unit, accumulation: meaning.accumulation,
      irregularities: damaged)
  }
}

extension RainInput {
  fileprivate var timeZone: Int { zone ?? 9 * 3_600 }
}

/// Bands of raster files.
private struct RasterFields: RainFields {
  let paths: [String]
  let referenceSystem: String?
  var settings: String { referenceSystem ?? "" }

  func raster(of step: RainStep) throws(RasterError) -> PlacedRaster {
    try PlacedRaster(RasterInput(paths[step.file], referenceSystem: referenceSystem, band: step.index + 1))
  }

  func values(
    of step: RainStep, in raster: PlacedRaster, rows: Range<Int>, columns: Range<Int>
  ) throws(RasterError) -> [Float] {
    let reader = try PixelReader(raster)
    var result = [Float](repeating: .nan, count: rows.count * columns.count)
    try result.withUnsafeMutableBufferPointer { (buffer) throws(RasterError) in
      guard let start = buffer.baseAddress else { return }
      try reader.read(rows: rows, columns: columns, into: start)
    }
    return result
  }
}

extension Dataset {
  fileprivate var bandCount: Int { Int(GDALGetRasterCount(handle)) }

  /// Unit of the first band, as the file states it.
  fileprivate var rainUnit: String? {
    guard let band = GDALGetRasterBand(handle, 1) else { return nil }
    let unit = GDALGetRasterUnitType(band).map { String(cString: $0) } ?? ""
    // GDAL's GRIB driver says it in a tag: `[kg/(m^2)]`.
    return unit.isEmpty ? GDALGetMetadataItem(band, "GRIB_UNIT", nil).map { String(cString: $0) } : unit
  }

  /// Unix seconds of each band.
  fileprivate func bandTimes(
    _ match: FileTemplate.Match, _ template: FileTemplate, zone: Int
  ) throws(RasterError) -> [Int] {
    if let named = match.unixSeconds(zone: zone) {
      if bandCount == 1, template.hasHour { return [named] }
      if bandCount == 24, !template.hasHour { return (1...24).map { named + $0 * 3_600 } }
    }
    var times = (1...max(1, bandCount)).map { bandTime($0, zone: zone) }
    if bandCount == 1, times[0] == nil { times[0] = Self.time(in: handle, zone: zone) }
    let known = times.compactMap { $0 }
    guard known.count == bandCount else {
      let first = times.firstIndex { $0 == nil } ?? 0
      throw .malformed(
        path: match.path, reason: "band \(first + 1) of \(bandCount) does not say its time",
        remedy: "write it into band descriptions (2023-08-15T14:00+09:00), or name files by a template such as "
          + "rain_{YYYY}{MM}{DD}{HH}.tif")
    }
    return known
  }

  private func bandTime(_ number: Int, zone: Int) -> Int? {
    guard let band = GDALGetRasterBand(handle, Int32(number)) else { return nil }
    let description = GDALGetDescription(band).map { String(cString: $0) } ?? ""
    return UniversalTime(within: description, zone: zone)?.unixSeconds
      ?? UniversalTime(description, zone: zone)?.unixSeconds ?? Self.time(in: band, zone: zone)
  }

  /// A time among the tags of a band or file.
  private static func time(in object: GDALMajorObjectH, zone: Int) -> Int? {
    func tag(_ name: String) -> String? { GDALGetMetadataItem(object, name, nil).map { String(cString: $0) } }
    // GDAL's GRIB driver: `1692111600 sec UTC` or `1692111600`.
    if let text = tag("GRIB_VALID_TIME"), let seconds = Int(text.prefix { $0.isNumber }) { return seconds }
    for name in ["TIME", "time", "valid_time", "VALID_TIME", "DATETIME"] {
      if let text = tag(name), let time = UniversalTime(text, zone: zone) { return time.unixSeconds }
    }
    return nil
  }
}
