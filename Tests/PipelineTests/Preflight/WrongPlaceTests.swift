import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

/// Files whose reference system is another than they say: what is lost must show, and end with code 3.
@Suite struct WrongPlaceTests {
  private let folder: ScratchFolder
  private let catalogue: String

  init() throws {
    folder = try ScratchFolder()
    catalogue = try gaugeCatalogue(folder)
  }

  /// A raster in UTM zone 53 that holds the area and some kilometres around it, tagged as the caller says.
  private func raster(
    _ name: String, tagged system: String, unit: String, bands: [(name: String, value: (Int) -> Float)]
  ) throws {
    let toPlane = try CoordinateTransformation(from: "EPSG:6668", to: "EPSG:6690")
    let area = try #require(MeshCodePrefix("503334")).grid
    var (xs, ys) = ([100 + Double(area.west) / 80], [Double(area.north) / 120])
    toPlane.transform(x: &xs, y: &ys)
    let (width, height) = (60, 60)
    let image = GeoTIFFImage(
      width: width, height: height, geotransform: [xs[0] - 9_000, 500, 0, ys[0] + 9_000, 0, -500],
      referenceSystem: system, sample: .float32, nodata: -9_999, unit: unit)
    try image.write(
      bands.map { band in
        GeoTIFFImage.Band(name: band.name, values: (0..<width * height).map { band.value($0) })
      }, to: folder.path + "/" + name, tags: [:])
  }

  private func check(adding lines: String, replacing rain: String? = nil) throws -> Preflight {
    var text = try String(contentsOfFile: catalogue, encoding: .utf8)
    if let rain {
      text = text.split(separator: "\n").filter { !$0.hasPrefix("rain:") }.joined(separator: "\n") + "\n" + rain
    }
    let path = try folder.write(text + "\n" + lines, to: "changed.yaml")
    return try checkInputs(
      catalogue: path, area: "503334", day: JSTDay("2023-08-08"), threads: 1, console: Console(.quiet))
  }

  private func find(_ input: String, in preflight: Preflight) throws -> InputCheck {
    try #require(preflight.checks.first { $0.input == input })
  }

  @Test(arguments: [("EPSG:6690", true), ("EPSG:6691", false), ("EPSG:6689", false), ("EPSG:2446", false)])
  func `heights tagged with another zone are lost cover, code 3`(system: String, isRight: Bool) throws {
    try raster("dem.tif", tagged: system, unit: "m", bands: [("h", { Float(100 + $0 % 60) })])
    let preflight = try check(adding: "terrain: {dem: dem.tif}")
    let terrain = try find("terrain", in: preflight)
    #expect(terrain.verdict == (isRight ? .good : .gap), "\(terrain)")
    // A week of rain has no earlier month to be compared with.
    #expect(preflight.checks.filter { $0.verdict == .gap }.map(\.input) == (isRight ? [] : ["terrain"]) + ["past"])
    #expect(preflight.exitCode == .doneWithGaps)
    if !isRight {
      #expect(terrain.cover == "0/100 cells" && terrain.remarks.contains { $0.contains("reference system") })
    }
  }

  @Test(arguments: [("EPSG:6690", true), ("EPSG:6692", false)])
  func `rain tagged with another zone is lost cover, code 3`(system: String, isRight: Bool) throws {
    for day in ["20230807", "20230808"] {
      try raster(
        "rain_\(day).tif", tagged: system, unit: "mm",
        bands: (0..<24).map { hour in ("hour", { Float(($0 + hour) % 5) }) })
    }
    let preflight = try check(
      adding: "", replacing: "rain: {format: geotiff, files: \"rain_{YYYY}{MM}{DD}.tif\", units: mm}")
    let rain = try find("rain", in: preflight)
    #expect(rain.verdict == (isRight ? .good : .gap), "\(rain)")
    #expect(rain.cover == (isRight ? "100/100 cells" : "0/100 cells"))
    #expect(preflight.checks.filter { $0.verdict == .gap }.map(\.input) == (isRight ? [] : ["rain"]) + ["past"])
    #expect(preflight.exitCode == .doneWithGaps)
  }

  @Test func `a datum that moves the heights is told with its step`() throws {
    try raster("dem.tif", tagged: "EPSG:3094", unit: "m", bands: [("h", { Float(100 + $0 % 60) })])
    let terrain = try find("terrain", in: try check(adding: "terrain: {dem: dem.tif}"))
    #expect(!terrain.datum.isEmpty && !terrain.datum.hasPrefix("none"), "\(terrain.datum)")
    #expect(terrain.place.contains("Tokyo"))
  }
}
