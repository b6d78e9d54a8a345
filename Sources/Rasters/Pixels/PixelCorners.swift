/// Lattice coordinates of the corners of a raster's pixels, line after line, for any reference system.
///
/// PROJ is asked for nine nodes of blocks of `S` × `S` pixels that are counted from the raster's first pixel. Corners between
/// them follow the biquadratic surface through the nodes where that is within 2e-6 cell (2 mm) of PROJ at two points of the
/// block that tell most, and are asked of PROJ one by one elsewhere. So each corner depends on its own number alone, never
/// on the window, tile or thread.
final class PixelCorners {
  private let raster: PlacedRaster
  private let columns: Range<Int>
  private let projector: LatticeProjector
  /// Pixels of a block's side.
  let blockSize: Int
  private let firstBlock: Int
  private let blocks: Int
  private var blockRow = -1
  // Nodes half a block apart, of the current row of blocks.
  private var top = Nodes()
  private var middle = Nodes()
  private var bottom = Nodes()
  /// Whether corners of a block on the last line asked for follow the surface, by block of `columns`.
  private(set) var isSmooth: [Bool]
  private static let tolerance = 2e-6
  /// Largest quadratic term along a line of a smooth block, in cells.
  private static let bend = 0.004

  private struct Nodes {
    var u: [Double] = []
    var v: [Double] = []
  }

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
    isSmooth = []
  }

  /// A power of two, so that fractions of a block are exact; at most 2,560 m, from the raster alone.
  static func blockSize(of raster: PlacedRaster) -> Int {
    let a = raster.affine
    let unit = raster.reference.metresPerUnit
    let pixel = unit * max(abs(a.xPerColumn) + abs(a.yPerColumn), abs(a.xPerRow) + abs(a.yPerRow))
    var size = 1
    while size < 64, pixel * Double(2 * size) <= 2_560 { size *= 2 }
    return size
  }

  /// How far a corner within `count` pixels of a smooth block can lie beside the straight line between their ends, cells.
  func slack(ofRun count: Int) -> Double {
    let part = Double(count) / Double(blockSize)
    return Self.bend / 4 * part * part
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
      guard isSmooth[block] else {
        ask(wanted, line, u + place, v + place)
        continue
      }
      let (curveU, curveV) = curves(block: block, down: part)
      let step = 1 / Double(blockSize)
      let (toU, toV) = (u + place, v + place)
      let from = wanted.lowerBound - start
      for i in 0..<wanted.count {
        let s = Double(from + i) * step
        toU[i] = curveU.value(at: s)
        toV[i] = curveV.value(at: s)
      }
    }
  }

  /// `start + s (linear + s quadratic)`, `s` from 0 to 1 along a block.
  private struct Curve {
    let start: Double
    let linear: Double
    let quadratic: Double

    /// Through values at 0, 1/2 and 1.
    init(_ a: Double, _ b: Double, _ c: Double) {
      start = a
      linear = 4 * b - 3 * a - c
      quadratic = 2 * (a - 2 * b + c)
    }

    @inline(__always)
    func value(at s: Double) -> Double { start + s * (linear + s * quadratic) }
  }

  /// Both coordinates along the line that lies a part of the block below its upper side.
  private func curves(block: Int, down t: Double) -> (u: Curve, v: Curve) {
    let (w0, w1, w2) = ((1 - t) * (1 - 2 * t), 4 * t * (1 - t), t * (2 * t - 1))
    let j = 2 * block
    func u(_ k: Int) -> Double { w0 * top.u[k] + w1 * middle.u[k] + w2 * bottom.u[k] }
    func v(_ k: Int) -> Double { w0 * top.v[k] + w1 * middle.v[k] + w2 * bottom.v[k] }
    return (Curve(u(j), u(j + 1), u(j + 2)), Curve(v(j), v(j + 1), v(j + 2)))
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
    guard blockSize > 1 else {
      isSmooth = Array(repeating: false, count: blocks)
      return
    }
    let across = (0...2 * blocks).map { Double($0) / 2 }
    top = row == blockRow + 1 && blockRow >= 0 ? bottom : projected(row: Double(row), across)
    middle = projected(row: Double(row) + 0.5, across)
    bottom = projected(row: Double(row) + 1, across)
    blockRow = row
    // Where x (x − 1/2) (x − 1), the form of the error, is nearly largest; two places, so that errors cannot cancel.
    let quarters = (0..<blocks).map { Double($0) + 0.25 }
    let probes = [0.25, 0.75].map { (down: $0, truth: projected(row: Double(row) + $0, quarters)) }
    isSmooth = (0..<blocks).map { block in
      probes.allSatisfy { probe in
        let (u, v) = curves(block: block, down: probe.down)
        return abs(u.value(at: 0.25) - probe.truth.u[block]) < Self.tolerance
          && abs(v.value(at: 0.25) - probe.truth.v[block]) < Self.tolerance
          && abs(u.quadratic) < Self.bend && abs(v.quadratic) < Self.bend
      }
    }
  }

  /// Points of a row of blocks, at places counted in blocks from the first.
  private func projected(row: Double, _ across: [Double]) -> Nodes {
    var result = Nodes(u: across, v: across)
    for (i, place) in across.enumerated() {
      (result.u[i], result.v[i]) = raster.affine.point(
        column: (Double(firstBlock) + place) * Double(blockSize), row: row * Double(blockSize))
    }
    result.u.withUnsafeMutableBufferPointer { u in
      result.v.withUnsafeMutableBufferPointer { projector.project(x: u, y: $0) }
    }
    return result
  }
}
