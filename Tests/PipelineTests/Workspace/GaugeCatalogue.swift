import Mesh
import Statistics
import TestSupport

/// Days of rain of a `gaugeCatalogue`.
let gaugeDays = 8

/// Gauges of a small area: a catalogue of its own workspace on the same rain; its area is 503334.
func gaugeCatalogue(_ scratch: ScratchFolder, workspace: String = "work") throws -> String {
  var stream = RandomStream(seed: 5, "kill")
  var stations = "id,latitude,longitude,altitude_m\n"
  for place in 0..<4 {
    stations += "g\(place),\(33.5 + 0.1 * Double(place % 2)),\(133.3 + 0.1 * Double(place / 2)),10\n"
  }
  let first = JSTDay(daysSince1970: 19_570)
  var rain = "time,g0,g1,g2,g3\n"
  for day in first..<first.advanced(by: gaugeDays) {
    for hour in day.hours {
      let values = (0..<4).map { _ in stream.uniform() < 0.3 ? "\((stream.uniform() * 40).rounded() / 2)" : "0" }
      let time =
        hour.hourOfDay == 24
        ? "\(day.advanced(by: 1))T00:00" : "\(day)T\(hour.hourOfDay < 10 ? "0" : "")\(hour.hourOfDay):00"
      rain += "\(time),\(values.joined(separator: ","))\n"
    }
  }
  try scratch.write(stations, to: "stations.csv")
  try scratch.write(rain, to: "rain.csv")
  return try scratch.write(
    """
    title: gauges
    workspace: \(workspace)
    rain: {format: stations, files: [rain.csv], stations: stations.csv}
    soilwater: {spinup_days: 1}
    """, to: "\(workspace).yaml")
}
