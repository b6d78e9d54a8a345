import Foundation
import Mesh
import Rasters
import Simulation
import Statistics
import TestSupport
import Testing

@Test(arguments: [0, 2, 10])
func `a country read back is the one that was written`(archiveYears: Int) throws {
  let folder = try ScratchFolder()
  let written = try simulateBenchmark(size: .tiny, seed: 4, archiveYears: archiveYears, to: folder.path)
  let read = try Benchmark.read(folder.path)
  #expect(read.regions == written.regions)
  #expect(read.events == written.events)
  #expect(read.samples == written.samples)
  #expect(read.seed == 4 && read.size == .tiny && read.rainyLimit == written.rainyLimit)
  #expect(read.archiveYears == archiveYears)
  #expect(try BenchmarkRegion.read(folder.path, id: 2) == written.regions[1])
}

@Test func `the same seed gives the same bytes and another seed others`() throws {
  func digest(seed: UInt64) throws -> [String: String] {
    let folder = try ScratchFolder()
    _ = try simulateBenchmark(size: .tiny, seed: seed, to: folder.path)
    return try digests(of: folder.path)
  }
  let first = try digest(seed: 7)
  #expect(try digest(seed: 7) == first)
  #expect(try digest(seed: 8)["samples.csv"] != first["samples.csv"])
}

@Test func `the archive is past rain and changes nothing else`() throws {
  func made(_ years: Int) throws -> (country: Benchmark, digests: [String: String]) {
    let folder = try ScratchFolder()
    let country = try simulateBenchmark(size: .tiny, seed: 7, archiveYears: years, to: folder.path)
    return (country, try digests(of: folder.path))
  }
  let (none, all) = (try made(0), try made(10))
  for (name, digest) in none.digests where !name.hasPrefix("regions/") && name != "benchmark.json" {
    #expect(all.digests[name] == digest, "\(name)")
  }
  for (short, long) in zip(none.country.regions, all.country.regions) {
    #expect(short.pastTenths.isEmpty && short.rainTenths == long.rainTenths)
    // From 2011-06-01 up to 2021-05-02, where spin-up begins.
    #expect(long.pastTenths.count == 24 * 3_623)
    #expect(Set(long.pastTenths).isSubset(of: ProductLevels.tenths))
  }
}

@Test func `what may be read and the truth lie apart`() throws {
  let folder = try ScratchFolder()
  _ = try simulateBenchmark(size: .tiny, seed: 1, to: folder.path)
  let names = try digests(of: folder.path).keys.sorted()
  #expect(
    names == [
      "benchmark.json", "events.csv", "regions.csv", "regions/01.nc", "regions/02.nc", "regions/03.nc", "regions/04.nc",
      "samples.csv", "truth/failures.csv", "truth/regions.csv", "truth/slopes.csv", "truth/water_table.nc",
    ])
  try FileManager.default.removeItem(atPath: folder.path + "/truth")
  #expect(try Benchmark.read(folder.path).samples.count == BenchmarkSize.tiny.samples)
}

@Test func `safety factors of the exported water tables give every event and no other`() throws {
  let folder = try ScratchFolder()
  let country = try simulateBenchmark(size: .small, seed: 2, to: folder.path)
  let stored = try ArrayFile.read(["water_table"], from: folder.path + "/truth/water_table.nc")[0]
  guard case .float64(let tables) = stored.values else {
    Issue.record("water tables are not double")
    return
  }
  #expect(stored.shape == [8, 24, 365])
  var failures: [String: Int] = [:]
  for (place, fields) in try rows(folder.path + "/truth/slopes.csv").enumerated() {
    let number = try fields.map { try #require(Double($0)) }
    let (beta, depth) = (number[2] * .pi / 180, number[3])
    let weathered = number[8]
    var cohesion = number[9]
    for day in 0..<365 {
      cohesion = weathered + (cohesion - weathered) * exp(-1 / (5 * 365.25))
      let h = tables[place * 365 + day]
      let holding = cohesion + (18 * depth - 9.81 * h) * cos(beta) * cos(beta) * tan(33 * Double.pi / 180)
      guard holding / (18 * depth * sin(beta) * cos(beta)) < 1 else { continue }
      failures["\(fields[0]) \(country.size.days.lowerBound.advanced(by: day))", default: 0] += 1
      cohesion = 1.15 * cohesion + 0.8
    }
  }
  let exported = try rows(folder.path + "/events.csv")
  #expect(failures.values.reduce(0, +) == BenchmarkSize.small.events)
  #expect(failures == Dictionary(uniqueKeysWithValues: exported.map { ("\($0[0]) \($0[2])", Int($0[3]) ?? -1) }))
}

@Test func `a damaged table is named`() throws {
  let folder = try ScratchFolder()
  _ = try simulateBenchmark(size: .tiny, seed: 1, to: folder.path)
  let path = try folder.write("region,code,date,n_events\n1,what,2021-07-01,1\n", to: "events.csv")
  #expect { try Benchmark.read(folder.path) } throws: { "\($0)".contains(path) && "\($0)".contains("1,what") }
}

private func rows(_ path: String) throws -> [[String]] { try DelimitedText(reading: path).rows }

/// SHA-256 of every file of a folder by its path in it.
func digests(of folder: String) throws -> [String: String] {
  var result: [String: String] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
    guard !isFolder.boolValue else { continue }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    result[name] = digest.hexadecimal
  }
  return result
}
