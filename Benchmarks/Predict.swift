import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport

extension Subject {
  /// The daily command for a prefecture, as a process of its own, when yesterday's run has left everything warm.
  static let predict = Subject(
    name: "predict", title: "lsmap predict, 8,000 cells, states and archive of the day before"
  ) {
    bench in
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("lsmap").path
    let area = MeshGrid(south: 4_200, west: 2_700, height: 80, width: 100)
    let lastDay = JSTDay(daysSince1970: 19_000 + 90)
    try writeInputs(around: area, through: lastDay, in: bench)
    func predict(_ day: JSTDay) throws -> ChildProcess {
      let child = try ChildProcess(
        program,
        [
          "predict", "--catalog", bench.file("catalog.yaml"), "--date", "\(day)", "--out", bench.file("out"),
          "--model", Fixtures.path("models/demo.safetensors"), "--threads", "\(bench.threads)", "--overwrite",
          "--quiet", "--allow-gaps",
        ], in: bench)
      guard child.code == 0 else { throw ChildFailed(message: "lsmap predict: \(Peer.lastLine(child.errors))") }
      return child
    }
    let firstDay = lastDay.advanced(by: -bench.rounds)
    let cold = try predict(firstDay)
    let warm = try (1...bench.rounds).map { try predict(firstDay.advanced(by: $0)) }
    let best = warm.map(\.seconds).min() ?? .nan
    let memory = Double(warm.map(\.peakBytes).max() ?? 0) / 1_048_576
    let files = try filesAndSizes(under: bench.file("out")).filter { $0.path.contains("/\(lastDay)/") }
    let floor = try Floors.seconds(reading: [], writing: files.map(\.size), in: bench.scratch.path)
    let threads = Bench.words(threads: bench.threads)
    return [
      Figure(
        work: "warm, start to files, \(threads)", value: best, unit: .cost("s"),
        comparisons: [.floor("its \(files.count) files written and synced", floor)]),
      Figure(work: "warm, largest resident memory, \(threads)", value: memory, unit: .cost("MiB")),
      Figure(
        work: "from nothing, \(90 - bench.rounds) days of rain to import, \(threads)", value: cold.seconds,
        unit: .cost("s")),
    ]
  }

  /// A box of hills under made-up rain, with a catalogue.
  private static func writeInputs(around area: MeshGrid, through lastDay: JSTDay, in bench: Bench) throws {
    let grid = area.padded(by: Project.usualHalo)
    var table = "meshcode,elevation_m\n"
    for cell in 0..<grid.count {
      let code = grid.code(y: cell / grid.width, x: cell % grid.width)
      table += "\(code),\(300 + cell * 37 % 900)\n"
    }
    try bench.scratch.write(table, to: "elevation.csv")
    let source = RainArchive(folder: bench.file("source"))
    for back in 0..<90 {
      let day = lastDay.advanced(by: -back)
      try write(madeUpRain(of: day, on: grid), of: day, to: source)
    }
    let box = [area.westLongitude, area.southLatitude, area.eastLongitude, area.northLatitude].map { "\($0)" }
    try bench.scratch.write(
      """
      title: Benchmark
      credit: Synthetic
      synthetic: true
      area: \(box.joined(separator: ","))
      workspace: work
      terrain: {table: elevation.csv, column: elevation_m}
      rain: {format: geotiff, files: ["source/{YYYY}/{MM}/{DD}.tif"]}
      """, to: "catalog.yaml")
  }
}

/// A program of ours that did not do its work.
struct ChildFailed: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
