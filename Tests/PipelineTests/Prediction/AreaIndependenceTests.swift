import Foundation
import Mesh
import Pipeline
import Rasters
import Statistics
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_596)
private let day = first.advanced(by: 8)  // 4 September: its past is August
/// The area's corner: it lies across the borders of four first meshes.
private let (south, west) = (4_157, 2_717)

/// Nine days of showers; on the fourth it pours in the north-western corner of the area alone, beyond any usual axis.
private func country(_ extra: String = "") throws -> SmallCountry {
  let country = try SmallCountry(extra: extra, north: south + 13, west: west - 7)
  for date in first...day {
    let storm = date == first.advanced(by: 3)
    try country.writeAnalysis(date.hours.map { $0.unixSeconds / 3_600 }, to: "\(date).bin") { hour in
      var stream = RandomStream(seed: 5, "areas", .number(hour))
      let rains = hour % 48 < 9
      return (0..<SmallCountry.rows * SmallCountry.columns).map { cell in
        let (row, column) = (cell / SmallCountry.columns, cell % SmallCountry.columns)
        let shower = rains ? 1 + stream.index(below: 14) : 1
        return storm && row < 8 && column < 8 ? 30 : shower
      }
    }
  }
  return country
}

private func box(_ rows: Range<Int>, _ columns: Range<Int>) -> [Double] {
  [
    100 + Double(west + columns.lowerBound) / 80, Double(south + rows.lowerBound) / 120,
    100 + Double(west + columns.upperBound) / 80, Double(south + rows.upperBound) / 120,
  ]
}

private func text(_ box: [Double]) -> String { box.map { String(format: "%.6f", $0) }.joined(separator: ",") }

private func run(_ country: SmallCountry, area: String?, threads: Int, out: String) throws -> PredictionResult {
  var request = PredictionRequest(
    catalogue: country.catalogue, area: area, period: .day(day), out: "\(country.folder.path)/\(out)")
  request.threads = threads
  return try predict(request, console: Console(.quiet))
}

private func layers(
  _ country: SmallCountry, area: String?, threads: Int, out: String
) throws -> [String: [Mesh3Code: UInt32]] {
  try layers(in: try run(country, area: area, threads: threads, out: out).folder)
}

/// All layers of a run: by name and band the values of cells.
private func layers(in folder: String) throws -> [String: [Mesh3Code: UInt32]] {
  var found: [String: [Mesh3Code: UInt32]] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".tif") {
    let (stack, bands, _) = try LayerFile.read("\(folder)/\(name)")
    for (place, band) in bands.enumerated() {
      for (index, value) in stack.band(place).values.enumerated() where !value.isNaN {
        found["\(name) \(band)", default: [:]][stack.grid.code(at: index)] = value.bitPattern
      }
    }
  }
  return found
}

@Test func `a cell has the same bits in all layers, whichever area asked for it, on any threads`() throws {
  let country = try country()
  let whole = try layers(country, area: nil, threads: 2, out: "whole")
  #expect(whole.count > 10 && whole.values.contains { $0.count > 40 })
  let square = MeshGrid(south: south, west: west, height: 6, width: 8)
  // Far from the storm: the whole area has seen it, these have not.
  let (rows, columns) = (0..<2, 5..<8)
  let corners = box(rows, columns)
  let ring = [(0, 1), (2, 1), (2, 3), (0, 3), (0, 1)].map { "[\(corners[$0.0]),\(corners[$0.1])]" }
  let polygon = try country.folder.write(
    """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon",
    "coordinates":[[\(ring.joined(separator: ","))]]}}]}
    """, to: "part.geojson")
  let codes = rows.flatMap { y in columns.map { "\(Mesh3Code(row: south + y, column: west + $0))" } }
  // A cell far away makes an area of islands, which is worked on in parts.
  let islands = "\(codes[0]),\(Mesh3Code(row: south + 100, column: west + 100))"
  let areas = [text(corners), polygon, codes.joined(separator: ","), codes[0], islands, text(box(0..<4, 2..<8))]
  for (place, area) in areas.enumerated() {
    let part = try layers(country, area: area, threads: 1 + place % 3, out: "part")
    #expect(part.count > 10)
    for (name, values) in part {
      let differing = values.filter { square.index(of: $0.key) != nil && whole[name]?[$0.key] != $0.value }
      #expect(differing.isEmpty, "\(name) of \(area): \(differing.count) of \(values.count) cells differ")
    }
  }
}

@Test func `areas within a store share its rain and soil water and have the bits that they have alone`() throws {
  // The store reaches beyond the rain: nothing that an area within it is told of.
  let (alone, shared) = (try country(), try country("store: \"\(text(box(-9..<6, 0..<8)))\""))
  let areas = [box(0..<2, 5..<8), box(3..<6, 0..<4)].map(text)
  let out = "\(shared.folder.path)/out"
  let request = PredictionsRequest(catalogue: shared.catalogue, areas: areas, days: .period(.day(day))) {
    PredictionRequest(catalogue: shared.catalogue, area: $0, period: $1, out: out)
  }
  let result = try predict(request, sources: RainSources(keeping: true), console: Console(.quiet))
  #expect(result.failed.isEmpty && result.runs.count == 2)
  for (area, within) in zip(areas, result.runs) {
    let own = try run(alone, area: area, threads: 1, out: "out")
    #expect(own.notes == within.notes && own.hasGaps == within.hasGaps)
    let found = try layers(in: own.folder)
    #expect(try found == layers(in: within.folder) && found.count > 10)
  }
  let workspaces = try FileManager.default.contentsOfDirectory(atPath: "\(shared.folder.path)/work")
  #expect(workspaces.count == 1)
  // A neighbour finds rain and soil water there.
  let neighbour = PredictionRequest(
    catalogue: shared.catalogue, area: text(box(2..<3, 2..<5)), period: .day(day), out: out)
  let steps = try planPrediction(neighbour, console: Console(.quiet)).steps
  #expect(steps.map(\.condition) == ["fresh", "fresh", "missing", "missing"])
}

@Test func `an area that reaches beyond the store keeps its own rain and soil water`() throws {
  let country = try country("store: \"\(text(box(0..<2, 0..<2)))\"")
  let area = text(box(0..<2, 1..<3))
  let beyond = try layers(country, area: area, threads: 1, out: "out")
  let work = "\(country.folder.path)/work"
  let workspaces = try FileManager.default.contentsOfDirectory(atPath: work)
  #expect(workspaces.count == 1 && !FileManager.default.fileExists(atPath: "\(work)/\(workspaces[0])/areas"))
  #expect(beyond.count > 10)
}

@Test func `a stored fit of an area serves all of its parts`() throws {
  let country = try country()
  let islands = [(0, 0), (100, 100)].map { "\(Mesh3Code(row: south + $0.0, column: west + $0.1))" }
    .joined(separator: ",")
  let project = try Project(
    catalogue: country.catalogue, area: islands, threads: 2, console: Console(.quiet))
  _ = try project.importRain(try project.rainSource())
  var request = ClimatologyRequest()
  request.to = day.advanced(by: -1)
  _ = try project.fitClimatology(request)
  let predicted = try run(country, area: islands, threads: 2, out: "fitted")
  let fits = try Manifest.read(predicted.folder).derived.filter { $0.what.hasPrefix("fit of past rain") }
  #expect(fits.map(\.path) == ["climatology.safetensors"])
}
