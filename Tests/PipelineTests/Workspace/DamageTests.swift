import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_597)  // 28 August: the past of September has four days
private let last = first.advanced(by: 8)

/// A dry spell, then some rain, in the small country, until a day.
private func country() throws -> SmallCountry {
  let country = try SmallCountry()
  for day in first...last {
    let hours = day.hours.map { $0.unixSeconds / 3_600 }
    try country.writeAnalysis(hours, to: "\(day).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { hour % 7 == 0 ? 1 + (hour + $0) % 9 : 1 }
    }
  }
  return country
}

/// Predicts the last day; gives the bytes of all layers by name, and what was warned of.
private func predicted(_ country: SmallCountry, _ out: String) throws -> (layers: [String: Data], warnings: [String]) {
  let request = PredictionRequest(
    catalogue: country.catalogue, area: nil, period: .day(last), out: country.folder.path + "/" + out)
  let console = Console(.quiet)
  let folder = try predict(request, console: console).folder
  var layers: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".tif") {
    layers[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  return (layers, console.warnings)
}

/// Ways a file comes to harm.
private enum Harm: CaseIterable {
  case flippedBit, cut, emptied

  func strike(_ path: String) throws {
    var bytes = try #require(FileManager.default.contents(atPath: path))
    switch self {
    case .flippedBit: bytes[bytes.count * 2 / 3] ^= 4
    case .cut: bytes = bytes.prefix(bytes.count * 2 / 3)
    case .emptied: bytes = Data()
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}

@Test(
  arguments: [
    "static.tif", "alignment.json", "past.safetensors", "past-fit.safetensors",
    "record/\(last.advanced(by: -1)).safetensors",
    "state/\(last).tif", "state/\(last.advanced(by: -4)).tif",
    "rain/\("\(last)".replacing("-", with: "/")).tif",
    "rain/\("\(last.advanced(by: -2))".replacing("-", with: "/")).tif",
  ], Harm.allCases)
private func `a damaged file of the workspace is made anew and the layers stay the same`(
  name: String, harm: Harm
) throws {
  let country = try country()
  let expected = try predicted(country, "before").layers
  let workspace = try Project(catalogue: country.catalogue, area: nil, threads: 2, console: Console(.quiet)).workspace
  let path = workspace.file(name)
  let whole = try #require(FileManager.default.contents(atPath: path))
  // The fit is not looked at while a kept one serves the same day.
  if name == "past.safetensors" { try FileManager.default.removeItem(atPath: workspace.lastFit) }
  try harm.strike(path)
  let after = try predicted(country, "after")
  #expect(after.layers == expected)
  #expect(FileManager.default.contents(atPath: path) == whole)
  // A cut file may have lost the tag that says what it is: then it counts as changed, not as damaged.
  if harm == .flippedBit, !name.hasPrefix("state") {
    #expect(after.warnings.contains { $0.contains((name as NSString).lastPathComponent) })
  }
}

@Test func `a damaged day that the source no longer holds stops with the file's name`() throws {
  let country = try country()
  _ = try predicted(country, "before")
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 2, console: Console(.quiet))
  let path = project.archive.path(of: last)
  try FileManager.default.removeItem(atPath: country.folder.path + "/analysis/\(last).bin")
  try Harm.flippedBit.strike(path)
  #expect(throws: RasterError.self) { try project.rain(of: last, on: project.grid) }
  #expect(FileManager.default.fileExists(atPath: path))
}
