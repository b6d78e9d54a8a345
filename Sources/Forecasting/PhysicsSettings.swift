package import SoilWater

/// Settings of the physical model that a network learns from: what makes two q the same q (METHOD 2 and 11).
///
/// They stand in sample files and models, so that no model is asked about a physics it never saw.
package struct PhysicsSettings: Hashable, Sendable, Codable {
  /// Step of the tank model, minutes.
  package var stepMinutes = 10
  /// Days before the first that is trusted.
  package var spinUpDays = 30
  /// Gaussian centres an axis, `G`.
  package var centres = 24
  /// Radius of the Gaussians in spacings of the centres.
  package var rho = 1.5
  /// Ridge of the fit: how many events count as safe.
  package var lambda = 1.0
  /// Ends of the axes, mm and mm/h; raised where states lie beyond.
  package var soilWaterAxis: Float = 400
  package var rainAxis: Float = 120
  /// Power of the rank in `q = max(q_rbf, k^power)`.
  package var rankPower = 20.0
  /// Dry hours that end a rain event.
  package var dryHours = 24

  package init() {}

  /// The national tanks with this step.
  /// - Throws: `badParameter` for a step that does not divide the hour.
  package func tanks() throws(SoilWaterError) -> TankParameters { try .nationwide.stepping(minutes: stepMinutes) }

  package var criticalLine: ClimatologySettings {
    var settings = ClimatologySettings()
    settings.centres = centres
    settings.rho = rho
    settings.lambda = lambda
    settings.soilWaterAxis = soilWaterAxis
    settings.rainAxis = rainAxis
    settings.rankPower = rankPower
    settings.dryHours = dryHours
    return settings
  }

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    guard (0...3_650).contains(spinUpDays) else { return "\(spinUpDays) days of spin-up" }
    do throws(SoilWaterError) {
      _ = try tanks()
      _ = try criticalLine.validated()
    } catch { return error.description }
    return nil
  }

  /// What makes q or the soil water others, by METHOD's names: `ews.rankPower 10 instead of 20`. The spin-up only decides
  /// which days are trusted.
  package func differences(from other: PhysicsSettings) -> [String] {
    let rows: [(String, String, String)] = [
      ("swi.step_min", "\(stepMinutes)", "\(other.stepMinutes)"),
      ("ews.G", "\(centres)", "\(other.centres)"),
      ("ews.rho", "\(rho)", "\(other.rho)"), ("ews.lambda", "\(lambda)", "\(other.lambda)"),
      ("ews.X", "\(soilWaterAxis)", "\(other.soilWaterAxis)"), ("ews.Y", "\(rainAxis)", "\(other.rainAxis)"),
      ("ews.rankPower", "\(rankPower)", "\(other.rankPower)"), ("ews.dryHours", "\(dryHours)", "\(other.dryHours)"),
    ]
    return rows.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) instead of \($0.2)" }
  }
}
