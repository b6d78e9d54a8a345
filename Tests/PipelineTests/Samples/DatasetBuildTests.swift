import Forecasting
import Foundation
import Mesh
import Pipeline
import Rasters
import SoilWater
import TestSupport
import Testing

/// 20 x 20 cells in four second meshes, 120 days from 30 June: 1 mm an hour in the first half of every third day, more on one.
private struct SlideCountry {
  let folder: ScratchFolder
  let project: Project
  static let grid = MeshGrid(south: 4_200, west: 2_640, height: 20, width: 20)
  static let cell = Mesh3Code(row: 4_205, column: 2_645)
  static let other = Mesh3Code(row: 4_205, column: 2_655)

  static func day(_ number: Int) -> JSTDay { JSTDay(daysSince1970: 19_538).advanced(by: number) }

  static func rain(_ number: Int, _ hour: Int) -> Float {
    guard number % 3 == 0, hour <= 12 else { return 0 }
    return number == 45 ? 9.96 : 1
  }

  /// `extra` are further lines of the catalogue.
  init(inventory: String?, extra: String = "") throws {
    folder = try ScratchFolder()
    let image = GeoTIFFImage(
      width: Self.grid.width, height: Self.grid.height, geotransform: Self.grid.geotransform,
      referenceSystem: "EPSG:6668", sample: .float32, nodata: -9_999, unit: "mm")
    for number in 0..<120 {
      let bands = Self.day(number).hours.enumerated().map { place, hour in
        GeoTIFFImage.Band(
          name: "rain of the hour ending \(hour)", tags: ["ACCUMULATION": "PT1H"],
          values: Array(repeating: Self.rain(number, place + 1), count: Self.grid.count))
      }
      try image.write(bands, to: folder.path + "/rain/\(Self.day(number)).tif", tags: [:])
    }
    let heights = (0..<Self.grid.count).map { "\(Self.grid.code(at: $0)),\($0)" }
    try folder.write("meshcode,height\n" + heights.joined(separator: "\n") + "\n", to: "heights.csv")
    if let inventory { try folder.write("date,latitude,longitude,accuracy\n" + inventory, to: "slides.csv") }
    let catalogue = try folder.write(
      """
      title: Small country
      area: 133.0,35.0,133.25,35.16666
      terrain: {table: heights.csv, column: height}
      rain: {format: geotiff, files: rain/*.tif}
      \(inventory == nil ? "" : "inventory: {path: slides.csv}")
      \(extra)

      """, to: "catalog.yaml")
    project = try Project(catalogue: catalogue, area: nil, threads: 1, console: Console(.quiet))
  }

  /// A line of the inventory.
  static func slide(_ cell: Mesh3Code, _ number: Int, _ accuracy: String = "100 m") -> String {
    "\(day(number)),\(cell.centreLatitude),\(cell.centreLongitude),\(accuracy)\n"
  }
}

private let slides =
  [33, 45, 45, 46, 58].map { SlideCountry.slide(SlideCountry.cell, $0) }.joined()
  + SlideCountry.slide(SlideCountry.cell, 48, "5 km") + SlideCountry.slide(SlideCountry.cell, 400)
  + SlideCountry.slide(SlideCountry.cell, 6) + SlideCountry.slide(SlideCountry.other, 36)

@Test func `samples are the rainy days and the landslides of cells with landslides`() throws {
  let country = try SlideCountry(inventory: slides)
  defer { withExtendedLifetime(country) {} }
  var request = DatasetRequest()
  request.to = SlideCountry.day(59)
  let set = try country.project.samples(request)
  #expect(set.sites.map(\.cell) == [SlideCountry.cell])
  #expect(set.sites[0].region == SlideCountry.cell.secondMesh)
  // Rainy days of August, and the landslides of dry days 46 and 58: their past are the days of July after the spin-up.
  #expect(
    set.samples.map(\.day) == [33, 36, 39, 42, 45, 46, 48, 51, 54, 57, 58].map(SlideCountry.day))
  #expect(set.samples.filter { $0.label == .landslide }.map(\.day) == [33, 45, 46, 58].map(SlideCountry.day))
  #expect(set.samples.map(\.events) == [1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 1])
  let drops = set.notes.counts.map { "\($0.count) \($0.what): \($0.reason)" }
  #expect(drops.contains("1 landslide: imprecise: position less certain than 1 km"))
  #expect(drops.contains("1 landslide: outside the days of the samples"))
  #expect(drops.contains("1 region: fewer than 4 landslides"))
  #expect(drops.contains { $0.hasPrefix("1 landslide day: the tanks are still spinning up") })
  // The file tells it all again, and the rain is that of the files to a tenth of a millimetre.
  let read = try SampleSet(reading: set.encoded, path: "samples")
  // Compared as bytes: beyond the area the layers are NaN.
  #expect(read.encoded == set.encoded && read.samples == set.samples && read.notes == set.notes)
  let begin = set.lastHour(of: SlideCountry.day(45)) - 23
  for hour in 1...24 {
    let frame = Int(set.frameOfHour[begin + hour - 1])
    #expect(frame < 0 ? hour > 12 : set.frames[frame * SampleSite.cells + 144] == 100)
  }
  #expect(set.sites[0].elevation[144] == 14 * 20 + 5)
}

