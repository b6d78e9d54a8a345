import Foundation
package import Mesh
package import Rasters
package import SoilWater

/// Soil water of a day as files: one of layers, and on request one of hours.
package struct SoilWaterLayers: Sendable {
  package let folder: String
  package let cells: CellSet
  package let threads: Int
  package var withTanks = false
  package var withHours = false

  package init(folder: String, cells: CellSet, threads: Int = 1) {
    self.folder = folder
    self.cells = cells
    self.threads = threads
  }

  package func path(of day: JSTDay) -> String { "\(folder)/swi-\(day).tif" }
  package func hourlyPath(of day: JSTDay) -> String { "\(folder)/swi-hourly-\(day).nc" }

  /// Writes the files of a day, each atomically.
  ///
  /// - Parameters:
  ///   - record: The day; with its hours where these are wanted.
  ///   - state: At 24:00 of the day.
  ///   - parameters: The tanks, named in the metadata.
  ///   - further: Further metadata: what the rain came from.
  /// - Throws: `RasterError.cannotWrite`.
  package func write(
    _ record: SoilWaterDay, _ state: SoilWaterState, parameters: TankParameters,
    tags further: [String: String] = [:]
  ) throws(RasterError) {
    guard let day = record.day else { preconditionFailure("a record without a day") }
    let date = "\(day)"
    let isCovered = record.maximum.map { !$0.isNaN }
    func whole(_ values: [UInt8]) -> [Float] { zip(values, isCovered).map { $1 ? Float($0) : .nan } }
    var bands = [
      DescribedBand(.soilWaterIndex, name: "Soil water index, highest of \(date)", values: record.maximum),
      DescribedBand(.soilWaterIndex, name: "Soil water index, \(date) 24:00", values: record.atMidnight),
      DescribedBand(.hourOfDay, name: "Hour of the highest index", values: whole(record.hourOfMaximum)),
      DescribedBand(.count, name: "Flag: 0 complete, 1 filled, 2 degraded, 3 invalid", values: whole(record.flags)),
      DescribedBand(.count, name: "Missing hours in 240", values: record.missingHours.map(Float.init)),
    ]
    if withTanks {
      for (tank, values) in [state.surface, state.middle, state.deep].enumerated() {
        bands.append(DescribedBand(.tank, name: "Tank \(tank + 1), \(date) 24:00", values: values))
      }
    }
    var tags = further
    tags["LSMAP_DAY"] = date
    tags["LSMAP_TANKS"] = parameters.canonicalText
    tags["LSMAP_TANKS_HASH"] = parameters.hash
    try CellFile.write(bands, at: cells, to: path(of: day), tags: tags, threads: threads)
    // Hours of an earlier run are not of this rain.
    unlink(hourlyPath(of: day))
    if withHours { try writeHours(record, day, tags: tags) }
  }

  /// NetCDF after the CF conventions: index at the end of each hour, and the rain as the tanks took it; `NaN` is missing.
  private func writeHours(_ record: SoilWaterDay, _ day: JSTDay, tags: [String: String]) throws(RasterError) {
    precondition(record.hourlyIndex.count == 24 * cells.count, "a day without its hours")
    let grid = cells.grid
    let (height, width) = (grid.height, grid.width)
    /// Rows from the south, as coordinates ascend.
    func ascending(_ values: [Float]) -> [Float] {
      (0..<24).flatMap { hour in
        let layer = cells.scatter(Array(values[hour * cells.count..<(hour + 1) * cells.count]), fill: .nan).values
        return (0..<height).reversed().flatMap { row in layer[row * width..<(row + 1) * width] }
      }
    }
    func text(_ pairs: KeyValuePairs<String, String>) -> [(name: String, value: ArrayAttribute)] {
      pairs.map { ($0.key, .text($0.value)) }
    }
    let first = JSTHour(ending: day, 1).unixSeconds / 3_600
    let times = (0..<24).map { Double(first + $0) }
    let block = [24, min(height, 128), min(width, 128)]
    let arrays =
      NamedArray.axes(of: grid, ends: times, stepHours: 1) + [
        NamedArray(
          "swi", ["time", "lat", "lon"], .float32(ascending(record.hourlyIndex)),
          attributes: text([
            "long_name": "soil water index (three tanks) at the end of the hour", "units": "mm",
            "cell_methods": "time: point",
          ]), block: block, referenceSystem: "EPSG:6668"),
        NamedArray(
          "rain", ["time", "lat", "lon"], .float32(ascending(record.hourlyRain)),
          attributes: text([
            "long_name": "rain of the hour that ends at the time, gaps filled", "units": "mm",
            "standard_name": "thickness_of_rainfall_amount", "cell_methods": "time: sum",
          ]), block: block, referenceSystem: "EPSG:6668"),
      ]
    let attributes: [(name: String, value: ArrayAttribute)] =
      [
        ("Conventions", .text("CF-1.8")), ("title", .text("Soil water index of \(day), JST")),
        ("history", .text("lsmap \(ToolVersion.text): three-tank model over the hourly rain archive")),
      ]
      + tags.sorted { $0.key < $1.key }.map { ($0.key.lowercased(), .text($0.value)) }
    try ArrayFile.write(
      arrays, dimensions: ArrayDimension.axes(of: grid, times: 24), attributes: attributes, to: hourlyPath(of: day))
  }
}

extension LayerDescription {
  package static let hourOfDay = LayerDescription(
    name: "hour", title: "Hour of the day", unit: "h", validRange: 1...24)
}
