import SoilWater

extension StrictMapping {
  /// The mappings `soilwater` and `critical_line` of a catalogue.
  func physics() throws(CatalogueError) -> PhysicsSettings {
    var physics = PhysicsSettings()
    if let m = try mapping("soilwater") {
      physics.stepMinutes = try m.whole("step_minutes", in: 1...60) ?? physics.stepMinutes
      physics.spinUpDays = try m.whole("spinup_days", in: 0...3_650) ?? physics.spinUpDays
      m.finish()
    }
    if let m = try mapping("critical_line") {
      var line = physics.criticalLine
      line.centres = try m.whole("centres", in: 2...48) ?? line.centres
      line.rho = try m.number("rho", in: 0.1...10) ?? line.rho
      line.lambda = try m.number("lambda", in: 1e-6...1e6) ?? line.lambda
      line.soilWaterAxis = try m.number("soilwater_axis_mm", in: 50...2_000).map(Float.init) ?? line.soilWaterAxis
      line.rainAxis = try m.number("rain_axis_mm", in: 20...500).map(Float.init) ?? line.rainAxis
      line.rankPower = try m.number("rank_power", in: 0.1...1_000) ?? line.rankPower
      line.dryHours = try m.whole("dry_hours", in: 1...240) ?? line.dryHours
      physics.criticalLine = line
      m.finish()
    }
    return physics
  }
}