@Test func `the physics of a sample does not know the sample`() throws {
  let country = try SlideCountry(inventory: slides)
  defer { withExtendedLifetime(country) {} }
  let set = try country.project.samples(DatasetRequest())
  let storm = try #require(set.samples.first { $0.day == SlideCountry.day(45) })
  // Compared with July, the only storm is beyond everything; with itself in the past it would be known.
  #expect(storm.physics.rank > 0.9 && storm.physics.q > 0.9)
  #expect(abs(storm.physics.hourlyRainMaximum - 10) < 1e-3)
}

@Test func `regions of polygons, listed cells and cells without labels`() throws {
  let country = try SlideCountry(inventory: slides)
  let (west, middle, east) = (133.0, 133.075, 133.25)
  func square(_ name: String, _ a: Double, _ b: Double) -> String {
    let corners = [(a, 35.0), (b, 35.0), (b, 35.2), (a, 35.2), (a, 35.0)].map { "[\($0.0),\($0.1)]" }
    return """
      {"type":"Feature","properties":{"name":"\(name)"},
       "geometry":{"type":"Polygon","coordinates":[[\(corners.joined(separator: ","))]]}}
      """
  }
  let polygons = try country.folder.write(
    """
    {"type":"FeatureCollection","features":[\(square("left", west, middle)),\(square("right", middle, east))]}
    """, to: "regions.geojson")
  var request = DatasetRequest()
  request.regions = polygons + ":name"
  request.cells = try country.folder.write(
    "# chosen\n\(SlideCountry.cell) \(SlideCountry.other)\n53394526\n", to: "cells.txt")
  request.leastEvents = 1
  request.unlabelled = "133.1,35.0,133.25,35.16666"
  let set = try country.project.samples(request)
  #expect(set.sites.map(\.region) == ["left", "right"])
  #expect(set.notes.drops.contains { $0.what == "cell" && $0.place == "53394526" })
  #expect(set.samples.allSatisfy { $0.label != .unlabelled })

  request.regions = nil
  request.leastEvents = 4
  let mixed = try country.project.samples(request)
  // The right half has a region with too few landslides, and two without: a cell of each is learnt from without labels.
  #expect(mixed.sites.map(\.region) == mixed.sites.map(\.cell.secondMesh))
  #expect(mixed.sites.count == 4)
  #expect(Set(mixed.samples.filter { $0.label == .unlabelled }.map(\.site)) == [1, 2, 3])
}

@Test func `a data set without landslides or with wrong cells ends in one sentence`() throws {
  let country = try SlideCountry(inventory: SlideCountry.slide(SlideCountry.cell, 400))
  func message(_ change: (inout DatasetRequest) -> Void) -> String {
    var request = DatasetRequest()
    change(&request)
    do {
      _ = try country.project.samples(request)
      return ""
    } catch { return "\(error)" }
  }
  #expect(message { _ in }.contains("no landslide of the inventory lies there between 2023-06-30 and"))
  let bad = try country.folder.write("5333", to: "bad.txt")
  #expect(message { $0.cells = bad }.contains("bad.txt: 5333 is no mesh code of eight digits"))
  #expect(message { $0.unlabelled = "139,35,139.1,35.1" }.contains("none of its cells is in the area"))
  var request = DatasetRequest()
  request.unlabelled = "133.0,35.0,133.25,35.16666"
  let free = try country.project.samples(request)
  #expect(free.labelled == 0 && free.sites.count == 4)
}

@Test func `samples have the physics of their catalogue`() throws {
  let usual = try SlideCountry(inventory: slides)
  let other = try SlideCountry(
    inventory: slides, extra: "soilwater: {step_minutes: 60}\ncritical_line: {rank_power: 5, rho: 1}")
  defer { withExtendedLifetime((usual, other)) {} }
  let plain = try usual.project.samples(DatasetRequest())
  let changed = try other.project.samples(DatasetRequest())
  #expect(changed.basis.physics.stepMinutes == 60 && changed.basis.physics.criticalLine.rankPower == 5)
  #expect(plain.basis == SampleBasis())
  #expect(plain.keys == changed.keys)
  // The wettest day: hourly steps hold back more, as METHOD 1.4's case A tells.
  let day = SlideCountry.day(45)
  let (a, b) = (
    try #require(plain.samples.first { $0.day == day }), try #require(changed.samples.first { $0.day == day })
  )
  let site = try SitePhysics(cell: SlideCountry.cell, physics: changed.basis.physics)
  let tanks = TankField(parameters: try changed.basis.physics.tanks())
  var state = SoilWaterState(cells: site.cells.count)
  var record: SoilWaterDay?
  var midnights: [Float] = []
  for number in 0...45 {
    // Through tenths of mm, as samples keep it.
    let rain = (1...24).flatMap { hour in
      Array(repeating: (SlideCountry.rain(number, hour) * 10).rounded() / 10, count: site.cells.count)
    }
    record = tanks.advance(&state, rain: rain, on: SlideCountry.day(number))
    midnights.append(try #require(record).atMidnight[0])
  }
  #expect(b.physics.soilWaterMaximum == record?.maximum[0])
  #expect(b.physics.soilWaterAtStart == midnights[42])
  #expect(b.physics.soilWaterMaximum > a.physics.soilWaterMaximum + 0.5)
  // q of a day that is no record: k^5 instead of k^20.
  let rows = zip(plain.samples, changed.samples).filter { $0.physics.rank < 0.9 && $1.physics.q < 0.99 }
  #expect(rows.contains { $0.physics.q < 0.5 * $1.physics.q })
}
