import Foundation
import Mesh
import Rasters
import Simulation
import TestSupport
import Testing

/// Made once for all tests, shorter than the demo's.
private let made = Result { try Made() }

private struct Made {
  let folder: ScratchFolder
  let settings: PrefectureSettings
  let summary: SimulationSummary

  init() throws {
    folder = try ScratchFolder()
    var settings = PrefectureSettings()
    settings.days = settings.days.upperBound.advanced(by: -46)...settings.days.upperBound
    settings.slides = 60
    self.settings = settings
    summary = try simulatePrefecture(settings, to: folder.path)
  }

  func path(_ name: String) -> String { folder.path + "/" + name }
}

@Test func `the same settings give the same bytes`() throws {
  let first = try made.get()
  let again = try ScratchFolder()
  _ = try simulatePrefecture(first.settings, to: again.path)
  let digests = try digests(of: first.folder.path)
  #expect(digests.count == first.summary.files.count)
  #expect(try SimulationTests.digests(of: again.path) == digests)
}

@Test func `daily GeoTIFFs and the NetCDF hold the same rain`() throws {
  let made = try made.get()
  let arrays = try ArrayFile.read(["rain", "time", "lat"], from: made.path("rain.nc"))
  let shape = arrays[0].shape
  guard case .float32(let rain) = arrays[0].values, case .float64(let times) = arrays[1].values,
    case .float64(let latitudes) = arrays[2].values
  else {
    Issue.record("rain.nc has other types")
    return
  }
  #expect(zip(latitudes, latitudes.dropFirst()).allSatisfy { $0 < $1 })
  let days = made.summary.files.filter { $0.hasPrefix("rain/") }
  #expect(shape[0] == days.count * 24 && times == (0..<shape[0]).map { Double($0 + 1) })
  let (height, width) = (shape[1], shape[2])
  for (day, name) in days.enumerated() {
    let (stack, names, _) = try LayerFile.read(made.path(name))
    #expect(stack.bands == 24 && stack.grid.height == height && stack.grid.width == width)
    #expect(names[0].hasSuffix("T01:00:00Z") && names[23].hasSuffix("T00:00:00Z"))
    let turned = (0..<24 * height).flatMap { line in
      let start = (day * 24 * height + line / height * height + height - 1 - line % height) * width
      return rain[start..<start + width]
    }
    #expect(stack.values == turned, "\(name)")
  }
}

@Test func `every hour of the days asked for has rain, as JST`() throws {
  let made = try made.get()
  let days = made.summary.files.filter { $0.hasPrefix("rain/") }
  // The UTC day before holds the first nine hours of the first JST day.
  #expect(days.count == made.settings.days.lowerBound.distance(to: made.settings.days.upperBound) + 2)
  let dayBefore = made.settings.days.lowerBound.advanced(by: -1)
  #expect(days.first == "rain/\("\(dayBefore)".filter { $0 != "-" }).tif")
}

@Test func `legends know every code of their maps`() throws {
  let made = try made.get()
  let boundary = try AreaPolygons(VectorInput(made.path("boundary.geojson")))
  for (name, classes) in [("soil", 10), ("vegetation", 11)] {
    let legend = try Legend(reading: made.path("\(name)_legend.csv"), classCount: classes)
    let known = Dictionary(uniqueKeysWithValues: legend.classes.keys.compactMap { Int32($0) }.map { ($0, UInt8(1)) })
    #expect(known.count == legend.classes.count)
    #expect(Set(legend.classes.values).isSuperset(of: Set(1...UInt8(classes))))
    let shares = try ClassShares(
      of: PlacedRaster(RasterInput(made.path("\(name).tif"))), codes: known, classes: 1, on: boundary.cells.grid)
    #expect(shares.unknown.values.allSatisfy { $0.isNaN || $0 == 0 })
    #expect(zip(shares.coverage.values, boundary.cells.values).allSatisfy { !$1 || $0 > 0 })
  }
}

@Test func `the land has mountains, plains, a sea and an island`() throws {
  let made = try made.get()
  let boundary = try AreaPolygons(VectorInput(made.path("boundary.geojson"), filter: "name = 'Miharashi'"))
  #expect(boundary.boundary.count >= 2)
  #expect(boundary.cells.values.count { $0 } == made.summary.cells)
  let terrain = try Rasters.Terrain(of: PlacedRaster(RasterInput(made.path("dem.tif"))), on: boundary.cells.grid)
  let inside = boundary.cells.values.indices.filter { boundary.cells.values[$0] }
  let heights = inside.map { terrain.elevation.values[$0] }.filter { !$0.isNaN }
  #expect((heights.max() ?? 0) > 700 && heights.count { $0 < 50 } > heights.count / 20)
  let slopes = inside.map { terrain.slope.values[$0] }.filter { !$0.isNaN }
  #expect(slopes.count { $0 > 15 } > slopes.count / 10 && (slopes.max() ?? 90) < 50)
  #expect(terrain.landShare.values.contains(0))
}

@Test func `slides lie in the prefecture, on its days, most on stormy ones`() throws {
  let made = try made.get()
  let boundary = try AreaPolygons(VectorInput(made.path("boundary.geojson")))
  let around = boundary.cells.grid.padded(by: 1)
  let table = try DelimitedText(reading: made.path("inventory.csv"))
  #expect(table.header == ["date", "hour", "latitude", "longitude", "accuracy_m"])
  #expect(table.rows.count == made.settings.slides && made.summary.slides == made.settings.slides)
  var days: [JSTDay: Int] = [:]
  for row in table.rows {
    let day = try #require(JSTDay(row[0]))
    #expect(made.settings.days.contains(day))
    days[day, default: 0] += 1
    let (latitude, longitude) = (try #require(Double(row[2])), try #require(Double(row[3])))
    let code = try #require(Mesh3Code(latitude: latitude, longitude: longitude))
    // A slide by the border may lie in a cell whose centre is outside.
    let cell = try #require(around.index(of: code))
    let (y, x) = (cell / around.width, cell % around.width)
    let isNear = (y - 2...y).contains { row in
      (x - 2...x).contains { column in
        boundary.cells.grid.height > row && row >= 0 && boundary.cells.grid.width > column && column >= 0
          && boundary.cells[row, column]
      }
    }
    #expect(isNear, "\(latitude) \(longitude)")
    #expect(row[1].isEmpty || (1...24).contains(Int(row[1]) ?? 0))
    #expect([100, 1_000, 5_000].contains(Int(row[4])))
  }
  #expect(days.values.reduce(0, +) > days.count * 2)
}
