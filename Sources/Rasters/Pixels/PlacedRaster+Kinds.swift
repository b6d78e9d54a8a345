import Foundation
import Mesh

extension PlacedRaster {
  /// The rasters that the files of an input make, the finest pixels first: files of one kind are one raster, and of several kinds a
  /// coarser one counts where a finer has nothing (`AreaSums.fill`).
  ///
  /// - Parameters:
  ///   - input: Files and globs of anything GDAL reads, and of tiles (`ElevationTileFiles`).
  ///   - tokyoGrid: Shifts for sources on Tokyo datum.
  /// - Returns: At least one raster; what is said of all of them stands with the first.
  /// - Throws: What opening throws.
  static func finestFirst(_ input: RasterInput, tokyoGrid: TokyoGrid?) throws(RasterError) -> [PlacedRaster] {
    let files = try RasterMosaic.files(input.paths)
    var plain: [String] = []
    var tiles: [TileKind: [any ElevationTile]] = [:]
    for file in files {
      guard let found = try ElevationTileFiles.tiles(in: file, coding: input.coding) else {
        plain.append(file)
        continue
      }
      for tile in found { tiles[TileKind(tile), default: []].append(tile) }
    }
    if tiles.isEmpty, plain.count == 1 { return [try PlacedRaster(input, tokyoGrid: tokyoGrid)] }
    var rasters: [PlacedRaster] = []
    for kind in try RasterMosaic.kinds(of: plain, input) {
      var part = input
      part.paths = kind.files
      var raster = try PlacedRaster(part, tokyoGrid: tokyoGrid)
      if kind.overlapping > 0 {
        raster.recognised.append("\(kind.overlapping) files lie over others: the later one counts")
      }
      rasters.append(raster)
    }
    for kind in tiles.values.sorted(by: { $0[0].path < $1[0].path }) {
      rasters.append(try PlacedRaster(TileMosaic(kind), input, tokyoGrid: tokyoGrid))
    }
    // A later file goes before an earlier one of the same size.
    var sorted = rasters.enumerated().sorted { ($0.element.fineness, -$0.offset) < ($1.element.fineness, -$1.offset) }
      .map(\.element)
    if sorted.count > 1 {
      sorted[0].recognised.append(
        "\(sorted.count) kinds of pixels: the finest counts, a coarser one where it has nothing")
    }
    return sorted
  }

  /// Steps of a twentieth of a doubling of the pixel's area: more differs by kind, less by rounding.
  private var fineness: Int {
    let metres = reference.metresPerUnit
    let area = abs(affine.xPerColumn * affine.yPerRow - affine.xPerRow * affine.yPerColumn) * metres * metres
    return Int(saturating: (20 * log2(area)).rounded())
  }

  private struct TileKind: Hashable {
    let pixelsPerUnit: SIMD2<Double>
    let referenceSystem: String

    init(_ tile: any ElevationTile) {
      pixelsPerUnit = tile.pixelsPerUnit
      referenceSystem = tile.referenceSystem
    }
  }
}
