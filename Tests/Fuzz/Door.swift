import Cartography
import Forecasting
import Foundation
import Mesh
import Neural
import Pipeline
import SoilWater

@testable import Rasters

/// A way for files into the program: what the fuzzer hands it, it may refuse; it may not trap, hang, take endless memory or let
/// a number through that cannot be.
struct Door {
  let name: String
  /// Of the file that holds what the fuzzer hands in; some formats say in it what hour the file is about.
  let fileName: String
  /// Opens the file; `folder` is its own and may be written to.
  let open: @Sendable (_ file: String, _ folder: String) throws -> Void

  init(name: String, file: String, open: @escaping @Sendable (_ file: String, _ folder: String) throws -> Void) {
    (self.name, fileName, self.open) = (name, file, open)
  }

  static let all: [Door] = [
    Door(name: "grib2", file: "input.bin") { file, _ in
      _ = try describe(gribFile: file)
      try judgeRain(RainInput(format: .grib2, files: [file]))
    },
    Door(name: "gauges", file: "input.csv") { file, folder in
      try judgeRain(RainInput(format: .stations, files: [file], stations: try stations(in: folder)))
    },
    Door(name: "stations", file: "input.csv") { file, folder in
      let rain = folder + "/rain.csv"
      try Data("time,a,b\n2023-08-15T01:00,1,2\n".utf8).write(to: URL(fileURLWithPath: rain))
      try judgeRain(RainInput(format: .stations, files: [rain], stations: file))
    },
    Door(name: "amedas", file: "20230815010000.json") { file, folder in
      try judgeRain(RainInput(format: .stations, files: [file], stations: try stations(in: folder)))
    },
    Door(name: "raster", file: "2023081501.tif") { _, folder in
      try judgeRain(RainInput(format: .geotiff, files: [folder + "/{YYYY}{MM}{DD}{HH}.tif"], units: "mm"))
    },
    Door(name: "array", file: "input.nc") { file, _ in try judgeRain(RainInput(format: .netcdf, files: [file])) },
    Door(name: "elevation", file: "input.tif") { file, _ in
      try judgeGround(StaticInputs(elevation: .raster(RasterInput([file]), seaValues: [])))
    },
    Door(name: "fgd", file: "input.zip") { file, _ in
      try judgeGround(StaticInputs(elevation: .raster(RasterInput([file]), seaValues: [])))
    },
    Door(name: "ksj", file: "input.csv") { file, _ in
      try judgeGround(StaticInputs(elevation: .ksjMesh([file], referenceSystem: nil)))
    },
    Door(name: "mesh", file: "input.csv") { file, _ in
      try judgeGround(StaticInputs(elevation: .meshTable(MeshTableInput(file, valueColumn: "elevation"))))
    },
    Door(name: "polygons", file: "input.geojson") { file, _ in _ = try AreaPolygons(VectorInput(file)) },
    Door(name: "legend", file: "input.csv") { file, _ in _ = try Legend(reading: file, classCount: 11) },
    Door(name: "population", file: "input.csv") { file, _ in
      let people = try PopulationMesh([file]).people(on: place)
      precondition(people.values.allSatisfy { $0.isNaN || $0 >= 0 }, "people below none")
    },
    Door(name: "roads", file: "input.geojson") { file, _ in
      let lengths = try LineLengths(VectorInput(file), on: place).kilometres
      precondition(lengths.values.allSatisfy { $0 >= 0 && $0.isFinite }, "a road that cannot be")
    },
    Door(name: "layout", file: "input.qpt") { file, _ in
      let layout = try LayoutTemplate(try PlainFile.contents(file))
      let facts = RunFacts(
        area: "a", areaTitle: "a", horizon: RainHorizon(day: JSTDay(daysSince1970: 19_584)), grid: place, model: "a",
        software: "a")
      _ = QGISProject(facts, rasters: [], cellPolygons: nil, layout: layout).document
    },
    Door(name: "inventory", file: "input.csv") { file, _ in _ = try readInventory(file) },
    Door(name: "catalogue", file: "input.yaml") { file, _ in _ = try Catalogue.read(file) },
    Door(name: "settings", file: "input.yaml") { file, _ in
      var settings = ExperimentSettings(training: TrainingSettings.Preset.tiny.settings)
      try settings.apply(configuration: file)
    },
    Door(name: "manifest", file: "input.json") { file, folder in
      // Behind the checksum: what fits it may still be hostile.
      let manifest = try JSONDecoder().decode(Manifest.self, from: try PlainFile.contents(file))
      try manifest.encoded().write(to: URL(fileURLWithPath: folder + "/" + Manifest.fileName))
      _ = try verify(folder).words
    },
    Door(name: "model", file: "input.safetensors") { file, _ in
      _ = try Forecaster(ModelFile(reading: try summed(file), path: file), path: file)
    },
    Door(name: "workspace", file: "input.tif") { file, _ in
      let bytes = try PlainFile.contents(file)
      let sealed = bytes + bytes.withUnsafeBytes { Seal.ending(of: $0) }
      try sealed.write(to: URL(fileURLWithPath: file))
      _ = try? RainDayFile.record(file)
      // Values behind a seal that fits are our own: they are not judged again.
      _ = try RainDayFile.read(file, at: CellSet(place))
    },
  ]
}

/// Where every file is looked at: four cells by four.
private let place = MeshGrid(south: 4_224, west: 2_744, height: 4, width: 4)

private func judgeRain(_ input: RainInput) throws {
  let source = try openRainSource(input)
  for hour in source.hours.prefix(4) {
    guard let field = try? source.field(ending: hour, on: place) else { continue }
    precondition(field.rain.values.allSatisfy { $0.isNaN || (0...400).contains($0) }, "rain that cannot be")
  }
}

private func judgeGround(_ inputs: StaticInputs) throws {
  let stack = try alignStatic(inputs, to: place, threads: 1).stack
  precondition(
    stack.elevation.values.allSatisfy { $0.isNaN || (-500...9_000).contains($0) }, "a height that cannot be")
}

private func stations(in folder: String) throws -> String {
  let path = folder + "/stations.csv"
  let text = "id,latitude,longitude,altitude_m\na,35.21,134.31,10\n44132,35.22,134.33,20\n"
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  return path
}

/// The file with a checksum that fits, so that the fuzzer reaches what reads behind it.
private func summed(_ file: String) throws -> Data {
  try Safetensors(reading: try PlainFile.contents(file), path: file).encoded
}
