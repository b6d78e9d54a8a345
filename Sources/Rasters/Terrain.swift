import Foundation
package import Mesh

/// Elevation, slope and aspect on a grid.
package struct Terrain: Sendable {
  package var elevation: Layer<Float>
  package var slope: Layer<Float>
  package var aspect: Layer<UInt8>
  package var landShare: Layer<Float>
  package var coverage: Layer<Float>
  /// How it was done, in words.
  package var method: String

  /// The mean of a DEM: heights, slopes taken at its own resolution, and aspect by the mean of the downhill vectors.
  ///
  /// - Parameters:
  ///   - raster: Heights in metres.
  ///   - grid: The cells.
  ///   - seaValues: Heights that mean sea.
  ///   - minimumCoverage: Least share of a cell that must be covered.
  ///   - threads: Workers.
  ///   - progress: Called with the share done.
  /// - Throws: What opening and reading throw.
  package init(
    of raster: PlacedRaster, on grid: MeshGrid, seaValues: [Float] = [], minimumCoverage: Double = 0.05,
    threads: Int = 1, progress: (@Sendable (Double) -> Void)? = nil
  ) throws(RasterError) {
    let sums = try areaSums(
      of: raster, .terrain, on: grid, seaValues: seaValues, threads: threads, progress: progress)
    func mean(_ channel: Int) -> [Float] { sums.mean(channel: channel, minimumCoverage: minimumCoverage) }
    elevation = Layer(grid: grid, values: mean(0))
    slope = Layer(grid: grid, values: mean(1))
    aspect = Layer(grid: grid, values: zip(mean(2), mean(3)).map { aspectClass(riseEast: $0, riseNorth: $1) })
    landShare = Layer(grid: grid, values: sums.land.map { Float(min(1, $0)) })
    coverage = Layer(grid: grid, values: sums.covered.map { Float(min(1, $0)) })
    method =
      "exact area-weighted mean; slope by Horn at the source's resolution, then its mean; aspect by the mean vector"
    // Pixels that are cells are copied, not averaged: equal to the bit by the weights 1, said here because it matters.
    if raster.cells != nil { method = "copied cell by cell; slope and aspect by Horn between cells: a rough measure" }
  }

  /// Heights of cells; slope and aspect by Horn between neighbouring cells, which is far below true slopes.
  ///
  /// - Parameters:
  ///   - heights: Mean elevation, on a grid at least one cell wider on each side than `grid`.
  ///   - grid: The cells.
  init(cells heights: Layer<Float>, on grid: MeshGrid) {
    let wide = heights.cropped(to: grid.padded(by: 1), fill: .nan)
    elevation = heights.cropped(to: grid, fill: .nan)
    slope = Layer(grid: grid, filledWith: .nan)
    aspect = Layer(grid: grid, filledWith: 0)
    landShare = elevation.map { $0.isNaN ? 0 : 1 }
    coverage = landShare
    method =
      "heights by mesh code; slope and aspect by Horn between 1-km cells: a rough measure, far below slopes from a DEM"
    let stride = wide.grid.width
    wide.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for y in 0..<grid.height {
        let metres = LatticeMetres.shared.perUnit(v: Double(grid.north - 1 - y) + 0.5)
        let steps = GroundSteps(
          eastPerColumn: metres.east, northPerColumn: 0, eastPerRow: 0, northPerRow: -metres.north)
        for x in 0..<grid.width {
          let centre = base + (y + 1) * stride + x + 1
          guard centre.pointee.isFinite else { continue }
          let rise = steps.gradient(HornGradient(above: centre - stride, centre: centre, below: centre + stride))
          let steepness = (rise.east * rise.east + rise.north * rise.north).squareRoot()
          slope[y, x] = Float(atan(steepness) * 180 / .pi)
          aspect[y, x] = aspectClass(riseEast: Float(rise.east), riseNorth: Float(rise.north))
        }
      }
    }
  }
}

/// The direction a slope faces, in eight classes of 45°: 1 N (337.5° to 22.5°), 2 NE, ... 8 NW.
///
/// The mean of the downhill vectors `(−gₑ, −gₙ)`, whose length is tan slope, is the circular mean of the directions weighted
/// by tan slope.
///
/// - Parameters:
///   - riseEast: `gₑ`, m/m.
///   - riseNorth: `gₙ`, m/m.
/// - Returns: The class; 0 where the ground is flat (less than 1e-6) or unknown.
package func aspectClass(riseEast: Float, riseNorth: Float) -> UInt8 {
  let (east, north) = (-Double(riseEast), -Double(riseNorth))
  guard (east * east + north * north).squareRoot() >= 1e-6 else { return 0 }
  let azimuth = atan2(east, north) * 180 / .pi
  let sector = Int(((azimuth + 360 + 22.5) / 45).rounded(.down)) % 8
  return UInt8(sector + 1)
}
