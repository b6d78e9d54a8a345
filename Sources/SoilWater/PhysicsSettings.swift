/// Settings of the physical model that a network learns from: what makes two q the same q (METHOD 2 and 11).
///
/// They stand in sample files and models, so that no model is asked about a physics it never saw.
package struct PhysicsSettings: Hashable, Sendable, Codable {
  /// Step of the tank model, minutes.
  package var stepMinutes = 10
  /// Days before the first that is trusted.
  package var spinUpDays = 30
  package var criticalLine = ClimatologySettings()

  package init() {}

  /// The national tanks with this step.
  /// - Throws: `badParameter` for a step that does not divide the hour.
  package func tanks() throws(SoilWaterError) -> TankParameters { try .nationwide.stepping(minutes: stepMinutes) }

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    guard (0...3_650).contains(spinUpDays) else { return "\(spinUpDays) days of spin-up" }
    do throws(SoilWaterError) {
      _ = try tanks()
      _ = try criticalLine.validated()
    } catch { return error.description }
    return nil
  }

  /// What is not as usual, in words.
  package var words: String {
    let other = differences(from: PhysicsSettings())
    return other.isEmpty ? "usual settings" : other.joined(separator: ", ")
  }

  /// What makes q or the soil water others: `critical_line.rank_power 10 instead of 20`.
  package func differences(from other: PhysicsSettings) -> [String] {
    let (own, line) = (criticalLine, other.criticalLine)
    let rows =
      PhysicsSetting.all.filter(\.changesResults).map { ($0.name, $0.text(self), $0.text(other)) } + [
        ("cells of a unit", "\(own.blockCells)", "\(line.blockCells)"),
        ("mm of a wet hour", "\(own.wetHour)", "\(line.wetHour)"),
      ]
    return rows.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) instead of \($0.2)" }
  }
}
