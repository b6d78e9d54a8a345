import Foundation
import Mesh
import Rasters

/// A day of a hindcast, read back from its run folder.
struct HindcastDay {
  let day: JSTDay
  let grid: MeshGrid
  /// Probability, `NaN` for none.
  let risk: [Float]
  /// Daily maximum of the soil water index, mm.
  let soilWater: [Float]
  /// 1 ... 5, `NaN` for none.
  let level: [Float]

  init(_ folder: String, _ day: JSTDay) throws {
    func layer(_ name: String) throws -> LayerStack<Float> { try LayerFile.read("\(folder)/\(name).tif").stack }
    let levels = try layer("level")
    (self.day, grid, level) = (day, levels.grid, levels.values)
    (risk, soilWater) = (try layer("risk").values, try layer("swi").values)
  }
}

/// Maxima of each year and days at each level, a value a cell.
struct HindcastLayers {
  private let grid: MeshGrid
  private var years: [(year: Int, risk: [Float], soilWater: [Float])] = []
  /// Days at the levels 1 ... 5; `NaN` where no day had a level.
  private var daysAtLevel: [[Float]]

  init(_ grid: MeshGrid) {
    self.grid = grid
    daysAtLevel = Array(repeating: [Float](repeating: .nan, count: grid.count), count: 5)
  }

  mutating func add(_ day: HindcastDay) {
    precondition(day.grid == grid, "a day of another area")
    if years.last?.year != day.day.date.year {
      let none = [Float](repeating: .nan, count: grid.count)
      years.append((day.day.date.year, none, none))
    }
    for cell in 0..<grid.count {
      years[years.count - 1].risk[cell] = Self.greater(years[years.count - 1].risk[cell], day.risk[cell])
      years[years.count - 1].soilWater[cell] = Self.greater(years[years.count - 1].soilWater[cell], day.soilWater[cell])
      guard !day.level[cell].isNaN else { continue }
      if daysAtLevel[0][cell].isNaN { for level in 0..<5 { daysAtLevel[level][cell] = 0 } }
      daysAtLevel[Int(day.level[cell]) - 1][cell] += 1
    }
  }

  private static func greater(_ a: Float, _ b: Float) -> Float { a.isNaN ? b : b.isNaN ? a : max(a, b) }

  func write(to run: borrowing RunFolder, tags: [String: String]) throws {
    let count = LayerDescription(
      name: "days", title: "Days at a level", japanese: "レベル別の日数", unit: "d", validRange: 0...100_000)
    try LayerFile.write(
      years.map { DescribedBand(.risk, name: "Highest landslide risk of \($0.year)", values: $0.risk) },
      on: grid, to: run.file("risk-maximum.tif"), tags: tags)
    try LayerFile.write(
      years.map {
        DescribedBand(.soilWaterIndex, name: "Highest soil water index of \($0.year)", values: $0.soilWater)
      },
      on: grid, to: run.file("swi-maximum.tif"), tags: tags)
    try LayerFile.write(
      daysAtLevel.enumerated().map { DescribedBand(count, name: "Days at level \($0.offset + 1)", values: $0.element) },
      on: grid, to: run.file("days-at-level.tif"), tags: tags)
  }
}

/// The days of a year as CF NetCDF, which xarray opens by date: `hindcast-2023.nc`.
struct HindcastYear {
  let number: Int
  private let grid: MeshGrid
  private var days: [JSTDay] = []
  private var layers: [(risk: [Float], soilWater: [Float], level: [Float])] = []

  init(_ number: Int, _ grid: MeshGrid) { (self.number, self.grid) = (number, grid) }

  mutating func add(_ day: HindcastDay) {
    days.append(day.day)
    layers.append((day.risk, day.soilWater, day.level))
  }

  func write(to run: borrowing RunFolder) throws {
    let (height, width) = (grid.height, grid.width)
    func ascending(_ values: [Float]) -> ArraySlice<Float> {
      (0..<height).reversed().flatMap { values[$0 * width..<($0 + 1) * width] }[...]
    }
    // A Japanese day runs from 15:00 UTC to 15:00 UTC; its time is its end, the bounds say the rest.
    let ends = days.map { Double(JSTHour(ending: $0, 24).unixSeconds) / 3_600 }
    let block = [1, min(height, 256), min(width, 256)]
    func layer(_ name: String, _ description: LayerDescription, _ values: [[Float]]) -> NamedArray {
      NamedArray(
        name, ["time", "lat", "lon"], .float32(values.flatMap(ascending)),
        attributes: [
          ("long_name", .text(description.title)), ("units", .text(description.unit)),
          ("cell_methods", .text("time: maximum")),
        ],
        block: block, referenceSystem: "EPSG:6668")
    }
    let level = LayerDescription(name: "level", title: "Risk level, 1 to 5", unit: "1", validRange: 1...5)
    try ArrayFile.write(
      NamedArray.axes(of: grid, ends: ends, stepHours: 24) + [
        layer("risk", .risk, layers.map(\.risk)), layer("swi", .soilWaterIndex, layers.map(\.soilWater)),
        layer("level", level, layers.map(\.level)),
      ],
      dimensions: ArrayDimension.axes(of: grid, times: days.count),
      attributes: [
        ("Conventions", .text("CF-1.8")), ("title", .text("Landslide risk by Japanese days of \(number)")),
        ("history", .text("lsmap \(ToolVersion.text) hindcast")),
      ], to: run.file("hindcast-\(number).nc"))
  }
}
