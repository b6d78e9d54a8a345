import Rasters
import SoilWater
import TestSupport
import Testing

@testable import Pipeline

private func catalogue(_ text: String) throws -> Catalogue {
  let folder = try ScratchFolder()
  return try Catalogue.read(folder.write(text, to: "catalog.yaml"))
}

@Suite struct `A catalogue` {
  struct Mistake: Sendable {
    let text: String
    let line: Int
    let key: String
    let expects: String
  }

  @Test(arguments: [
    Mistake(
      text: "title: x\nrain:\n  files: a.nc\n  format: grib3\n", line: 4, key: "rain.format", expects: "one of stations"
    ),
    Mistake(
      text: "rain: {format: netcdf, files: a.nc}\nforecast_rain:\n  format: netcdf\n  files: b.nc\n  stamp: begin\n",
      line: 5, key: "forecast_rain.stamp", expects: "one of start, centre, end"),
    Mistake(
      text: "rain:\n  format: netcdf\n  files: a.nc\n  time_zone: tokyo\n", line: 4, key: "rain.time_zone",
      expects: "jst, utc or like +09:00"),
    Mistake(
      text: "rain:\n  format: netcdf\n  files: a.nc\n  accumulation: sum\n", line: 4, key: "rain.accumulation",
      expects: "one of hour, since-midnight-utc"),
    Mistake(text: "title: x\nlanguage: jp\n", line: 2, key: "language", expects: "en or ja"),
    Mistake(
      text: "critical_line:\n  rho: 2\n  centres: 1\n", line: 3, key: "critical_line.centres",
      expects: "a whole number from 2 to 48"),
    Mistake(
      text: "soilwater:\n  spinup_days: nan\n", line: 2, key: "soilwater.spinup_days", expects: "a whole number from 0"),
  ])
  func `names the line of a wrong value`(_ mistake: Mistake) throws {
    #expect {
      _ = try catalogue(mistake.text)
    } throws: { error in
      guard case .badValue(_, let line, let key, let expected) = error as? CatalogueError else { return false }
      return line == mistake.line && key == mistake.key && expected.hasPrefix(mistake.expects)
    }
  }

  @Test func `has every setting of the physical model under its own name`() throws {
    for setting in PhysicsSetting.all {
      let value = setting.key == "soilwater_axis_mm" ? "300" : setting.key == "step_minutes" ? "20" : "30"
      let other = setting.key == "rho" ? "3" : value
      let read = try catalogue("\(setting.section):\n  \(setting.key): \(other)\n").physics
      let expected = setting.text(read) == other || setting.text(read) == other + ".0"
      #expect(expected, "\(setting.name): \(setting.text(read))")
      #expect(
        read.differences(from: PhysicsSettings()).isEmpty == (!setting.changesResults || read == PhysicsSettings()))
    }
  }

  @Test func `keeps the rain section as the reader wants it`() throws {
    let rain = try #require(
      try catalogue(
        "rain: {format: netcdf, files: [/a/*.nc, /b.nc], variable: tp, units: m, time_zone: '+09:00', stamp: start}\n"
      ).rain)
    var expected = RainInput(format: .netcdf, files: ["/a/*.nc", "/b.nc"], variable: "tp", units: "m", stamp: .start)
    expected.zone = 9 * 3_600
    #expect(rain == expected)
  }
}
