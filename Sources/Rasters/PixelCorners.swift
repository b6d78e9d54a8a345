/// Lattice coordinates of the corners of a raster's pixels, line after line, for any reference system.
///
/// PROJ is asked for the nodes of blocks of `S` × `S` pixels that are counted from the raster's first pixel; corners between
/// them are bilinear where that is within 2e-6 cell (2 mm) of PROJ at the block's centre, and asked of PROJ one by one
/// elsewhere. So each corner depends on its own number alone, never on the window, tile or thread.
final class PixelCorners {
  private let raster: PlacedRaster
  private let columns: Range<Int>
  private let projector: LatticeProjector
  /// Pixels of a block's side.
  let blockSize: Int
  private let firstBlock: Int
  private let blocks: Int
  private var blockRow = -1
  private var upper: (u: [Double], v: [Double])
  private var lower: (u: [Double], v: [Double])
  /// Whether corners of a block on the last line asked for lie on a straight line, by block of `columns`.
  private(set) var isBilinear: [Bool]
  private static let tolerance = 2e-6

  /// - Parameters:
  ///   - raster: The source.
  ///   - columns: Pixels of a line that are wanted; a line has one corner more.
  /// - Throws: `badReferenceSystem`.
  init(_ raster: PlacedRaster, columns: Range<Int>) throws(RasterError) {
    self.raster = raster
    self.columns = columns
    projector = try LatticeProjector(raster.reference, for: raster.path)
    blockSize = Self.blockSize(of: raster)
    firstBlock = columns.lowerBound / blockSize
    blocks = columns.upperBound / blockSize - firstBlock + 1
    upper = ([], [])
    lower = ([], [])
    isBilinear = []
  }

  /// A power of two, so that fractions of a block are exact; at most 320 m, from the raster alone.
  static func blockSize(of raster: PlacedRaster) -> Int {
    let a = raster.affine
    let unit = raster.reference.metresPerUnit
    let pixel = unit * max(abs(a.xPerColumn) + abs(a.yPerColumn), abs(a.xPerRow) + abs(a.yPerRow))
    var size = 1
    while size < 64, pixel * Double(2 * size) <= 320 { size *= 2 }
    return size
  }

  /// Corners of the line above a row of pixels (`line == row`), or below (`row + 1`).
  func line(_ line: Int, u: UnsafeMutablePointer<Double>, v: UnsafeMutablePointer<Double>) {
    load(line / blockSize)
    let part = Double(line % blockSize) / Double(blockSize)
    for block in 0..<blocks {
      let start = (firstBlock + block) * blockSize
      let wanted = max(start, columns.lowerBound)..<(min(start + blockSize, columns.upperBound + 1))
      guard !wanted.isEmpty else { continue }
      let place = wanted.lowerBound - columns.lowerBound
      guard isBilinear[block] else {
        ask(wanted, line, u + place, v + place)
        continue
      }
      let leftU = upper.u[block] + part * (lower.u[block] - upper.u[block])
      let leftV = upper.v[block] + part * (lower.v[block] - upper.v[block])
      let rightU = upper.u[block + 1] + part * (lower.u[block + 1] - upper.u[block + 1])
      let rightV = upper.v[block + 1] + part * (lower.v[block + 1] - upper.v[block + 1])
      let (stepU, stepV) = ((rightU - leftU) / Double(blockSize), (rightV - leftV) / Double(blockSize))
      for i in 0..<wanted.count {
        let k = Double(wanted.lowerBound - start + i)
        u[place + i] = leftU + k * stepU
        v[place + i] = leftV + k * stepV
      }
    }
  }

  private func ask(
    _ corners: Range<Int>, _ line: Int, _ u: UnsafeMutablePointer<Double>, _ v: UnsafeMutablePointer<Double>
  ) {
    for (i, corner) in corners.enumerated() {
      (u[i], v[i]) = raster.affine.point(column: Double(corner), row: Double(line))
    }
    projector.project(
      x: UnsafeMutableBufferPointer(start: u, count: corners.count),
      y: UnsafeMutableBufferPointer(start: v, count: corners.count))
  }

  private func load(_ row: Int) {
    guard row != blockRow else { return }
    upper = row == blockRow + 1 && blockRow >= 0 ? lower : nodes(row: Double(row), shift: 0, count: blocks + 1)
    lower = nodes(row: Double(row + 1), shift: 0, count: blocks + 1)
    blockRow = row
    guard blockSize > 1 else {
      isBilinear = Array(repeating: true, count: blocks)
      return
    }
    let centre = nodes(row: Double(row) + 0.5, shift: 0.5, count: blocks)
    isBilinear = (0..<blocks).map { b in
      let u = (upper.u[b] + upper.u[b + 1] + lower.u[b] + lower.u[b + 1]) / 4
      let v = (upper.v[b] + upper.v[b + 1] + lower.v[b] + lower.v[b + 1]) / 4
      return abs(u - centre.u[b]) < Self.tolerance && abs(v - centre.v[b]) < Self.tolerance
    }
  }

  private func nodes(row: Double, shift: Double, count: Int) -> (u: [Double], v: [Double]) {
    var u = [Double](repeating: 0, count: count)
    var v = u
    for i in 0..<count {
      (u[i], v[i]) = raster.affine.point(
        column: (Double(firstBlock + i) + shift) * Double(blockSize), row: row * Double(blockSize))
    }
    u.withUnsafeMutableBufferPointer { u in v.withUnsafeMutableBufferPointer { projector.project(x: u, y: $0) } }
    return (u, v)
  }
}
