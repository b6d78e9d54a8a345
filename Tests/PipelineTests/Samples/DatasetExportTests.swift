import Forecasting
import Foundation
import Simulation
import TestSupport
import Testing

@testable import Pipeline

@Test func `the checksum of zip is that of its standard`() { #expect(crc32(Data("123456789".utf8)) == 0xCBF4_3926) }

/// Members of an archive whose files are stored, by name: the fields of a local header are at fixed places.
private func members(_ data: Data) -> [String: Data] {
  func number(_ place: Int, _ bytes: Int) -> Int { (0..<bytes).reduce(0) { $0 + Int(data[place + $1]) << (8 * $1) } }
  var found: [String: Data] = [:]
  var place = 0
  while number(place, 4) == 0x0403_4b50 {
    let (size, length) = (number(place + 22, 4), number(place + 26, 2))
    let start = place + 30 + length
    found[String(decoding: data[place + 30..<start], as: UTF8.self)] = data.subdata(in: start..<start + size)
    place = start + size
  }
  return found
}

@Test func `an export holds the samples and every split once`() throws {
  let scratch = try ScratchFolder()
  let (path, out) = (scratch.path + "/samples.safetensors", scratch.path + "/samples.npz")
  let set = try samples(of: makeBenchmark(size: .tiny, seed: 1).country)
  try set.encoded.write(to: URL(fileURLWithPath: path))
  var settings = ExperimentSettings(training: .tiny)
  settings.evaluation.folds = 2
  let export = try exportDataset(path, to: out, settings: settings, seeds: [0])
  let files = members(try Data(contentsOf: URL(fileURLWithPath: out)))
  #expect(Set(files.keys) == Set(export.arrays.map { $0 + ".npy" }))
  func values(_ name: String) throws -> [Int8] {
    let file = try #require(files[name + ".npy"])
    #expect(file.starts(with: [0x93] + Array("NUMPY".utf8)))
    return file.suffix(set.samples.count).map { Int8(bitPattern: $0) }
  }
  #expect(try values("label") == set.samples.map { Int8($0.label.rawValue) })
  let folds = try (0..<2).map { try values("split_regions_seed0_fold\($0)") }
  // Every labelled sample tests in one of the folds.
  #expect(set.samples.indices.allSatisfy { place in folds.count { $0[place] == 2 } == 1 })
  #expect(try values("split_block_seed0").contains(1))
}
