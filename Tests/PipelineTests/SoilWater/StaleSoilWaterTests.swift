import Foundation
import Mesh
import Pipeline
import Rasters
import Statistics
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_570)
private let days = 40
/// A ring over the area's rectangle, and one of the same rectangle without its middle, which is wider than the halo.
private let (square, bent) = (
  "[[133.3,33.5],[133.5,33.5],[133.5,33.7],[133.3,33.7],[133.3,33.5]]",
  "[[133.3,33.5],[133.5,33.5],[133.5,33.51],[133.31,33.51],[133.31,33.69],[133.5,33.69],[133.5,33.7],[133.3,33.7],[133.3,33.5]]"
)

/// What may change between two runs.
private enum Change: CaseIterable {
  case nothing, wetterDay, filledGap, earlierDays, otherArea, tanksWanted
}

private func write(_ change: Change?, to folder: ScratchFolder) throws {
  var stream = RandomStream(seed: 3, "gauge")
  var rain = "time,g0\n"
  for (place, day) in (first..<first.advanced(by: days)).enumerated() {
    for hour in day.hours {
      let value = stream.uniform() < 0.4 ? (stream.uniform() * 40).rounded() / 2 : 0
      if place < 1, change != .earlierDays { continue }
      if place == 2, change != .filledGap { continue }
      let time =
        hour.hourOfDay == 24
        ? "\(day.advanced(by: 1))T00:00" : "\(day)T\(hour.hourOfDay < 10 ? "0" : "")\(hour.hourOfDay):00"
      rain += "\(time),\(place == 3 && change == .wetterDay ? value + 5 : value)\n"
    }
  }
  try folder.write("id,latitude,longitude\ng0,33.55,133.35\n", to: "stations.csv")
  try folder.write(rain, to: "rain.csv")
  try folder.write(
    """
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "bay"},
      "geometry": {"type": "Polygon", "coordinates": [\(change == .otherArea ? bent : square)]}}]}
    """, to: "area.geojson")
  try folder.write(
    """
    title: changing rain
    workspace: work
    boundaries: {path: area.geojson, attribute: name}
    soilwater: {spinup_days: 1}
    rain: {format: stations, files: [rain.csv], stations: stations.csv}
    """, to: "catalog.yaml")
}

/// Imports and runs as the commands do, and gives the bytes of archive, states and layers.
private func run(_ folder: ScratchFolder, tanks: Bool) throws -> [String: Data] {
  let project = try Project(
    catalogue: folder.path + "/catalog.yaml", area: "bay", threads: 2, console: Console(.quiet))
  _ = try project.importRain(try project.rainSource())
  _ = try project.runSoilWater(from: nil, to: nil, withTanks: tanks, withHours: false)
  var result: [String: Data] = [:]
  let root = folder.path + "/work"
  for name in try FileManager.default.subpathsOfDirectory(atPath: root) where name.hasSuffix(".tif") {
    result[name] = FileManager.default.contents(atPath: root + "/" + name)
  }
  return result
}

@Test(arguments: Change.allCases)
private func `after a change of the inputs all bytes are those of a run that never saw the old ones`(
  change: Change
) throws {
  let (changed, fresh) = (try ScratchFolder(), try ScratchFolder())
  try write(nil, to: changed)
  let before = try run(changed, tanks: false)
  try write(change, to: changed)
  try write(change, to: fresh)
  let after = try run(changed, tanks: change == .tanksWanted)
  let expected = try run(fresh, tanks: change == .tanksWanted)
  #expect(after.keys.sorted() == expected.keys.sorted())
  for (name, data) in expected { #expect(after[name] == data, "\(name) is stale") }
  #expect((after == before) == (change == .nothing))
}
