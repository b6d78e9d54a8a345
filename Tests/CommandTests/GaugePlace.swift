import TestSupport

/// A place with a catalogue of four gauges and six days of rain, the third of them dry so that the days before it are an event of the
/// past, and the tool run in it.
struct GaugePlace {
  let scratch: ScratchFolder

  /// - Parameter missing: Hours of 2023-08-04 that no gauge has.
  /// - Throws: What writing its files throws.
  init(missing: ClosedRange<Int>? = nil) throws {
    scratch = try ScratchFolder()
    var stations = "id,latitude,longitude,altitude_m\n"
    for gauge in 0..<4 { stations += "g\(gauge),33.\(5 + gauge % 2),133.\(3 + gauge / 2),10\n" }
    var rain = "time,g0,g1,g2,g3\n"
    for day in 1...6 {
      for hour in 1...24 where !(day == 4 && missing?.contains(hour) == true) {
        let time = hour == 24 ? "2023-08-0\(day + 1)T00:00" : "2023-08-0\(day)T\(hour < 10 ? "0" : "")\(hour):00"
        let values = (0..<4).map { gauge in
          day != 3 && (day + hour + gauge) % 3 == 0 ? Double((day * 7 + hour * 3 + gauge * 5) % 19) / 2 : 0
        }
        rain += "\(time),\(values.map { "\($0)" }.joined(separator: ","))\n"
      }
    }
    try scratch.write(stations, to: "stations.csv")
    try scratch.write(rain, to: "rain.csv")
    try scratch.write(
      """
      title: gauges
      workspace: work
      rain: {format: stations, files: [rain.csv], stations: stations.csv}
      soilwater: {spinup_days: 1}
      reference: {from: 2023-08-01, to: 2023-08-04, leave_out_days: 0}
      """, to: "catalog.yaml")
  }

  /// Options that name the place: 100 cells.
  var here: [String] { ["--catalog", scratch.path + "/catalog.yaml", "--area", "503334"] }
  var out: String { scratch.path + "/out" }
  /// The day that is predicted, without a network: there is no ground.
  var day: [String] { ["predict"] + here + ["--date", "2023-08-05", "--method", "swi-ews", "--out", out] }
  var run: String { out + "/mesh-503334/2023-08-05" }

  /// Runs the tool with the words of a line; `HERE` stands for the options of the place, `PLACE` for its folder.
  func callAsFunction(_ line: String, signal: (number: Int32, after: Double)? = nil) throws -> BuiltTool.Outcome {
    let words = line.split(separator: " ").flatMap { word in
      word == "HERE" ? here : [String(word).replacing("PLACE", with: scratch.path)]
    }
    return try BuiltTool.run(words, signal: signal)
  }
}
