import Mesh

/// Adds the exact area a polygon shares with each cell of a grid.
///
/// By Green's theorem the area of a cell inside is the sum, over the polygon's edges, of the area of the cell that lies east
/// of the edge, signed by the edge's rise. Each row of cells is summed from the polygon's own western end, so that the
/// result does not depend on the grid asked for.
///
/// - Parameters:
///   - polygon: On the lattice; the first ring is the outline, the others holes, each in either direction.
///   - grid: The cells.
///   - areas: In cells, `grid.count` elements from `offset` on; added to.
///   - offset: Place of the first cell in `areas`.
func addAreas(of polygon: LatticePolygon, on grid: MeshGrid, to areas: inout [Double], offset: Int) {
  let points = polygon.rings.flatMap { $0 }
  let (xs, ys) = (points.map(\.x), points.map(\.y))
  guard let low = xs.min(), let high = xs.max(), let bottom = ys.min(), let top = ys.max(),
    low < Double(grid.east), high > Double(grid.west), bottom < Double(grid.north), top > Double(grid.south)
  else { return }
  let west = Int(saturating: low.rounded(.down))
  let width = Int(saturating: high.rounded(.down)) - west + 1
  let south = max(grid.south, Int(saturating: bottom.rounded(.down)))
  let north = min(grid.north, Int(saturating: top.rounded(.down)) + 1)
  var strip = EdgeStrip(west: west, width: width, south: south, height: north - south)
  for (place, ring) in polygon.rings.enumerated() where ring.count >= 3 {
    // An outline counts as positive and a hole as negative, whichever way the file turns them.
    let sign: Double = (signedArea(ring) > 0) == (place == 0) ? -1 : 1
    var previous = ring[ring.count - 1]
    for point in ring {
      strip.add(from: previous, to: point, sign: sign)
      previous = point
    }
  }
  for row in 0..<strip.height {
    var full = 0.0
    for x in 0..<width {
      let area = full + strip.partial[row * width + x]
      full += strip.rise[row * width + x]
      let column = west + x - grid.west
      // What is left of a sum that should be nothing is rounding: 1e-11 cell is 10 mm².
      guard column >= 0, column < grid.width, area > 1e-11 else { continue }
      areas[offset + (grid.north - 1 - south - row) * grid.width + column] += area
    }
  }
}

/// Twice the area is not needed; the sign is.
private func signedArea(_ ring: [SIMD2<Double>]) -> Double {
  guard let origin = ring.first else { return 0 }
  var total = 0.0
  for i in ring.indices.dropLast() {
    let (a, b) = (ring[i] - origin, ring[i + 1] - origin)
    total += a.x * b.y - a.y * b.x
  }
  return total
}

/// What the edges of a polygon leave in rows of cells: the area east of them in their own cell, and their rise, which
/// counts in full for all cells farther east.
private struct EdgeStrip {
  let west: Int
  let width: Int
  let south: Int
  let height: Int
  var partial: [Double]
  var rise: [Double]

  init(west: Int, width: Int, south: Int, height: Int) {
    (self.west, self.width, self.south, self.height) = (west, width, south, max(0, height))
    partial = Array(repeating: 0, count: width * max(0, height))
    rise = partial
  }

  mutating func add(from a: SIMD2<Double>, to b: SIMD2<Double>, sign: Double) {
    guard a.y != b.y else { return }
    // From south to north whichever way the edge runs: neighbours get the same numbers from a shared border.
    let (low, high) = a.y < b.y ? (a, b) : (b, a)
    let direction = a.y < b.y ? sign : -sign
    let slope = (high.x - low.x) / (high.y - low.y)
    let first = max(south, Int(saturating: low.y.rounded(.down)))
    let last = min(south + height - 1, Int(saturating: high.y.rounded(.down)))
    guard first <= last else { return }
    for row in first...last {
      let (y0, y1) = (max(low.y, Double(row)), min(high.y, Double(row + 1)))
      guard y1 > y0 else { continue }
      let x0 = y0 == low.y ? low.x : low.x + (y0 - low.y) * slope
      let x1 = y1 == high.y ? high.x : low.x + (y1 - low.y) * slope
      addInRow(row - south, x0, x1, rise: y1 - y0, direction: direction)
    }
  }

