import Foundation
import Mesh
import Rasters
import TestSupport

extension Subject {
  /// A field of JMA's 1-km grid, from bytes to values on the lattice, one thread.
  static let grib = Subject(name: "grib", title: "GRIB2, 1-km run-length field of 8.6 million cells, one thread") {
    bench in
    let path = bench.file("rain.grib2")
    // Product template 4.8 and not JMA's own 4.50008, which ecCodes cannot read; the values are packed as JMA packs them.
    let field = Grib2Encoder.Field(
      grid: .lattice(north: 5_760, west: 1_440, rows: 3_360, columns: 2_560), product: .init(template: 8),
      values: .runLength(levels: showers(), table: (0...97).map { UInt16($0) * 10 }, decimalScale: 1, bits: 8))
    try Data(Grib2Encoder().message([field])).write(to: URL(fileURLWithPath: path))
    var figures = [try decoding("made up, 98 levels", path, bench)]
    figures[0].comparisons.append(
      try Peer.python("ecCodes", "grib_field", [path, "\(bench.rounds)"], check: try checkSum(path), in: bench))
    let real = "jma-grib2/Z__C_RJTD_20161121010000_SRF_GPV_Ggis1km_Prr60lv_Aper10min_ANAL_grib2.bin"
    if RealData.isPresent { figures.append(try decoding("analysed rain of 2016-11-21", RealData.path(real), bench)) }
    return figures
  }

  private static func decoding(_ name: String, _ path: String, _ bench: Bench) throws -> Figure {
    let file = try Grib2File(path)
    guard let field = file.fields.first else { return Figure(work: name, value: .nan, unit: .cost("ms")) }
    let count = try field.decode().values.count
    let timing = try Timing(rounds: 4 * bench.rounds) { _ = try field.decode() }
    let size = file.size / 1_000
    return Figure(
      work: "\(name), \(size) kB: best (median \(FigureTable.number(1_000 * timing.median)))",
      value: 1_000 * timing.best, unit: .cost("ms"),
      comparisons: [.floor("as many values filled in memory", 1_000 * Floors.secondsToFill(bytes: 4 * count))])
  }

  /// Sum of the values that are there, mm.
  private static func checkSum(_ path: String) throws -> Double {
    try Grib2File(path).fields[0].decode().values.reduce(0) { $1.isNaN ? $0 : $0 + Double($1) }
  }

  /// Levels with long runs (no rain, no radar) and short ones: bands of showers of several sizes in a round of radar.
  private static func showers() -> [Int] {
    let columns = (0..<2_560).map { sin(Double($0) / 90) }
    let ripples = (0..<2_560).map { sin(Double($0) / 4.3) }
    var levels = [Int](repeating: 0, count: 3_360 * 2_560)
    for y in 0..<3_360 {
      let (row, ripple) = (sin(Double(y) / 130), sin(Double(y) / 5.7))
      for x in 0..<2_560 {
        let (dy, dx) = (Double(y - 1_680) / 1_600, Double(x - 1_280) / 1_250)
        guard dx * dx + dy * dy < 1 else { continue }
        let rain = 60 * (columns[x] * row - 0.35) + 12 * ripples[x] * ripple
        levels[y * 2_560 + x] = rain < 0 ? 1 : 2 + min(95, Int(rain))
      }
    }
    return levels
  }
}
