package import Mesh
package import Statistics
import Synchronization

/// Rain of files that hold fields: hours put together from steps, units converted, means of MESH3 cells by exact area.
package struct GriddedRain: RainSource {
  package let name: String
  package let hours: [JSTHour]
  package let irregularities: [RainIrregularity]
  private let fields: any RainFields
  private let recipes: RainRecipes
  private let unit: RainUnit
  private let accumulation: RainAccumulation
  private let weights = WeightCache()

  /// - Parameters:
  ///   - name: Format, for reports.
  ///   - fields: Where values come from.
  ///   - steps: All steps of all files, in the order they were found.
  ///   - unit: Of the values.
  ///   - accumulation: What they are.
  ///   - irregularities: What was odd before the steps were put together.
  /// - Throws: `malformed` when the steps make no hour at all.
  init(
    _ name: String, _ fields: any RainFields, steps: [RainStep], unit: RainUnit, accumulation: RainAccumulation,
    irregularities: [RainIrregularity] = []
  ) throws(RasterError) {
    self.name = name
    self.fields = fields
    self.unit = unit
    self.accumulation = accumulation
    recipes = RainRecipes(steps, accumulation)
    hours = recipes.hours
    guard !hours.isEmpty else {
      let first = steps.first
      throw .malformed(
        path: first.map { fields.paths[$0.file] } ?? "rain",
        reason: "its \(steps.count) values make no whole hour; the first ends at \(isoTime(first?.end ?? 0))",
        remedy: "say which moment of a step its times name: stamp: start, centre or end in the catalogue")
    }
    self.irregularities =
      irregularities
      + recipes.oddities.map { kind, step in
        RainIrregularity(kind, file: fields.paths[step.file], subject: isoTime(step.end))
      }
  }

  package func field(ending hour: JSTHour, on grid: MeshGrid) throws(RasterError) -> RainField? {
    guard let terms = recipes.terms[hour] else { return nil }
    do { return try field(of: terms, ending: hour, on: grid) } catch {
      // One damaged file among others is a gap of its hours; the only file is an error.
      guard error.isDamage, fields.paths.count > 1 else { throw error }
      let finding = RainIrregularity(
        .damaged, file: fields.paths[terms[0].step.file], subject: "\(hour): \(error.description)")
      return RainField(rain: Layer(grid: grid, filledWith: .nan), findings: [finding])
    }
  }

  private func field(
    of terms: [RainRecipes.Term], ending hour: JSTHour, on grid: MeshGrid
  ) throws(RasterError) -> RainField? {
    var totals: [Float] = []
    var findings: [RainIrregularity] = []
    var weights: FieldWeights?
    for term in terms {
      let raster = try fields.raster(of: term.step)
      let own = try self.weights.value(for: raster, on: grid)
      if let weights, weights.rows != own.rows || weights.columns != own.columns {
        throw .malformed(
          path: fields.paths[term.step.file],
          reason: "its grid differs from that of the other steps of the hour \(hour)",
          remedy: "give files of one grid")
      }
      weights = own
      if own.rows.isEmpty || own.columns.isEmpty { continue }
      let size = abs(Float(term.factor * unit.toMillimetres))
      var amounts = try fields.values(of: term.step, in: raster, rows: own.rows, columns: own.columns)
      if size != 1 { for i in amounts.indices { amounts[i] *= size } }
      // A running total is judged as one of a whole day.
      let seconds = accumulation == .sinceMidnightUTC ? 86_400 : term.step.seconds
      findings += judge(&amounts, seconds: seconds, of: term.step, in: raster, own, hour: hour)
      if totals.isEmpty { totals = [Float](repeating: 0, count: amounts.count) }
      let sign: Float = term.factor < 0 ? -1 : 1
      for i in totals.indices { totals[i] += amounts[i] * sign }
    }
    guard let weights else { return nil }
    if accumulation == .sinceMidnightUTC {
      try refuseFalls(in: totals, hour: hour, path: fields.paths[terms[0].step.file])
    }
    if let first = terms.first?.step, !totals.isEmpty {
      findings += judge(&totals, seconds: 3_600, of: first, in: try fields.raster(of: first), weights, hour: hour)
    }
    return RainField(rain: weights.mean(of: totals), findings: findings)
  }

  private func judge(
    _ amounts: inout [Float], seconds: Int, of step: RainStep, in raster: PlacedRaster, _ window: FieldWeights,
    hour: JSTHour
  ) -> [RainIrregularity] {
    RainGate.judge(&amounts, seconds: seconds, time: "\(hour)", file: fields.paths[step.file]) { place in
      let (row, column) = (
        window.rows.lowerBound + place / window.columns.count, window.columns.lowerBound + place % window.columns.count
      )
      let point = raster.affine.point(column: Double(column) + 0.5, row: Double(row) + 0.5)
      return "row \(row), column \(column) (x \(shortAmount(Float(point.x))), y \(shortAmount(Float(point.y))))"
    }
  }

  /// Differences of running totals that fall are a sign that they are none.
  private func refuseFalls(in totals: [Float], hour: JSTHour, path: String) throws(RasterError) {
    guard let fall = totals.first(where: { $0 < -1 }) else { return }
    throw .malformed(
      path: path, reason: "its totals fall by \(-fall) mm in the hour ending \(hour)",
      remedy: "they are not accumulated since 00 UTC: mend accumulation in the catalogue")
  }

  package func fingerprint(of day: JSTDay) -> SHA256 {
    var digest = SHA256()
    digest.update("\(name) \(unit) \(accumulation) \(fields.settings)".utf8)
    var stamped: Set<Int> = []
    for hour in day.hours {
      for term in recipes.terms[hour] ?? [] {
        digest.update("\(hour.hoursSince1970) \(term.step.index) \(term.step.file) \(term.factor)".utf8)
        guard stamped.insert(term.step.file).inserted else { continue }
        digest.update(FileStamp(fields.paths[term.step.file]).description.utf8)
      }
    }
    return digest
  }
}

