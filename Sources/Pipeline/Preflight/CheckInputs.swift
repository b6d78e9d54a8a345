import Forecasting
import Foundation
package import Mesh
import Rasters

/// Opens and reads all that a prediction would use, and tells how it would end; makes nothing but the static layers.
///
/// - Parameters:
///   - path: The catalogue.
///   - area: As the user names it; the catalogue's own when `nil`.
///   - day: The day of the run; the last whole day of the rain when `nil`.
///   - threads: Workers.
///   - console: Told every step.
/// - Returns: A check an input.
/// - Throws: What reading the catalogue and finding the area throws: without them nothing can be looked at.
package func checkInputs(
  catalogue path: String, area: String?, day: JSTDay?, threads: Int, console: Console
) throws -> Preflight {
  let catalogue = try Catalogue.read(path)
  var halo = Project.usualHalo
  let model = try InputCheck.of("model", catalogue.model ?? "built-in start state") { check in
    let forecaster = try catalogue.forecaster(nil, model: nil).forecaster
    halo = forecaster.halo
    check.period = forecaster.title
    if !forecaster.levels.isMeasured { check.remarks.append("its levels have no measured recall") }
  }
  let project = try Project(catalogue, area: area, halo: halo, threads: threads, console: console)
  var boundaries = InputCheck("area", catalogue.boundaries?.path ?? project.area.key)
  boundaries.cover = "\(project.area.cellCount) cells"
  var checks = [model, boundaries]
  checks += try project.checkGround()
  let (rain, span) = try project.checkRain(of: day)
  checks.append(rain)
  if let span { checks.append(try project.checkPast(of: span.day, since: span.first)) }
  let found = span?.day
  checks += try project.checkSideInputs(on: found)
  checks.append(try project.checkWorkspace(of: found))
  console.end()
  return Preflight(area: project.area.name, date: found.map { "\($0)" }, checks: checks)
}

extension Project {
  /// What is read beside rain and ground, as far as the catalogue names it.
  fileprivate func checkSideInputs(on day: JSTDay?) throws -> [InputCheck] {
    var checks: [InputCheck] = []
    if let forecast = catalogue.forecastRain {
      checks.append(
        try InputCheck.of("forecast_rain", forecast.files.joined(separator: ", ")) { check in
          var input = forecast
          input.usesForecasts = true
          let hours = try openRainSource(input).hours
          check.period = hours.first.flatMap { first in hours.last.map { "\(first.words) to \($0.words)" } } ?? ""
        })
    }
    if let path = catalogue.municipalities {
      checks.append(
        try InputCheck.of("municipalities", path) { check in
          check.cover = "\(try municipalities()?.count ?? 0) municipalities"
        })
    }
    if let population = catalogue.population {
      checks.append(
        try InputCheck.of("exposure", population.paths.joined(separator: ", ")) { check in
          let cells = CellSet(area.cells)
          let people = cells.gather(try population.people(on: area.grid).values[...])
          check.unit = "people"
          check.cover = "\(people.count { !$0.isNaN })/\(cells.count) cells"
        })
    }
    if let roads = catalogue.roads {
      checks.append(
        try InputCheck.of("roads", roads.path) { check in
          let cells = CellSet(area.cells)
          let lengths = try roadLengths().map { cells.gather($0.kilometres.values[...]) } ?? []
          check.unit = "km"
          check.cover = "\(lengths.count { $0 > 0 })/\(cells.count) cells, \(Int(lengths.reduce(0, +).rounded())) km"
        })
    }
    if let source = catalogue.inventory {
      checks.append(
        try InputCheck.of("inventory", source.path) { check in
          let inventory = try inventory()
          let days = inventory.events.map(\.day)
          check.cover = "\(inventory.events.count) of \(inventory.events.count + inventory.rejects.count) landslides"
          check.period = days.min().flatMap { first in days.max().map { "\(first) to \($0)" } } ?? ""
        })
    }
    return checks
  }

  /// Whether the workspace can take what a run writes.
  fileprivate func checkWorkspace(of day: JSTDay?) throws -> InputCheck {
    var check = InputCheck("workspace", workspace.folder)
    var folder = workspace.folder
    while !FileManager.default.fileExists(atPath: folder), folder != "." {
      folder = parentFolder(of: folder)
      if folder.isEmpty { folder = "." }
    }
    func stop(_ remark: String) {
      check.remarks.append(remark)
      (check.verdict, check.exitCode) = (.refused, ExitCode.retryable.rawValue)
    }
    let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? NSNumber
    if let free {
      check.unit = "\(free.int64Value >> 20) MiB free"
      let days = try day.map { try rainToImport(for: .day($0)).count } ?? 0
      // A day of rain and a state are 24 + 3 numbers a cell at most.
      let needed = Int64(days) * Int64(store.cells.count) * 27 * 4 + Self.productBytes
      if days > 0 { check.period = "\(days) days to import" }
      if free.int64Value < needed { stop("\(needed >> 20) MiB may be needed: free space or name another workspace:") }
    }
    if !FileManager.default.isWritableFile(atPath: folder) { stop("\(folder) cannot be written: check permissions") }
    return check
  }

  /// What the products of a day take at most.
  private static let productBytes: Int64 = 64 << 20
}
