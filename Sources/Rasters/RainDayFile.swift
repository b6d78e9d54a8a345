import CGDAL
package import Mesh

/// A day of the rain archive: 24 Float32 bands on the lattice, one an hour, in a plain tiled GeoTIFF.
///
/// Bands are written as they are made, so that a day of all Japan needs the memory of one hour; blocks without any value
/// take no room. Bytes depend on nothing but the values and tags.
package enum RainDayFile {
  /// Which hours a file holds and where they come from, read without touching a pixel.
  package struct Record: Sendable, Equatable {
    package let grid: MeshGrid
    /// For the hours ending 01:00 ... 24:00: does the file hold a value?
    package let present: [Bool]
    package let tags: [String: String]
  }

  /// Tag that says for each of the 24 hours whether it is there: `1` or `0`.
  package static let hoursTag = "RAIN_HOURS"
  private static let blockSide = 256

  /// Writes a day atomically.
  ///
  /// - Parameters:
  ///   - day: Its hours name the bands.
  ///   - grid: The cells.
  ///   - path: Replaced if it exists.
  ///   - tags: Dataset metadata: sources, fingerprint.
  ///   - companion: Called when all hours are written, before the file appears: for what must not lag behind it.
  ///   - field: Rain of an hour in mm on `grid`; `nil` leaves the hour missing.
  /// - Returns: The hours that were there.
  /// - Throws: What `field` throws, or `cannotWrite`; no file is left then.
  package static func write(
    _ day: JSTDay, on grid: MeshGrid, to path: String, tags: [String: String],
    companion: () throws(RasterError) -> Void = {},
    field: (JSTHour) throws(RasterError) -> Layer<Float>?
  ) throws(RasterError) -> [Bool] {
    prepareGDAL()
    var present = [Bool](repeating: false, count: 24)
    try writeAtomically(to: path) { (temporary) throws(RasterError) in
      let dataset = try create(temporary, grid, path: path)
      for (key, value) in tags.sorted(by: { $0.key < $1.key }) { GDALSetMetadataItem(dataset.handle, key, value, nil) }
      for (band, hour) in day.hours.enumerated() {
        guard let raster = GDALGetRasterBand(dataset.handle, Int32(band + 1)) else {
          throw .cannotWrite(path: path, reason: gdalReason())
        }
        GDALSetDescription(raster, "\(hour)")
        GDALSetRasterUnitType(raster, LayerDescription.hourlyRain.unit)
        GDALSetRasterNoDataValue(raster, Double(nodata))
      }
      for (band, hour) in day.hours.enumerated() {
        guard let layer = try field(hour) else { continue }
        precondition(layer.grid == grid, "an hour on another grid")
        present[band] = true
        try writeBlocks(of: layer, to: band, of: dataset, path: path)
      }
      try companion()
      GDALSetMetadataItem(dataset.handle, hoursTag, present.map { $0 ? "1" : "0" }.joined(), nil)
      try dataset.close(path)
    }
    return present
  }

  /// Reads the hours of a day on a grid; cells and hours the file lacks are `NaN`.
  ///
  /// - Returns: 24 bands, mm.
  /// - Throws: `notFound`, `cannotOpen`, `cannotRead`, or `malformed` for a file that is no day of rain.
  package static func read(_ path: String, on grid: MeshGrid) throws(RasterError) -> LayerStack<Float> {
    let dataset = try Dataset(reading: path)
    let stored = try checkedGrid(of: dataset, path: path)
    var stack = LayerStack<Float>(grid: grid, bands: 24, filledWith: .nan)
    guard let common = stored.intersection(grid) else { return stack }
    let offset = ((grid.north - common.north) * grid.width + common.west - grid.west) * MemoryLayout<Float>.stride
    let failed = stack.values.withUnsafeMutableBytes { bytes in
      GDALDatasetRasterIOEx(
        dataset.handle, GF_Read, Int32(common.west - stored.west), Int32(stored.north - common.north),
        Int32(common.width), Int32(common.height), bytes.baseAddress?.advanced(by: offset), Int32(common.width),
        Int32(common.height), GDT_Float32, 24, nil, 4, GSpacing(grid.width * 4), GSpacing(grid.count * 4), nil)
    }
    guard failed == CE_None else { throw .cannotRead(path: path, reason: gdalReason()) }
    let nodata = nodata
    var values = stack.values.mutableSpan
    for i in values.indices where values[i] == nodata { values[i] = .nan }
    return stack
  }

  /// What a file says about itself.
  ///
  /// - Throws: As `read`.
  package static func record(_ path: String) throws(RasterError) -> Record {
    let dataset = try Dataset(reading: path)
    let grid = try checkedGrid(of: dataset, path: path)
    let tags = LayerFile.tags(of: dataset)
    return Record(grid: grid, present: (tags[hoursTag] ?? "").map { $0 == "1" }, tags: tags)
  }

  private static var nodata: Float {
    guard case .float32(let nodata) = LayerDescription.hourlyRain.storage else { return -9999 }
    return nodata
  }

  private static func checkedGrid(of dataset: borrowing Dataset, path: String) throws(RasterError) -> MeshGrid {
    let grid = try LayerFile.latticeGrid(of: dataset, path: path)
    let hours = LayerFile.tags(of: dataset)[hoursTag]
    guard GDALGetRasterCount(dataset.handle) == 24, hours?.count == 24 else {
      throw .malformed(
        path: path, reason: "it is no day of the rain archive", remedy: "import it with lsmap rain import")
    }
    return grid
  }

  private static func create(_ temporary: String, _ grid: MeshGrid, path: String) throws(RasterError) -> Dataset {
    // Small areas get blocks of their own size: no padding to compress.
    func side(_ cells: Int) -> Int { min(blockSide, (cells + 15) / 16 * 16) }
    let options = [
      "COMPRESS=DEFLATE", "PREDICTOR=3", "ZLEVEL=6", "TILED=YES", "BLOCKXSIZE=\(side(grid.width))",
      "BLOCKYSIZE=\(side(grid.height))", "INTERLEAVE=BAND", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER",
    ]
    CPLErrorReset()
    let handle = withStringList(options) { options in
      GDALCreate(
        GDALGetDriverByName("GTiff"), temporary, Int32(grid.width), Int32(grid.height), 24, GDT_Float32, options)
    }
    guard let handle else { throw .cannotWrite(path: path, reason: gdalReason()) }
    let dataset = Dataset(owning: handle)
    var transform = grid.geotransform
    GDALSetGeoTransform(handle, &transform)
    let reference = try ReferenceSystem("EPSG:6668", for: path)
    GDALSetSpatialRef(handle, reference.handle)
    return dataset
  }

  /// Block by block past GDAL's cache, which would write in an order of its own.
  private static func writeBlocks(
    of layer: Layer<Float>, to band: Int, of dataset: borrowing Dataset, path: String
  ) throws(RasterError) {
    let raster = GDALGetRasterBand(dataset.handle, Int32(band + 1))
    var (blockWidth, blockHeight): (Int32, Int32) = (0, 0)
    GDALGetBlockSize(raster, &blockWidth, &blockHeight)
    let (width, height) = (Int(blockWidth), Int(blockHeight))
    let grid = layer.grid
    let nodata = nodata
    var block = [Float](repeating: nodata, count: width * height)
    for y0 in stride(from: 0, to: grid.height, by: height) {
      for x0 in stride(from: 0, to: grid.width, by: width) {
        var isEmpty = true
        var cells = block.mutableSpan
        let values = layer.values.span
        for y in 0..<height {
          for x in 0..<width {
            let inside = y0 + y < grid.height && x0 + x < grid.width
            let value = inside ? values[(y0 + y) * grid.width + x0 + x] : .nan
            cells[y * width + x] = value.isNaN ? nodata : value
            if !value.isNaN { isEmpty = false }
          }
        }
        if isEmpty { continue }
        let failed = GDALWriteBlock(raster, Int32(x0 / width), Int32(y0 / height), &block)
        guard failed == CE_None else { throw .cannotWrite(path: path, reason: gdalReason()) }
      }
    }
  }
}
