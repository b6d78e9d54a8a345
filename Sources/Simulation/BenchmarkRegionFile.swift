import Foundation
import Mesh
package import Rasters

/// One region as one NetCDF file (CF): rain `(time, lat, lon)`, packed in tenths of mm, the static
/// layers `(lat, lon)`, and the archive of earlier rain of the anchor cell `past_rain (past_time)`, where there is one.
extension BenchmarkRegion {
  func write(to path: String, seed: UInt64) throws(RasterError) {
    let side = Benchmark.side
    let origin = firstHour.unixSeconds / 3_600 - 1
    let plane = ["lat", "lon"]
    let layers: [(LayerDescription, ArrayValues)] = [
      (.elevation, .float32(elevation)), (.slope, .float32(slope)), (.aspect, .uint8(aspect)), (.soil, .uint8(soil)),
      (.vegetation, .uint8(vegetation)),
    ]
    let arrays =
      [
        NamedArray(
          "time", ["time"], .float64((1...hours).map(Double.init)),
          attributes: [
            ("standard_name", .text("time")), ("calendar", .text("standard")), ("axis", .text("T")),
            ("long_name", .text("end of the hour")), ("units", .text(Self.unit(hoursSince1970: origin))),
          ]),
        NamedArray(
          "lat", ["lat"], .float64((0..<side).map { grid.code(y: $0, x: 0).centreLatitude }),
          attributes: [("standard_name", .text("latitude")), ("units", .text("degrees_north"))]),
        NamedArray(
          "lon", ["lon"], .float64((0..<side).map { grid.code(y: 0, x: $0).centreLongitude }),
          attributes: [("standard_name", .text("longitude")), ("units", .text("degrees_east"))]),
        NamedArray(
          "rain", ["time", "lat", "lon"], .uint16(rainTenths),
          attributes: [
            ("long_name", .text(LayerDescription.hourlyRain.title)), ("units", .text(LayerDescription.hourlyRain.unit)),
            ("scale_factor", .number(0.1)), ("cell_methods", .text("time: sum")),
          ], block: [720, side, side]),
      ]
      + archive
      + layers.map { description, values in
        NamedArray(
          description.name, plane, values,
          attributes: [
            ("long_name", .text(description.title)),
            ("units", .text(description.unit.isEmpty ? "1" : description.unit)),
          ])
      }
    try ArrayFile.write(
      arrays,
      dimensions: [
        ArrayDimension("time", hours, kind: "TEMPORAL"), ArrayDimension("lat", side, kind: "HORIZONTAL_Y"),
        ArrayDimension("lon", side, kind: "HORIZONTAL_X"),
      ] + (pastTenths.isEmpty ? [] : [ArrayDimension("past_time", pastTenths.count)]),
      attributes: [
        ("title", .text("Synthetic region \(id)")), ("region", .number(Double(id))), ("name", .text(name)),
        ("source", .text("lsmap simulate benchmark, seed \(seed): nothing in it is real")),
      ], to: path)
  }

  /// The earlier rain of the anchor; its hours need no coordinate, they end where `time` begins.
  private var archive: [NamedArray] {
    guard !pastTenths.isEmpty else { return [] }
    let begin = firstHour.advanced(by: -pastTenths.count)
    return [
      NamedArray(
        "past_rain", ["past_time"], .uint16(pastTenths),
        attributes: [
          ("long_name", .text("hourly rain of the middle cell in the hours before the first of time, oldest first")),
          ("units", .text(LayerDescription.hourlyRain.unit)), ("scale_factor", .number(0.1)),
          ("first_day", .text(begin.day.description)),
        ], block: [min(pastTenths.count, 24 * 366)])
    ]
  }

  private static func unit(hoursSince1970 hours: Int) -> String {
    let clock = String(hours % 24)
    return "hours since \(JSTDay(daysSince1970: hours / 24)) \(clock.count == 1 ? "0" : "")\(clock):00:00"
  }

  /// Reads one region of a benchmark folder.
  ///
  /// - Parameters:
  ///   - folder: The benchmark's.
  ///   - id: 1, 2, ...
  /// - Returns: The region as it was written.
  /// - Throws: `notFound`, `cannotOpen`, `cannotRead` or `malformed`.
  package static func read(_ folder: String, id: Int) throws(RasterError) -> BenchmarkRegion {
    let list = folder + "/regions.csv"
    let listed = try Benchmark.rows(of: list, columns: 5).first { $0[0] == String(id) }
    guard let listed, let anchor = Mesh3Code(listed[2]) else {
      throw .malformed(path: list, reason: "it has no region \(id)", remedy: "simulate it again")
    }
    let header = folder + "/benchmark.json"
    let data = try PlainFile.contents(header)
    let path = Benchmark.path(folder, id)
    func damaged(_ what: String) -> RasterError {
      .malformed(path: path, reason: "its \(what) is not a benchmark's", remedy: "simulate it again")
    }
    guard let start = try? JSONDecoder().decode(Period.self, from: data), let firstDay = JSTDay(start.firstDay) else {
      throw .malformed(path: header, reason: "it is no header of a benchmark", remedy: "simulate it again")
    }
    let layers: [LayerDescription] = [.elevation, .slope, .aspect, .soil, .vegetation]
    let hasPast = start.archiveYears > 0
    let arrays = try ArrayFile.read(["rain"] + layers.map(\.name) + (hasPast ? ["past_rain"] : []), from: path)
    let cells = Benchmark.side * Benchmark.side
    func floats(_ place: Int) throws(RasterError) -> [Float] {
      guard case .float32(let values) = arrays[place + 1].values, values.count == cells else {
        throw damaged(layers[place].name)
      }
      return values
    }
    func classes(_ place: Int) throws(RasterError) -> [UInt8] {
      let range = layers[place].validRange
      guard case .uint8(let values) = arrays[place + 1].values, values.count == cells,
        values.allSatisfy({ range.contains(Float($0)) })
      else { throw damaged(layers[place].name) }
      return values
    }
    let shape = arrays[0].shape
    guard case .uint16(let rain) = arrays[0].values,
      shape.count == 3, shape[0] % 24 == 0, shape[1] == Benchmark.side, shape[2] == Benchmark.side
    else { throw damaged("rain") }
    var past: [UInt16] = []
    if hasPast {
      guard case .uint16(let hours) = arrays[layers.count + 1].values, hours.count % 24 == 0 else {
        throw damaged("past_rain")
      }
      past = hours
    }
    return BenchmarkRegion(
      id: id, name: String(listed[1]), anchor: anchor,
      firstHour: JSTHour(ending: firstDay.advanced(by: -start.spinUpDays), 1), rainTenths: rain, pastTenths: past,
      elevation: try floats(0), slope: try floats(1), aspect: try classes(2), soil: try classes(3),
      vegetation: try classes(4))
  }

  private struct Period: Decodable {
    let firstDay: String
    let spinUpDays: Int
    let archiveYears: Int
  }
}
