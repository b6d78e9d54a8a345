/// One setting of the physical model: its name, its range, and where its value lies. Catalogues, files of settings,
/// comparisons of samples and models, and their words read this one table.
package struct PhysicsSetting: Sendable {
  /// Mapping of the catalogue that holds it: `critical_line`.
  package let section: String
  /// Its key there: `rank_power`.
  package let key: String
  /// The name in both kinds of file: `critical_line.rank_power`.
  package var name: String { section + "." + key }
  /// Its sign in METHOD 11: `ews.rankPower`.
  package let sign: String
  /// What a value must be, in words.
  package let expected: String
  /// Whether another value makes another q or another soil water.
  package let changesResults: Bool
  /// Takes a value; `false` for one out of range, or none.
  package let set: @Sendable (inout PhysicsSettings, String) -> Bool
  /// The value as a text, equal for equal values.
  package let text: @Sendable (PhysicsSettings) -> String

  private init<Value: Comparable & LosslessStringConvertible & SendableMetatype & Sendable>(
    _ section: String, _ key: String, sign: String, _ range: ClosedRange<Value>, changesResults: Bool = true,
    _ path: any WritableKeyPath<PhysicsSettings, Value> & Sendable
  ) {
    (self.section, self.key, self.sign, self.changesResults) = (section, key, sign, changesResults)
    let kind = Value.self == Int.self ? "a whole number" : "a number"
    expected = "\(kind) from \(range.lowerBound) to \(range.upperBound)"
    set = { settings, text in
      guard let value = Value(text), range.contains(value) else { return false }
      settings[keyPath: path] = value
      return true
    }
    text = { $0[keyPath: path].description }
  }

  /// All of them, in the order of METHOD 11.
  package static let all = [
    PhysicsSetting("soilwater", "step_minutes", sign: "swi.step_min", 1...60, \.stepMinutes),
    // It only decides which days are trusted.
    PhysicsSetting("soilwater", "spinup_days", sign: "swi.spinup_days", 0...3_650, changesResults: false, \.spinUpDays),
    PhysicsSetting("critical_line", "centres", sign: "ews.G", 2...48, \.criticalLine.centres),
    PhysicsSetting("critical_line", "rho", sign: "ews.rho", 0.1...10, \.criticalLine.rho),
    PhysicsSetting("critical_line", "lambda", sign: "ews.lambda", 1e-6...1e6, \.criticalLine.lambda),
    PhysicsSetting("critical_line", "soilwater_axis_mm", sign: "ews.X", 50...2_000, \.criticalLine.soilWaterAxis),
    PhysicsSetting("critical_line", "rain_axis_mm", sign: "ews.Y", 20...500, \.criticalLine.rainAxis),
    PhysicsSetting("critical_line", "rank_power", sign: "ews.rankPower", 0.1...1_000, \.criticalLine.rankPower),
    PhysicsSetting("critical_line", "dry_hours", sign: "ews.dryHours", 1...240, \.criticalLine.dryHours),
  ]
}
