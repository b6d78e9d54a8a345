import Foundation
import Mesh
import Neural
package import Rasters
package import SoilWater

/// A climatology in one file of the safetensors format, which Python reads too where it is plain.
///
/// Metadata say what it is, its settings and tanks, its lattice and the landslides left out. Tensors, `u` units from the
/// south-west in rows to the north, `n` values in all:
/// | name | type, shape | content |
/// | --- | --- | --- |
/// | `days` | I32 (days) | the reference, days since 1970-01-01 |
/// | `centres` | I32 (u, 2) | Gaussians along soil water and along rain; 0 without events |
/// | `weights` | F32 (w) | Gaussians of the units one after another, soil water first |
/// | `rank.days` | I32 (u) | reference days of the unit |
/// | `rank.count` | I32 (u) | values kept of the unit |
/// | `rank.values`, `rank.places` | F32, I32 (n) | highest indices of the days, mm, and their places among all |
/// | `annual` | F32 (u, 4) | annual maxima: years, mean l₁ in mm, l₂/l₁, l₃/l₂; `NaN` below ten years |
/// | `events` | I32 (u, 20) | events, of these reaching cover .9 ... .1, landslide events, of these reaching the same |
///
/// A fit that the workspace keeps for itself has `weights`, `rank.values`, `rank.places` and `events` packed, a third of
/// their bytes.
package enum ClimatologyFile {
  /// How the long tensors are written.
  package enum Form {
    /// For people and other programs.
    case plain
    /// Bytes by place, compressed, for the workspace.
    case packed
  }

  private static let kind = "lsmap climatology, version 3"

  /// Writes the file atomically.
  ///
  /// - Parameters:
  ///   - climatology: What to write.
  ///   - path: Replaced if it exists.
  ///   - form: How the long tensors are written.
  ///   - provenance: Further metadata.
  /// - Throws: `RasterError.cannotWrite`; a file that was there stays as it was then.
  package static func write(
    _ climatology: Climatology, to path: String, as form: Form = .plain, provenance: [String: String] = [:]
  ) throws(RasterError) {
    let (members, settings) = (climatology.members, climatology.settings)
    let centres = members.flatMap { [$0.centres?.soilWater ?? 0, $0.centres?.rain ?? 0] }
    let weights = members.flatMap(\.weights)
    let events = members.flatMap { member in
      ([member.events] + member.eventsReaching + [member.disasters] + member.disastersReaching).map { Int32($0) }
    }
    let (values, places) = (members.flatMap(\.rank.values), members.flatMap(\.rank.places))
    func long(_ name: String, _ numbers: [some BitwiseCopyable], plain: @autoclosure () -> Tensor) -> Tensor {
      form == .packed ? Tensor(name, packing: numbers) : plain()
    }
    let tensors = [
      Tensor("days", shape: [climatology.days.count], .int32(climatology.days.map { Int32($0.daysSince1970) })),
      Tensor("centres", shape: [members.count, 2], .int32(centres.map { Int32($0) })),
      long("weights", weights, plain: Tensor("weights", shape: [weights.count], floats: weights)),
      Tensor("rank.days", shape: [members.count], .int32(members.map { Int32($0.rank.days) })),
      Tensor("rank.count", shape: [members.count], .int32(members.map { Int32($0.rank.values.count) })),
      long("rank.values", values, plain: Tensor("rank.values", shape: [values.count], floats: values)),
      long("rank.places", places, plain: Tensor("rank.places", shape: [places.count], .int32(places))),
      Tensor(
        "annual", shape: [members.count, 4],
        floats: members.flatMap { member in
          member.annualMaxima.map { [Float($0.years), Float($0.mean), Float($0.variation), Float($0.skewness)] }
            ?? [.nan, .nan, .nan, .nan]
        }),
      long(
        "events", events,
        plain: Tensor("events", shape: [members.count, 2 * Climatology.levels.count + 2], .int32(events))),
    ]
    var metadata = provenance
    let grid = climatology.units.grid
    metadata["kind"] = kind
    metadata["grid"] = [grid.south, grid.west, grid.height, grid.width].map(String.init).joined(separator: " ")
    metadata["settings"] = settings.canonicalText
    metadata["settings.block_cells"] = "\(settings.blockCells)"
    metadata["settings.centres"] = "\(settings.centres)"
    metadata["settings.rho"] = "\(settings.rho)"
    metadata["settings.lambda"] = "\(settings.lambda)"
    metadata["settings.rank_power"] = "\(settings.rankPower)"
    metadata["settings.dry_hours"] = "\(settings.dryHours)"
    metadata["settings.wet_hour_mm"] = "\(settings.wetHour)"
    metadata["settings.soil_water_axis_mm"] = "\(settings.soilWaterAxis)"
    metadata["settings.rain_axis_mm"] = "\(settings.rainAxis)"
    metadata["tanks"] = climatology.parameters.canonicalText
    metadata["tanks.hash"] = climatology.parameters.hash
    if let first = climatology.days.first, let last = climatology.days.last {
      metadata["period"] = "\(first) to \(last), \(climatology.days.count) days"
    }
    try writeAtomically(Safetensors(tensors, metadata: metadata).encoded, to: path)
  }

  /// Reads a climatology.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - parameters: The tanks in use; a climatology of others is refused.
  /// - Returns: The climatology, equal to the one written.
  /// - Throws: `ClimatologyFileError`, `NeuralError` for a damaged file.
  package static func read(_ path: String, parameters: TankParameters) throws -> Climatology {
    let data = try PlainFile.contents(path)
    let file = try Safetensors(reading: data, path: path)
    guard file.metadata["kind"] == kind else {
      throw ClimatologyFileError.malformed(path: path, reason: "it is no climatology of this version")
    }
    guard file.metadata["tanks.hash"] == parameters.hash else {
      throw ClimatologyFileError.otherTanks(
        path: path, stored: file.metadata["tanks"] ?? "?", wanted: parameters.canonicalText)
    }
    let settings = try settings(of: file, path: path)
    let numbers = (file.metadata["grid"] ?? "").split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 4, numbers[2] > 0, numbers[3] > 0, numbers.allSatisfy({ abs($0) < 100_000 }) else {
      throw ClimatologyFileError.malformed(path: path, reason: "its grid is not four numbers")
    }
    let grid = MeshGrid(south: numbers[0], west: numbers[1], height: numbers[2], width: numbers[3])
    let units = ClimatologyUnits(grid: grid, blockCells: settings.blockCells)
    let members = try members(of: file, units: units.count, path: path)
    guard let days = file.tensor("days")?.integers, zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ClimatologyFileError.malformed(path: path, reason: "its days are not in order")
    }
    return Climatology(
      settings: settings, parameters: parameters, units: units, days: days.map { JSTDay(daysSince1970: Int($0)) },
      members: members)
  }

  /// What was written about a file beside the climatology itself.
  package static func metadata(of path: String) throws -> [String: String] {
    let metadata = try Safetensors.metadata { (count) throws(RasterError) in try PlainFile.start(of: path, count: count)
    }
    guard let metadata else { throw ClimatologyFileError.malformed(path: path, reason: "it has no header") }
    return metadata
  }

  private static func settings(of file: Safetensors, path: String) throws -> ClimatologySettings {
    func number<Value: LosslessStringConvertible>(_ name: String) throws -> Value {
      guard let text = file.metadata["settings." + name], let value = Value(text) else {
        throw ClimatologyFileError.malformed(path: path, reason: "settings.\(name) is no number")
      }
      return value
    }
    var settings = ClimatologySettings()
    settings.blockCells = try number("block_cells")
    settings.centres = try number("centres")
    settings.rho = try number("rho")
    settings.lambda = try number("lambda")
    settings.rankPower = try number("rank_power")
    settings.dryHours = try number("dry_hours")
    settings.wetHour = try number("wet_hour_mm")
    settings.soilWaterAxis = try number("soil_water_axis_mm")
    settings.rainAxis = try number("rain_axis_mm")
    return try settings.validated()
  }

  private static func members(
    of file: Safetensors, units: Int, path: String
  ) throws -> [Climatology.Unit] {
    let levels = Climatology.levels.count
    func fits(_ isSound: Bool) throws {
      guard isSound else {
        throw ClimatologyFileError.malformed(path: path, reason: "its tensors do not fit its \(units) units")
      }
    }
    func floats(_ name: String, count: Int) throws -> [Float] {
      let tensor = file.tensor(name)
      let values = tensor?.floats ?? tensor?.unpacked(count: count) ?? []
      try fits(values.count == count)
      return values
    }
    func integers(_ name: String, count: Int) throws -> [Int32] {
      let tensor = file.tensor(name)
      let values = tensor?.integers ?? tensor?.unpacked(count: count) ?? []
      try fits(values.count == count)
      return values
    }
    let (days, counts) = (try integers("rank.days", count: units), try integers("rank.count", count: units))
    let numbers = try integers("centres", count: 2 * units)
    try fits(counts.allSatisfy { (0...Int32(HistoricalRank.capacity)).contains($0) })
    try fits(numbers.allSatisfy { $0 == 0 || (2...1_024).contains($0) })
    let centres = (0..<units).map { unit in
      PlaneCentres(soilWater: Int(numbers[2 * unit]), rain: Int(numbers[2 * unit + 1]))
    }
    let ranked = counts.reduce(0) { $0 + Int($1) }
    let weights = try floats("weights", count: centres.reduce(0) { $0 + $1.count })
    let annual = try floats("annual", count: 4 * units)
    let (values, places) = (
      try floats("rank.values", count: ranked), try integers("rank.places", count: ranked)
    )
    let events = try integers("events", count: units * (2 * levels + 2))
    var (start, weight) = (0, 0)
    return (0..<units).map { unit in
      var member = Climatology.Unit()
      let count = Int(counts[unit])
      member.rank = HistoricalRank(
        values: Array(values[start..<start + count]), places: Array(places[start..<start + count]),
        days: Int(days[unit]))
      start += count
      let numbers = events[unit * (2 * levels + 2)..<(unit + 1) * (2 * levels + 2)].map { Int($0) }
      member.events = numbers[0]
      member.eventsReaching = Array(numbers[1...levels])
      member.disasters = numbers[levels + 1]
      member.disastersReaching = Array(numbers[(levels + 2)...])
      if centres[unit].count > 0 {
        (member.centres, member.weights) = (centres[unit], Array(weights[weight..<weight + centres[unit].count]))
        weight += centres[unit].count
      }
      let row = annual[4 * unit..<4 * unit + 4].map { Double($0) }
      if let years = Int(exactly: row[0]) {
        member.annualMaxima = AnnualMaxima(years: years, mean: row[1], variation: row[2], skewness: row[3])
      }
      return member
    }
  }
}

/// Why a file cannot be used as a climatology.
package enum ClimatologyFileError: ReportedError, Equatable {
  case malformed(path: String, reason: String)
  case otherTanks(path: String, stored: String, wanted: String)

  package var exitCode: ExitCode { .badInput }
  package var description: String {
    switch self {
    case .malformed(let path, let reason): "\(path): \(reason); make it again with lsmap soilwater fit"
    case .otherTanks(let path, let stored, let wanted):
      "\(path): was fitted with other tanks (\(stored)) than now in use (\(wanted)); fit it again"
    }
  }
}