/// Fields of files, read window by window, from any thread.
protocol RainFields: Sendable {
  /// The files that `RainStep.file` counts.
  var paths: [String] { get }
  /// Whatever else the values depend on, for fingerprints.
  var settings: String { get }

  /// Where the pixels of a step lie.
  func raster(of step: RainStep) throws(RasterError) -> PlacedRaster
  /// Values of a window, row after row, scale and offset applied, `NaN` where missing.
  func values(
    of step: RainStep, in raster: PlacedRaster, rows: Range<Int>, columns: Range<Int>
  ) throws(RasterError) -> [Float]
}

/// Weights by geometry and grid: files of one product share them.
private final class WeightCache: Sendable {
  private struct Key: Hashable {
    let width: Int
    let height: Int
    let affine: PixelAffine
    let reference: SourceReference
    let grid: MeshGrid
  }

  private let known = Mutex<[Key: FieldWeights]>([:])

  func value(for raster: PlacedRaster, on grid: MeshGrid) throws(RasterError) -> FieldWeights {
    let key = Key(
      width: raster.width, height: raster.height, affine: raster.affine, reference: raster.reference, grid: grid)
    if let found = known.withLock({ $0[key] }) { return found }
    let made = try FieldWeights(raster, on: grid)
    known.withLock { $0[key] = made }
    return made
  }
}

/// `2023-08-15T05:00:00Z` of Unix seconds.
func isoTime(_ unixSeconds: Int) -> String {
  let days = (unixSeconds >= 0 ? unixSeconds : unixSeconds - 86_399) / 86_400
  let rest = unixSeconds - days * 86_400
  let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
  return "\(JSTDay(daysSince1970: days))T\(clock.joined(separator: ":"))Z"
}
