import SoilWater

extension StrictMapping {
  /// The mappings of the physical model, `soilwater` and `critical_line`.
  func physics() throws(CatalogueError) -> PhysicsSettings {
    var physics = PhysicsSettings()
    for section in Set(PhysicsSetting.all.map(\.section)).sorted() {
      guard let mapping = try mapping(section) else { continue }
      for setting in PhysicsSetting.all where setting.section == section {
        guard let text = try mapping.text(setting.key) else { continue }
        guard setting.set(&physics, text) else {
          throw .badValue(
            path: file, line: mapping.line(of: setting.key), key: setting.name, expected: setting.expected)
        }
      }
      mapping.finish()
    }
    return physics
  }
}
