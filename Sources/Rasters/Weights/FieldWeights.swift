import Mesh

/// The exact area weights that turn fields of one raster geometry into means of MESH3 cells: made once, used for every hour.
///
/// The weights are those of `areaSums`: the area a pixel and a cell share on the lattice. Fields whose pixels are MESH3 cells
/// are copied by index. A cell of which less than half is covered by known pixels is missing.
struct FieldWeights: Sendable {
  let grid: MeshGrid
  /// The pixels a field has to give: a window of the raster, rows from its first.
  let rows: Range<Int>
  let columns: Range<Int>
  /// Least share of a cell that must be known.
  static let minimumCoverage = 0.5

  /// Where the parts of a cell begin; one more than there are cells. Empty for a copy.
  private var starts: [Int32] = []
  /// Places of pixels in the window, in the order of the file.
  private var pixels: [Int32] = []
  /// Shared areas, in cells.
  private var areas: [Double] = []
  /// The lattice cells that the window is, for a copy.
  private var window: MeshGrid?

  init(_ raster: PlacedRaster, on grid: MeshGrid) throws(RasterError) {
    self.grid = grid
    if let cells = raster.cells {
      guard let common = cells.intersection(grid) else {
        (rows, columns) = (0..<0, 0..<0)
        return
      }
      rows = cells.north - common.north..<cells.north - common.south
      columns = common.west - cells.west..<common.east - cells.west
      window = common
      return
    }
    let parts: Parts
    if raster.reference.isLatticeDegrees, raster.affine.isAxisParallel {
      parts = Self.separableParts(raster, grid)
    } else {
      parts = try Self.quadrilateralParts(raster, grid)
    }
    (rows, columns) = (parts.rows, parts.columns)
    sort(parts)
  }

  /// What shares area with the grid: pixels of a window, their cells, the areas, in the order of the file.
  private struct Parts {
    var rows = 0..<0
    var columns = 0..<0
    var pixels: [Int32] = []
    var cells: [Int32] = []
    var areas: [Double] = []

    mutating func add(_ pixel: Int, _ cell: Int, _ area: Double) {
      pixels.append(Int32(pixel))
      cells.append(Int32(cell))
      areas.append(area)
    }
  }

  private static func separableParts(_ raster: PlacedRaster, _ grid: MeshGrid) -> Parts {
    let affine = raster.affine
    let across = axisOverlaps(pixels: raster.width, cells: grid.west..<grid.east) {
      (affine.x0 + Double($0) * affine.xPerColumn - 100) * 80
    }
    let down = axisOverlaps(pixels: raster.height, cells: grid.south..<grid.north) {
      (affine.y0 + Double($0) * affine.yPerRow) * 120
    }
    var parts = Parts()
    guard let first = (across.first, down.first) as? (AxisOverlap, AxisOverlap), let lastColumn = across.last?.pixel,
      let lastRow = down.last?.pixel
    else { return parts }
    parts.columns = first.0.pixel..<lastColumn + 1
    parts.rows = first.1.pixel..<lastRow + 1
    for row in down {
      for column in across {
        let pixel = (row.pixel - first.1.pixel) * parts.columns.count + column.pixel - first.0.pixel
        let cell = (grid.north - 1 - row.cell) * grid.width + column.cell - grid.west
        parts.add(pixel, cell, row.length * column.length)
      }
    }
    return parts
  }

  private static func quadrilateralParts(_ raster: PlacedRaster, _ grid: MeshGrid) throws(RasterError) -> Parts {
    var parts = Parts()
    guard let window = try SourceFootprint(raster).window(of: grid) else { return parts }
    parts.rows = window.rows
    parts.columns = RowOverlaps.wholeBlocks(window.columns, of: raster)
    let overlaps = try RowOverlaps(raster, columns: parts.columns, grid: grid)
    for row in window.rows where overlaps.load(row) {
      let start = (row - window.rows.lowerBound) * parts.columns.count
      overlaps.forEach { first, count, cell, areas in
        for i in 0..<count { parts.add(start + first + i, cell, areas[i]) }
      }
    }
    return parts
  }

  /// Orders the parts by cell and keeps the order of the file within one.
  private mutating func sort(_ parts: Parts) {
    starts = Array(repeating: 0, count: grid.count + 1)
    for cell in parts.cells { starts[Int(cell) + 1] += 1 }
    for cell in 0..<grid.count { starts[cell + 1] += starts[cell] }
    var next = starts
    pixels = Array(repeating: 0, count: parts.pixels.count)
    areas = Array(repeating: 0, count: parts.areas.count)
    for i in parts.pixels.indices {
      let place = Int(next[Int(parts.cells[i])])
      next[Int(parts.cells[i])] += 1
      pixels[place] = parts.pixels[i]
      areas[place] = parts.areas[i]
    }
  }

  /// The mean of each cell.
  ///
  /// - Parameter values: `rows.count * columns.count` numbers of the window; `NaN` is unknown.
  /// - Returns: `NaN` where too little is known.
  func mean(of values: [Float]) -> Layer<Float> {
    precondition(values.count == rows.count * columns.count, "\(values.count) values for \(rows) x \(columns)")
    var layer = Layer<Float>(grid: grid, filledWith: .nan)
    if values.isEmpty { return layer }
    if let window { return Layer(grid: window, values: values).cropped(to: grid, fill: .nan) }
    var result = layer.values.mutableSpan
    let (starts, pixels, areas, values) = (starts.span, pixels.span, areas.span, values.span)
    for cell in 0..<grid.count {
      var (sum, known) = (0.0, 0.0)
      for part in Int(starts[cell])..<Int(starts[cell + 1]) {
        let value = values[Int(pixels[part])]
        if value.isNaN { continue }
        sum += areas[part] * Double(value)
        known += areas[part]
      }
      if known >= Self.minimumCoverage { result[cell] = Float(sum / known) }
    }
    return layer
  }
}
