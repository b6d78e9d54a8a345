import Foundation
package import Forecasting
package import Mesh
import Rasters
import SoilWater

/// What `lsmap predict` is asked for.
package struct PredictionRequest: Sendable {
  package var catalogue: String
  package var area: String?
  package var day: JSTDay
  /// Folder of the run folders: `out/AREA/DATE`.
  package var out: String
  package var method: ForecastMethod = .proposed
  /// Replaces the catalogue's model.
  package var model: String?
  package var threads = 2
  package var overwrite = false
  package var allowGaps = false

  package init(catalogue: String, area: String?, day: JSTDay, out: String) {
    self.catalogue = catalogue
    self.area = area
    self.day = day
    self.out = out
  }
}

/// What a prediction says at its end.
package struct PredictionResult: Codable, Sendable, Equatable {
  package var folder: String
  package var area: String
  package var date: String
  package var model: String
  /// Cells of the area at level 0 (no data), 1 ... 5.
  package var cellsByLevel: [Int]
  package var highestCell: String?
  package var highestProbability: Float?
  package var highestSoilWaterIndex: Float?
  package var notes: [String]
  package var seconds: Double
  /// Whether something was missing in the area.
  package var hasGaps: Bool

  package var words: String {
    var lines = ["\(area), \(date): \(model)"]
    let levels = cellsByLevel.enumerated().dropFirst().map { "level \($0.offset): \($0.element)" }
    let without = cellsByLevel[0] > 0 ? ", no data: \(cellsByLevel[0])" : ""
    lines.append("cells at " + levels.joined(separator: ", ") + without)
    if let highestCell, let highestProbability {
      lines.append("highest: cell \(highestCell), p = \(rounded(highestProbability, 3))")
    }
    lines += notes
    lines.append("\(folder): map.png, lsmap.qgz and layers, \(rounded(Float(seconds), 1)) s")
    return lines.joined(separator: "\n")
  }
}

/// Predicts a day: makes by itself whatever is missing or stale, and says so; writes the run folder.
///
/// - Parameters:
///   - request: What is asked for.
///   - console: Told every step.
/// - Returns: What there is to say.
/// - Throws: A `ReportedError`; no run folder appears then.
package func predict(_ request: PredictionRequest, console: Console) throws -> PredictionResult {
  let clock = ContinuousClock()
  let started = clock.now
  var timings = Timings()
  let project = try Project(
    catalogue: request.catalogue, area: request.area, threads: request.threads, console: console)
  let folder = (request.out as NSString).appendingPathComponent("\(project.area.key)/\(request.day)")
  let run = try RunFolder(at: folder, overwrite: request.overwrite)
  var hashes = InputHashes(rememberedIn: project.workspace.hashes)
  let forecaster = try project.forecaster(request.method, model: request.model, &hashes)

  let (stack, _, files) = try timings.measure("static") { try project.staticStack(&hashes) }
  let rainFiles = try timings.measure("rain") { try project.updateArchive(through: request.day) }
  let inputs = try timings.measure("soil water") { try project.inputs(of: request.day, stack: stack) }
  let forecast = try timings.measure("network") {
    console.begin("risk of \(project.area.cellCount) cells")
    return try forecaster.forecaster.forecast(
      inputs.network, wanted: project.area.cells, plan: DensePlan(threads: request.threads), drivers: true)
  }
  let products = Products(
    project: project, inputs: inputs, forecast: forecast, forecaster: forecaster.forecaster, elevation: stack.elevation)
  let seconds = timings
  try timings.measure("writing") {
    console.begin("writing \(folder)")
    try products.write(to: run)
  }
  var sources: [(role: String, path: String)] = files.map { ("static", $0) } + rainFiles.map { ("rain", $0) }
  sources += [("catalogue", project.catalogue.path)]
  if let path = project.catalogue.boundaries?.path { sources.append(("boundaries", path)) }
  if let path = forecaster.path { sources.append(("model", path)) }
  try products.writeManifest(
    to: run, inputs: sources, method: request.method, modelHash: forecaster.hash, &hashes, seconds: seconds.seconds)
  try hashes.save()
  try run.publish()
  console.end()
  for note in products.notes { console.warn(note) }
  return products.result(folder: folder, seconds: (clock.now - started) / .seconds(1))
}

/// Seconds of named steps.
struct Timings {
  private(set) var seconds: [String: Double] = [:]

  mutating func measure<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try work()
    seconds[name] = (ContinuousClock.now - start) / .seconds(1)
    return result
  }
}

/// A number with a fixed count of decimals.
func rounded(_ value: Float, _ decimals: Int) -> String {
  value.isNaN ? "none" : String(format: "%.\(decimals)f", Double(value))
}
