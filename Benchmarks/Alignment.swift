import Foundation
import Mesh
import Rasters

extension Subject {
  /// Elevation models to MESH3 with exact area weights, file to layer.
  static let align = Subject(name: "align", title: "Elevation models to MESH3, mean of each cell") { bench in
    // One degree in pixels of 0.4", GSI's 10-m model; 102 km in pixels of 10 m.
    let degrees = MadeUpTerrain(
      side: 9_000, transform: [138, 1.0 / 9_000, 0, 36, 0, -1.0 / 9_000], system: "EPSG:6668",
      grid: MeshGrid(south: 35 * 120, west: 38 * 80, height: 120, width: 80))
    let metres = MadeUpTerrain(
      side: 10_200, transform: [300_000, 10, 0, 4_000_000, 0, -10], system: "EPSG:6691",
      grid: MeshGrid(south: 4_227, west: 3_105, height: 107, width: 87))
    let plain = bench.file("degrees.tif")
    let packed = bench.file("packed.tif")
    let projected = bench.file("metres.tif")
    try degrees.write(to: plain, compressed: false)
    try degrees.write(to: packed, compressed: true)
    try metres.write(to: projected, compressed: false)
    return try [
      alignment("81 Mpx, latitude and longitude, plain", plain, degrees.grid, bench),
      alignment("81 Mpx, latitude and longitude, DEFLATE", packed, degrees.grid, bench),
      alignment("104 Mpx, UTM, plain", projected, metres.grid, bench),
    ]
  }

  private static func alignment(_ name: String, _ path: String, _ grid: MeshGrid, _ bench: Bench) throws -> Figure {
    var mean = Layer<Float>(grid: grid, filledWith: .nan)
    let timing = try Timing(rounds: bench.rounds) {
      mean = try AreaMean(of: PlacedRaster(RasterInput(path)), on: grid, threads: bench.threads).mean
    }
    return Figure(
      work: "\(name), \(Bench.words(threads: bench.threads))", value: timing.best, unit: .cost("s"),
      comparisons: [
        .floor("the file read", try Floors.seconds(reading: [path], in: bench.scratch.path)),
        try warp(path, mean, bench),
      ])
  }

  /// `gdalwarp` on the same file with as many threads; pixels that lie aslant to the cells it does not cut at their edges.
  private static func warp(_ path: String, _ mean: Layer<Float>, _ bench: Bench) throws -> Figure.Comparison {
    let grid = mean.grid
    let out = bench.file("warped.tif")
    let corners = [grid.westLongitude, grid.southLatitude, grid.eastLongitude, grid.northLatitude].map { "\($0)" }
    let size = ["\(grid.width)", "\(grid.height)"]
    let arguments =
      ["-q", "-overwrite", "-r", "average", "-t_srs", "EPSG:6668", "-te"] + corners + ["-ts"] + size
      + ["-multi", "-wo", "NUM_THREADS=\(bench.threads)", "-wm", "512", "-dstnodata", "nan"]
      + ["--config", "GDAL_NUM_THREADS", "\(bench.threads)", path, out]
    var best = Double.infinity
    for _ in 0..<bench.rounds {
      let child = try ChildProcess("gdalwarp", arguments, in: bench)
      guard child.code != ChildProcess.notFound else { return Peer.absent("gdalwarp -r average", "not installed") }
      guard child.code == 0 else {
        return Peer.absent("gdalwarp -r average", "failed: \(Peer.lastLine(child.errors))")
      }
      best = min(best, child.seconds)
    }
    let theirs = try AreaMean(of: PlacedRaster(RasterInput(out)), on: grid).mean
    let gaps = zip(mean.values, theirs.values).map { abs($0 - $1) }.filter { !$0.isNaN }
    let gap = FigureTable.number(Double(gaps.max() ?? .nan))
    return Figure.Comparison(
      kind: .peer, name: "gdalwarp -r average", value: best,
      remark: "differs by \(gap) m at most, \(gaps.count) cells compared")
  }
}

/// Hills of several sizes with heights in centimetres, as elevation models have them.
private struct MadeUpTerrain {
  let side: Int
  let transform: [Double]
  let system: String
  /// Cells that lie inside.
  let grid: MeshGrid

  func write(to path: String, compressed: Bool) throws {
    let waves = [(400.0, 2_300.0), (150, 700), (40, 190), (8, 37), (1.5, 9)]
    func profile(_ phase: Double) -> [[Float]] {
      waves.map { wave in (0..<side).map { Float(sin(Double($0) / wave.1 * 2 * .pi + phase)) } }
    }
    let (across, down) = (profile(0.3), profile(1.1))
    var heights = [Float](repeating: 0, count: side * side)
    heights.withUnsafeMutableBufferPointer { heights in
      for y in 0..<side {
        for (place, wave) in waves.enumerated() {
          let scale = Float(wave.0) * down[place][y]
          across[place].withUnsafeBufferPointer { across in
            for x in 0..<side { heights[y * side + x] += scale * across[x] }
          }
        }
        for x in 0..<side { heights[y * side + x] = ((heights[y * side + x] + 700) * 100).rounded() / 100 }
      }
    }
    let image = GeoTIFFImage(
      width: side, height: side, geotransform: transform, referenceSystem: system, sample: .float32, nodata: -9999,
      unit: "m")
    try image.write([GeoTIFFImage.Band(name: "elevation", values: heights)], to: path, compressed: compressed)
  }
}
