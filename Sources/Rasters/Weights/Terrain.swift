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
    try self.init(
      of: [raster], on: grid, seaValues: seaValues, minimumCoverage: minimumCoverage, threads: threads,
      progress: progress)
  }

  /// The same of several rasters, the finest first: a further one counts in what is left of a cell.
  init(
    of rasters: [PlacedRaster], on grid: MeshGrid, seaValues: [Float], minimumCoverage: Double, threads: Int,
    progress: (@Sendable (Double) -> Void)?
  ) throws(RasterError) {
    let sums = try areaSums(
      of: rasters, .terrain, on: grid, seaValues: seaValues, threads: threads, progress: progress)
    func mean(_ channel: Int) -> [Float] { sums.mean(channel: channel, minimumCoverage: minimumCoverage) }
    elevation = Layer(grid: grid, values: mean(0))
    slope = Layer(grid: grid, values: mean(1))
    aspect = Layer(grid: grid, values: zip(mean(2), mean(3)).map { aspectClass(riseEast: $0, riseNorth: $1) })
    landShare = Layer(grid: grid, values: sums.land.map { Float(min(1, $0)) })
    coverage = Layer(grid: grid, values: sums.covered.map { Float(min(1, $0)) })
    method =
      "exact area-weighted mean; slope by Horn at the source's resolution, then its mean; aspect by the mean vector"
    // Pixels that are cells are copied, not averaged: equal to the bit by the weights 1, said here because it matters.
    if rasters.allSatisfy({ $0.cells != nil }) {
      method = "copied cell by cell; slope and aspect by Horn between cells: a rough measure"
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
  let sector = Int(saturating: ((azimuth + 360 + 22.5) / 45).rounded(.down)) % 8
  return UInt8(sector + 1)
}