  /// One row's part of an edge, from `x0` to `x1`, cut at the columns.
  private mutating func addInRow(_ row: Int, _ x0: Double, _ x1: Double, rise: Double, direction: Double) {
    let (left, right) = (min(x0, x1), max(x0, x1))
    let firstColumn = min(max(Int(saturating: left.rounded(.down)) - west, 0), width - 1)
    let lastColumn = min(max(Int(saturating: right.rounded(.down)) - west, firstColumn), width - 1)
    for column in firstColumn...lastColumn {
      let (cellLeft, cellRight) = (Double(west + column), Double(west + column + 1))
      let from = column == firstColumn ? left : cellLeft
      let to = column == lastColumn ? right : cellRight
      let part = right > left ? rise * (to - from) / (right - left) : rise
      let place = row * width + column
      self.rise[place] += direction * part
      partial[place] += direction * part * (cellRight - (from + to) / 2)
    }
  }
}

/// Areas of the classes of polygons, of one file or of many that are sheets of one map.
struct PolygonAreas {
  var areas: ClassAreas
  /// Codes the legend lacks, with the number of polygons that touch the grid.
  var unknown: [String: Int] = [:]
  /// Of the first file.
  let reference: SourceReference
  let recognised: [String]

  /// - Parameters:
  ///   - input: The files: paths and globs, each placed by its own reference system.
  ///   - attribute: Holds the codes.
  ///   - legend: What the codes mean.
  ///   - classes: The highest class.
  ///   - grid: The cells.
  ///   - tokyoGrid: Shifts for files on Tokyo datum.
  /// - Throws: What opening throws; `malformed` for a file without the attribute.
  init(
    _ input: [VectorInput], attribute: String, legend: Legend, classes: Int, on grid: MeshGrid, tokyoGrid: TokyoGrid?
  ) throws(RasterError) {
    var areas = ClassAreas(grid: grid, classes: classes)
    var unknown: [String: Int] = [:]
    var references: [SourceReference] = []
    var (recognised, away): ([String], Int) = ([], 0)
    var files: [VectorInput] = []
    for one in input { files += try RasterMosaic.files(one.path).map { VectorInput($0, as: one) } }
    for file in files {
      let table = try FeatureTable(file)
      if files.count > 1, !(try table.mayTouch(grid, tokyoGrid: tokyoGrid)) {
        away += 1
        references.append(try table.reference(tokyoGrid: tokyoGrid).system)
        continue
      }
      let field = try table.field(attribute)
      let (reference, remarks) = try table.forEachPolygon(fields: [field], tokyoGrid: tokyoGrid) { texts, polygons in
        let found = legend.classOf(texts[0])
        if found == nil, polygons.contains(where: { $0.touches(grid) }) {
          unknown[Legend.normalised(texts[0]), default: 0] += 1
        }
        for polygon in polygons {
          addAreas(of: polygon, on: grid, to: &areas.areas, offset: (found.map(Int.init) ?? classes + 1) * grid.count)
        }
      }
      references.append(reference)
      for remark in remarks where !recognised.contains(remark) { recognised.append(remark) }
    }
    guard let first = references.first else { throw .notFound(path: input.first?.path ?? "") }
    if files.count > 1 { recognised.append("\(files.count) files read as one map, \(away) of them away from the area") }
    if references.contains(where: { $0 != first }) {
      recognised.append("files of several reference systems: each placed by its own")
    }
    let crowded = (0..<grid.count).count { cell in
      (0...classes + 1).reduce(0.0) { $0 + areas.areas[$1 * grid.count + cell] } > 1 + 1e-6
    }
    if crowded > 0 { recognised.append("polygons overlap in \(crowded) cells: shares are parts of their sum") }
    self.areas = areas
    self.unknown = unknown
    reference = first
    self.recognised = recognised
  }
}

extension LatticePolygon {
  func touches(_ grid: MeshGrid) -> Bool {
    let points = rings.first ?? []
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    guard let low = xs.min(), let high = xs.max(), let bottom = ys.min(), let top = ys.max() else { return false }
    return low < Double(grid.east) && high > Double(grid.west) && bottom < Double(grid.north)
      && top > Double(grid.south)
  }
}
