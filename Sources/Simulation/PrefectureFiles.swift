import Foundation
import Mesh
import Rasters

/// Writes the synthetic prefecture in the formats users have.
struct PrefectureFiles: Sendable {
  static let name = "Miharashi"
  static let japaneseName = "見晴県"

  let folder: String
  let seed: UInt64

  private func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }

  private var tags: [String: String] {
    ["SOURCE": "lsmap simulate prefecture, seed \(seed): synthetic, nothing in it is real"]
  }

  /// - Returns: Paths in the folder, in the order of writing.
  func write(
    land: PrefectureLand, cover: LandCover, weather: PrefectureWeather, slides: [PrefectureSlide]
  ) throws(RasterError) -> [String] {
    var written: [String] = []
    func text(_ content: String, _ name: String) throws(RasterError) {
      try writeAtomically(Data(content.utf8), to: path(name))
      written.append(name)
    }
    try writeElevation(land)
    try writeCover(land, cover)
    written += ["dem.tif", "soil.tif", "vegetation.tif"]
    try text(legend(LandCover.soilLegend), "soil_legend.csv")
    try text(legend(LandCover.vegetationLegend), "vegetation_legend.csv")
    written += try writeDailyRain(weather)
    try writeRainArray(weather)
    written.append("rain.nc")
    try text(try boundary(land), "boundary.geojson")
    try text(inventory(slides), "inventory.csv")
    try text(catalogue(), "catalog.yaml")
    return written
  }

  private func writeElevation(_ land: PrefectureLand) throws(RasterError) {
    let grid = land.terrain.grid
    let image = GeoTIFFImage(
      width: grid.width, height: grid.height,
      geotransform: [grid.west, grid.spacing, 0, grid.north, 0, -grid.spacing],
      referenceSystem: PrefectureLand.referenceSystem, sample: .float32, nodata: -9999, unit: "m")
    let values = zip(land.terrain.height, land.terrain.isLand).map { $1 ? $0 : .nan }
    try image.write([GeoTIFFImage.Band(name: "elevation", values: values)], to: path("dem.tif"), tags: tags)
  }

  /// Soil on a grid of 0.0025° in JGD2000, vegetation on one of 100 m in UTM zone 54: neither fits the other or the cells.
  private func writeCover(_ land: PrefectureLand, _ cover: LandCover) throws(RasterError) {
    let bounds = try PrefectureLand.bounds()
    let step = 0.0025
    let west = (bounds.west / step).rounded(.down) * step
    let north = (bounds.north / step).rounded(.up) * step
    let soil = GeoTIFFImage(
      width: Int(((bounds.east - west) / step).rounded(.up)), height: Int(((north - bounds.south) / step).rounded(.up)),
      geotransform: [west, step, 0, north, 0, -step], referenceSystem: "EPSG:4612", sample: .int16, nodata: 0)
    try write(soil, land, degrees: "EPSG:6668", name: "soil") { cover.soil(at: $0) }

    let toZone = try CoordinateTransformation(from: PrefectureLand.referenceSystem, to: "EPSG:6691")
    let grid = land.terrain.grid
    let side = Double(grid.width) * grid.spacing
    var xs = [grid.west, grid.west + side, grid.west, grid.west + side]
    var ys = [grid.north, grid.north, grid.north - side, grid.north - side]
    toZone.transform(x: &xs, y: &ys)
    let (left, right) = (xs.min() ?? 0, xs.max() ?? 0)
    let (bottom, top) = (ys.min() ?? 0, ys.max() ?? 0)
    let corner = ((left / 100).rounded(.down) * 100 + 30, (top / 100).rounded(.up) * 100 + 70)
    let vegetation = GeoTIFFImage(
      width: Int(((right - corner.0) / 100).rounded(.up)), height: Int(((corner.1 - bottom) / 100).rounded(.up)),
      geotransform: [corner.0, 100, 0, corner.1, 0, -100], referenceSystem: "EPSG:6691", sample: .float32, nodata: 0)
    try write(vegetation, land, degrees: "EPSG:6691", name: "vegetation") { cover.vegetation(at: $0) }
  }

  /// Gives each pixel the code of the terrain pixel under its centre, 0 where there is none.
  private func write(
    _ image: GeoTIFFImage, _ land: PrefectureLand, degrees system: String, name: String, _ code: (Int) -> Int
  ) throws(RasterError) {
    let toPlane = try CoordinateTransformation(from: system, to: PrefectureLand.referenceSystem)
    let (width, transform) = (image.width, image.geotransform)
    var xs = (0..<width * image.height).map { transform[0] + (Double($0 % width) + 0.5) * transform[1] }
    var ys = (0..<width * image.height).map { transform[3] + (Double($0 / width) + 0.5) * transform[5] }
    toPlane.transform(x: &xs, y: &ys)
    let values = zip(xs, ys).map { x, y in land.terrain.grid.index(x: x, y: y).map { Float(code($0)) } ?? 0 }
    try image.write([GeoTIFFImage.Band(name: name, values: values)], to: path("\(name).tif"), tags: tags)
  }

  private func legend(_ entries: [LegendEntry]) -> String {
    entries.reduce("code,class,name\n") { $0 + "\($1.code),\($1.classNumber),\($1.source)\n" }
  }

  /// One file a UTC day with 24 bands, the hours that end at 01:00 ... 24:00 UTC.
  private func writeDailyRain(_ weather: PrefectureWeather) throws(RasterError) -> [String] {
    let grid = weather.grid
    let image = GeoTIFFImage(
      width: grid.width, height: grid.height, geotransform: grid.geotransform, referenceSystem: "EPSG:6668",
      sample: .float32, nodata: -9999, unit: "mm")
    var written: [String] = []
    for start in stride(from: 0, to: weather.hours, by: 24) {
      let bands = (start..<start + 24).map { place in
        let end = utcText(weather.hour(place))
        return GeoTIFFImage.Band(
          name: "rain of the hour ending \(end)", tags: ["TIME_END": end, "ACCUMULATION": "PT1H"],
          values: weather.tenths[place * grid.count..<(place + 1) * grid.count].map { Float($0) / 10 })
      }
      let day = utcText(weather.hour(start)).prefix(10)
      let name = "rain/\(day.filter { $0 != "-" }).tif"
      try image.write(bands, to: path(name), tags: tags)
      written.append(name)
    }
    return written
  }

  /// `2023-08-15T03:00:00Z`.
  private func utcText(_ hour: JSTHour) -> String {
    let hours = hour.unixSeconds / 3_600
    let day = JSTDay(daysSince1970: hours / 24)
    let clock = String(hours % 24)
    return "\(day)T\(clock.count == 1 ? "0" : "")\(clock):00:00Z"
  }

  /// The same rain as one CF NetCDF file: UTC, rows from the south, time at the end of the hour with its bounds.
  private func writeRainArray(_ weather: PrefectureWeather) throws(RasterError) {
    let grid = weather.grid
    let (height, width) = (grid.height, grid.width)
    var values = [Float](repeating: 0, count: weather.tenths.count)
    for hour in 0..<weather.hours {
      for row in 0..<height {
        let (from, to) = ((hour * height + row) * width, (hour * height + height - 1 - row) * width)
        for x in 0..<width { values[to + x] = Float(weather.tenths[from + x]) / 10 }
      }
    }
    let firstEnd = weather.firstHour.unixSeconds / 3_600
    let origin = (firstEnd - 1) / 24 * 24
    let times = (0..<weather.hours).map { Double(firstEnd - origin + $0) }
    let latitudes = (0..<height).map { grid.code(y: height - 1 - $0, x: 0).centreLatitude }
    let longitudes = (0..<width).map { grid.code(y: 0, x: $0).centreLongitude }
    let arrays = [
      NamedArray(
        "time", ["time"], .float64(times),
        attributes: [
          ("standard_name", .text("time")), ("calendar", .text("standard")), ("axis", .text("T")),
          ("units", .text("hours since \(JSTDay(daysSince1970: origin / 24)) 00:00:00")),
          ("bounds", .text("time_bnds")),
        ]),
      NamedArray("time_bnds", ["time", "bnds"], .float64(times.flatMap { [$0 - 1, $0] })),
      NamedArray(
        "lat", ["lat"], .float64(latitudes),
        attributes: [
          ("standard_name", .text("latitude")), ("units", .text("degrees_north")), ("axis", .text("Y")),
        ]),
      NamedArray(
        "lon", ["lon"], .float64(longitudes),
        attributes: [
          ("standard_name", .text("longitude")), ("units", .text("degrees_east")), ("axis", .text("X")),
        ]),
      NamedArray(
        "rain", ["time", "lat", "lon"], .float32(values),
        attributes: [
          ("long_name", .text("rain of the hour that ends at the time")), ("units", .text("mm")),
          ("standard_name", .text("thickness_of_rainfall_amount")), ("cell_methods", .text("time: sum")),
        ], block: [24, height, width], referenceSystem: "EPSG:6668"),
    ]
    let dimensions = [
      ArrayDimension("time", weather.hours, kind: "TEMPORAL"), ArrayDimension("bnds", 2),
      ArrayDimension("lat", height, kind: "HORIZONTAL_Y"), ArrayDimension("lon", width, kind: "HORIZONTAL_X"),
    ]
    try ArrayFile.write(
      arrays, dimensions: dimensions,
      attributes: [
        ("title", .text("Synthetic hourly rain of \(Self.name)")), ("source", .text(tags["SOURCE"] ?? "")),
      ], to: path("rain.nc"))
  }

  /// The prefecture as one multipolygon: mainland and islands, lakes left out.
  private func boundary(_ land: PrefectureLand) throws(RasterError) -> String {
    let toDegrees = try CoordinateTransformation(from: PrefectureLand.referenceSystem, to: "EPSG:6668")
    let rings = land.outline().filter { doubleArea(of: $0) > 2 * 200_000 }.map { ring in
      var (xs, ys) = (ring.map(\.x), ring.map(\.y))
      toDegrees.transform(x: &xs, y: &ys)
      let points = zip(xs, ys).map { "[\(decimal($0, 6)),\(decimal($1, 6))]" }
      return "[[" + (points + points.prefix(1)).joined(separator: ",") + "]]"
    }
    return """
      {"type":"FeatureCollection","name":"prefecture","features":[
      {"type":"Feature","properties":{"name":"\(Self.name)","name_ja":"\(Self.japaneseName)","synthetic":true},\
      "geometry":{"type":"MultiPolygon","coordinates":[\(rings.joined(separator: ",\n"))]}}
      ]}

      """
  }

  private func inventory(_ slides: [PrefectureSlide]) -> String {
    slides.reduce("date,hour,latitude,longitude,accuracy_m\n") { text, slide in
      let position = "\(decimal(slide.latitude, 5)),\(decimal(slide.longitude, 5))"
      return text + "\(slide.day),\(slide.isHourKnown ? String(slide.hour) : ""),\(position),\(slide.accuracy)\n"
    }
  }

  private func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  private func catalogue() -> String {
    """
    # The synthetic prefecture of lsmap simulate prefecture, seed \(seed). Nothing in it is real.
    title: Synthetic prefecture \(Self.name), seed \(seed)
    credit: Synthetic data made by lsmap simulate
    synthetic: true
    area: \(Self.name)
    boundaries:
      path: boundary.geojson
      attribute: name
    terrain:
      dem: dem.tif
    soil:
      path: soil.tif
      legend: soil_legend.csv
    vegetation:
      path: vegetation.tif
      legend: vegetation_legend.csv
    rain:
      format: geotiff
      files: rain/*.tif
    inventory:
      path: inventory.csv

    """
  }
}
