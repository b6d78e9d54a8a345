import Mesh

/// Which pixels of a raster may touch a part of the lattice: a coarse picture of the raster, made once, asked for each strip.
struct SourceFootprint: Sendable {
  private struct Block: Sendable {
    let rows: Range<Int>
    let columns: Range<Int>
    let u: ClosedRange<Double>
    let v: ClosedRange<Double>
  }

  private let blocks: [Block]

  init(_ raster: PlacedRaster) throws(RasterError) {
    let projector = try LatticeProjector(raster.reference, for: raster.path)
    let step = max(1, (max(raster.width, raster.height) + 199) / 200)
    let across = (raster.width + step - 1) / step
    let down = (raster.height + step - 1) / step
    var u: [Double] = []
    var v: [Double] = []
    for row in 0...down {
      for column in 0...across {
        let point = raster.affine.point(
          column: Double(min(column * step, raster.width)), row: Double(min(row * step, raster.height)))
        u.append(point.x)
        v.append(point.y)
      }
    }
    u.withUnsafeMutableBufferPointer { u in v.withUnsafeMutableBufferPointer { projector.project(x: u, y: $0) } }
    var blocks: [Block] = []
    for row in 0..<down {
      for column in 0..<across {
        let corners = [0, 1, across + 1, across + 2].map { row * (across + 1) + column + $0 }
        let us = corners.map { u[$0] }.filter(\.isFinite)
        let vs = corners.map { v[$0] }.filter(\.isFinite)
        guard let west = us.min(), let east = us.max(), let south = vs.min(), let north = vs.max() else { continue }
        // The sides of a block bend; a block that PROJ knows only in part may reach anywhere near.
        let slackU = us.count < 4 ? .infinity : 0.25 * (east - west) + 1e-3
        let slackV = vs.count < 4 ? .infinity : 0.25 * (north - south) + 1e-3
        blocks.append(
          Block(
            rows: row * step..<min((row + 1) * step, raster.height),
            columns: column * step..<min((column + 1) * step, raster.width),
            u: west - slackU...east + slackU, v: south - slackV...north + slackV))
      }
    }
    self.blocks = blocks
  }

  /// Rows and columns of all pixels that may touch the cells; `nil` where none does.
  func window(of cells: MeshGrid) -> (rows: Range<Int>, columns: Range<Int>)? {
    func joined(_ a: Range<Int>?, _ b: Range<Int>) -> Range<Int> {
      a.map { min($0.lowerBound, b.lowerBound)..<max($0.upperBound, b.upperBound) } ?? b
    }
    var rows: Range<Int>?
    var columns: Range<Int>?
    for block in blocks {
      guard block.u.lowerBound <= Double(cells.east), block.u.upperBound >= Double(cells.west),
        block.v.lowerBound <= Double(cells.north), block.v.upperBound >= Double(cells.south)
      else { continue }
      rows = joined(rows, block.rows)
      columns = joined(columns, block.columns)
    }
    guard let rows, let columns else { return nil }
    return (rows, columns)
  }
}
