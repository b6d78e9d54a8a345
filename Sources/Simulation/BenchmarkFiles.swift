import Foundation
import Mesh
package import Rasters

/// Makes the benchmark country and writes it.
///
/// - Parameters:
///   - size: Regions, days, events and samples.
///   - seed: Same seed, same bytes.
///   - archiveYears: Years of earlier rain at the anchors, 0 ... `Benchmark.livedYears`.
///   - folder: Where the files go; the truth into its subfolder `truth`.
///   - progress: Gets a line at each step.
/// - Returns: What was made.
/// - Throws: `cannotWrite`; each file is either whole or absent.
package func simulateBenchmark(
  size: BenchmarkSize, seed: UInt64, archiveYears: Int = Benchmark.livedYears, to folder: String,
  progress: (String) -> Void = { _ in }
) throws(RasterError) -> Benchmark {
  let (country, truth) = makeBenchmark(size: size, seed: seed, archiveYears: archiveYears, progress: progress)
  progress("writing \(folder)")
  try country.write(to: folder)
  try truth.write(to: (folder as NSString).appendingPathComponent("truth"))
  return country
}

extension Benchmark {
  /// Writes `benchmark.json`, `regions.csv`, `events.csv`, `samples.csv` and `regions/ID.nc`.
  package func write(to folder: String) throws(RasterError) {
    for region in regions { try region.write(to: Self.path(folder, region.id), seed: seed) }
    try table(
      "region,name,code,latitude,longitude",
      regions.map {
        "\($0.id),\($0.name),\($0.anchor),\(degrees($0.anchor.centreLatitude)),\(degrees($0.anchor.centreLongitude))"
      },
      to: folder + "/regions.csv")
    try table(
      "region,code,date,n_events", events.map { "\($0.region),\($0.code),\($0.day),\($0.count)" },
      to: folder + "/events.csv")
    try table(
      "region,code,date,label,n_events",
      samples.map { "\($0.region),\($0.code),\($0.day),\($0.isPositive ? 1 : 0),\($0.events)" },
      to: folder + "/samples.csv")
    let header = Header(
      title: "Synthetic benchmark country of lsmap: nothing in it is real", size: size.rawValue, seed: seed,
      firstDay: size.days.lowerBound.description, lastDay: size.days.upperBound.description,
      spinUpDays: Self.spinUpDays, livedYears: Self.livedYears, archiveYears: archiveYears,
      events: events.reduce(0) { $0 + $1.count }, samples: samples.count,
      positives: samples.count { $0.isPositive }, rainyLimit: rainyLimit)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let json = try? encoder.encode(header) else {
      throw .cannotWrite(path: folder, reason: "its header has a number that JSON lacks")
    }
    try writeAtomically(json, to: folder + "/benchmark.json")
  }

  /// Reads what `write` wrote; the truth is not touched.
  ///
  /// - Parameter folder: With `benchmark.json`.
  /// - Returns: The same value that was written.
  /// - Throws: `notFound`, `cannotOpen` or `malformed`.
  package static func read(_ folder: String) throws(RasterError) -> Benchmark {
    let path = folder + "/benchmark.json"
    let data = try PlainFile.contents(path)
    guard let header = try? JSONDecoder().decode(Header.self, from: data),
      let size = BenchmarkSize(rawValue: header.size)
    else { throw .malformed(path: path, reason: "it is no header of a benchmark", remedy: "simulate it again") }
    var regions: [BenchmarkRegion] = []
    for fields in try rows(of: folder + "/regions.csv", columns: 5) {
      guard let id = Int(fields[0]) else { throw damaged(folder + "/regions.csv", fields) }
      regions.append(try BenchmarkRegion.read(folder, id: id))
    }
    var events: [BenchmarkEvent] = []
    for fields in try rows(of: folder + "/events.csv", columns: 4) {
      guard let region = Int(fields[0]), let code = Mesh3Code(fields[1]), let day = JSTDay(fields[2]),
        let count = Int(fields[3])
      else { throw damaged(folder + "/events.csv", fields) }
      events.append(BenchmarkEvent(region: region, code: code, day: day, count: count))
    }
    var samples: [BenchmarkSample] = []
    for fields in try rows(of: folder + "/samples.csv", columns: 5) {
      guard let region = Int(fields[0]), let code = Mesh3Code(fields[1]), let day = JSTDay(fields[2]),
        let count = Int(fields[4])
      else { throw damaged(folder + "/samples.csv", fields) }
      samples.append(BenchmarkSample(region: region, code: code, day: day, events: count))
    }
    return Benchmark(
      size: size, seed: header.seed, regions: regions, events: events, samples: samples, rainyLimit: header.rainyLimit,
      archiveYears: header.archiveYears)
  }

  static func path(_ folder: String, _ id: Int) -> String { folder + "/regions/\(id < 10 ? "0" : "")\(id).nc" }

  private struct Header: Codable {
    let title: String
    let size: String
    let seed: UInt64
    let firstDay: String
    let lastDay: String
    let spinUpDays: Int
    let livedYears: Int
    let archiveYears: Int
    let events: Int
    let samples: Int
    let positives: Int
    let rainyLimit: Double
  }

  private func degrees(_ value: Double) -> String { String(format: "%.6f", value) }

  private static func damaged(_ path: String, _ fields: [Substring]) -> RasterError {
    .malformed(path: path, reason: "it has a row \(fields.joined(separator: ","))", remedy: "simulate it again")
  }

  static func rows(of path: String, columns: Int) throws(RasterError) -> [[Substring]] {
    let data = try PlainFile.contents(path)
    let rows = String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    if let wrong = rows.first(where: { $0.count != columns }) { throw damaged(path, wrong) }
    return rows
  }
}

func table(_ header: String, _ rows: [String], to path: String) throws(RasterError) {
  try writeAtomically(Data(([header] + rows).joined(separator: "\n").appending("\n").utf8), to: path)
}
