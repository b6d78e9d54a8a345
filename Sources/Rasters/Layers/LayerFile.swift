import CGDAL
import Foundation
package import Mesh

/// One band of a layer file with what is said about it.
package struct DescribedBand: Sendable {
  package let description: LayerDescription
  /// Band name where it is not the layer's title: the time of an hour, the name of a class share.
  package let name: String?
  private let made: @Sendable () -> [Float]

  package init(_ description: LayerDescription, name: String? = nil, values: [Float]) {
    self.init(description, name: name) { values }
  }

  /// A band whose values are made each time they are wanted, so that those of a file need not be in memory together.
  package init(_ description: LayerDescription, name: String? = nil, made: @escaping @Sendable () -> [Float]) {
    self.description = description
    self.name = name
    self.made = made
  }

  package var values: [Float] { made() }
}

/// Layers of one grid as a GeoTIFF of ours: EPSG:6668, exact lattice, nodata, units, band names, statistics, tags.
package enum LayerFile {
  package enum Format: Sendable {
    /// Cloud-optimised, with overviews: what users open.
    case cloudOptimised
    /// Plain tiled GeoTIFF with a seal behind it (`Seal`): archives and stores, quick to write.
    case plain
  }

  /// What a cell of an overview shows of the four below it: the worst, as a hazard of one cell must not vanish when a viewer
  /// zooms out; of what is neither worse nor better, what there is most of.
  package enum Overviews: Sendable {
    /// The most frequent class, or one of the values.
    case usual
    /// The greatest.
    case greatest
    /// The least: of places in an order whose first is the worst.
    case least
  }

  /// A colour of a value of a byte layer, for viewers that read no style file.
  package struct PaletteEntry: Sendable {
    package let value: Int
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    package init(value: Int, red: UInt8, green: UInt8, blue: UInt8) {
      self.value = value
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  /// Of cloud-optimised files. Small, so that few blocks hold both land and sea: the layers of islands far apart are written
  /// in half the time that blocks of 256 take. GDAL makes none that are smaller.
  private static let blockSide = 128

  /// Writes layers of all cells of a grid; see `write(_:at:)`.
  package static func write(
    _ bands: [DescribedBand], on grid: MeshGrid, to path: String, format: Format = .cloudOptimised,
    tags: [String: String] = [:], overviews: Overviews = .usual, palette: [PaletteEntry] = []
  ) throws(RasterError) {
    try write(
      bands, at: CellSet(grid), to: path, format: format, tags: tags, overviews: overviews, palette: palette)
  }

  /// Writes the bands atomically. Missing values (`NaN`) become the declared nodata; a block without any other is left out,
  /// as GeoTIFF has it: most of the rectangle around far islands is sea.
  ///
  /// - Parameters:
  ///   - bands: All of one storage type; `values` have one value a cell of the set.
  ///   - cells: The cells; the file has their grid, and others are missing.
  ///   - path: Replaced if it exists.
  ///   - format: COG or plain.
  ///   - tags: Dataset metadata: dates, provenance.
  ///   - overviews: How a cloud-optimised file is thinned out.
  ///   - palette: Colours of the classes of a byte layer of one band; other layers have none.
  /// - Throws: `cannotWrite`; no file is left then.
  package static func write(
    _ bands: [DescribedBand], at cells: CellSet, to path: String, format: Format = .cloudOptimised,
    tags: [String: String] = [:], overviews: Overviews = .usual, palette: [PaletteEntry] = []
  ) throws(RasterError) {
    precondition(!bands.isEmpty, "a file without bands")
    let memory = try inMemory(bands, at: cells, path: path)
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) { GDALSetMetadataItem(memory.handle, key, value, nil) }
    let isByte = bands[0].description.storage == .byte
    if isByte, bands.count == 1, !palette.isEmpty { setPalette(palette, on: memory) }
    if overviews != .usual, format == .cloudOptimised {
      try addExtremeOverviews(to: memory, bands, at: cells, isLeast: overviews == .least, path: path)
    }
    let predictor = isByte ? "2" : "3"
    let driverName: String
    let options: [String]
    switch format {
    case .cloudOptimised:
      driverName = "COG"
      options = [
        "COMPRESS=DEFLATE", "PREDICTOR=\(predictor)", "BLOCKSIZE=\(blockSide)", "NUM_THREADS=1", "SPARSE_OK=TRUE",
        "OVERVIEW_RESAMPLING=\(isByte ? "MODE" : "NEAREST")",
      ]
    case .plain:
      driverName = "GTiff"
      // A part of an area gets blocks of its own size: no padding to unpack at every reading.
      func side(_ cells: Int) -> Int { min(256, (cells + 15) / 16 * 16) }
      options = [
        "COMPRESS=DEFLATE", "PREDICTOR=\(predictor)", "ZLEVEL=6", "TILED=YES",
        "BLOCKXSIZE=\(side(cells.grid.width))", "BLOCKYSIZE=\(side(cells.grid.height))", "INTERLEAVE=BAND",
        "BIGTIFF=IF_SAFER", "SPARSE_OK=TRUE",
      ]
    }
    try writeThroughMemory(to: path, sealed: format == .plain) { (target) throws(RasterError) in
      CPLErrorReset()
      let copy = withStringList(options) { options in
        GDALCreateCopy(GDALGetDriverByName(driverName), target, memory.handle, 0, options, nil, nil)
      }
      guard let copy else { throw .cannotWrite(path: path, reason: gdalReason()) }
      try Dataset(owning: copy).close(path)
    }
  }

  private static func inMemory(
    _ bands: [DescribedBand], at cells: CellSet, path: String
  ) throws(RasterError) -> Dataset {
    prepareGDAL()
    let grid = cells.grid
    let storage = bands[0].description.storage
    let type = storage == .byte ? GDT_Byte : GDT_Float32
    guard
      let handle = GDALCreate(
        GDALGetDriverByName("MEM"), "", Int32(grid.width), Int32(grid.height), Int32(bands.count), type, nil)
    else { throw .cannotWrite(path: path, reason: gdalReason()) }
    let memory = Dataset(owning: handle)
    var transform = grid.geotransform
    GDALSetGeoTransform(handle, &transform)
    let reference = try ReferenceSystem("EPSG:6668", for: path)
    GDALSetSpatialRef(handle, reference.handle)
    // Between the cells there is nothing but nodata, for all bands.
    var stored: [Float] = []
    for (place, band) in bands.enumerated() {
      guard let raster = GDALGetRasterBand(handle, Int32(place + 1)) else {
        throw .cannotWrite(path: path, reason: gdalReason())
      }
      let description = band.description
      GDALSetDescription(raster, band.name ?? description.title)
      if !description.unit.isEmpty { GDALSetRasterUnitType(raster, description.unit) }
      let nodata = description.storage.nodata
      GDALSetRasterNoDataValue(raster, Double(nodata))
      if !description.classes.isEmpty {
        _ = withStringList((description.firstClass == 1 ? ["nodata"] : []) + description.classes) {
          GDALSetRasterCategoryNames(raster, $0)
        }
      }
      let values = band.values
      if place == 0 { stored = [Float](repeating: nodata, count: grid.count) }
      cells.put(values, into: &stored, nodata: nodata)
      let failed = GDALRasterIO(
        raster, GF_Write, 0, 0, Int32(grid.width), Int32(grid.height), &stored, Int32(grid.width), Int32(grid.height),
        GDT_Float32, 0, 0)
      guard failed == CE_None else { throw .cannotWrite(path: path, reason: gdalReason()) }
      setStatistics(of: values, on: raster)
    }
    return memory
  }

  /// Minimum, maximum, mean and deviation, so that QGIS need not compute them.
  static func setStatistics(of values: [Float], on raster: GDALRasterBandH?) {
    var (low, high) = (Double.infinity, -Double.infinity)
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    for value in values where !value.isNaN {
      let v = Double(value)
      (low, high) = (min(low, v), max(high, v))
      sum += v
      squares += v * v
      count += 1
    }
    guard count > 0 else { return }
    let mean = sum / count
    GDALSetRasterStatistics(raster, low, high, mean, max(0, squares / count - mean * mean).squareRoot())
  }

  /// Reads a file that lies on the lattice; nodata becomes `NaN`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - alone: Takes nothing from files beside it.
  /// - Returns: The bands, their names and the dataset's tags.
  /// - Throws: `notFound`, `cannotOpen`, `cannotRead`, or `malformed` when the pixels are not MESH3 cells.
  package static func read(
    _ path: String, alone: Bool = false
  ) throws(RasterError) -> (stack: LayerStack<Float>, names: [String], tags: [String: String]) {
    let dataset = try Dataset(reading: path, alone: alone)
    let grid = try latticeGrid(of: dataset, path: path)
    let count = Int(GDALGetRasterCount(dataset.handle))
    var stack = LayerStack<Float>(grid: grid, bands: count, filledWith: .nan)
    var names: [String] = []
    for band in 0..<count {
      guard let raster = GDALGetRasterBand(dataset.handle, Int32(band + 1)) else {
        throw .unread(path)
      }
      names.append(String(cString: GDALGetDescription(raster)))
      let failed = stack.values.withUnsafeMutableBytes { bytes in
        GDALRasterIO(
          raster, GF_Read, 0, 0, Int32(grid.width), Int32(grid.height),
          bytes.baseAddress?.advanced(by: band * grid.count * MemoryLayout<Float>.stride),
          Int32(grid.width), Int32(grid.height), GDT_Float32, 0, 0)
      }
      guard failed == CE_None else { throw .unread(path) }
      var hasNodata: Int32 = 0
      let nodata = Float(GDALGetRasterNoDataValue(raster, &hasNodata))
      guard hasNodata != 0 else { continue }
      for i in band * grid.count..<(band + 1) * grid.count where stack.values[i] == nodata { stack.values[i] = .nan }
    }
    return (stack, names, tags(of: dataset))
  }

  /// Reads a file that was written as `plain`; see `read(_:alone:)`.
  ///
  /// - Throws: `notAsWritten` for one whose seal does not fit, and as `read(_:alone:)`.
  package static func readSealed(
    _ path: String
  ) throws(RasterError) -> (stack: LayerStack<Float>, names: [String], tags: [String: String]) {
    try Seal.check(path)
    return try read(path, alone: true)
  }

  /// The tags of a file, without touching a pixel: a seal is not checked.
  package static func tags(of path: String) throws(RasterError) -> [String: String] {
    let dataset = try Dataset(reading: path, alone: true)
    return tags(of: dataset)
  }

  static func tags(of dataset: borrowing Dataset) -> [String: String] {
    var result: [String: String] = [:]
    guard let list = GDALGetMetadata(dataset.handle, nil) else { return result }
    for i in 0..<Int(CSLCount(list)) {
      guard let item = list[i] else { continue }
      let text = String(cString: item)
      guard let equals = text.firstIndex(of: "=") else { continue }
      result[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return result
  }

  /// The lattice cells of a dataset whose pixels are MESH3 cells.
  static func latticeGrid(of dataset: borrowing Dataset, path: String) throws(RasterError) -> MeshGrid {
    var transform = [Double](repeating: 0, count: 6)
    let hasTransform = GDALGetGeoTransform(dataset.handle, &transform) == CE_None
    let (width, height) = (Int(GDALGetRasterXSize(dataset.handle)), Int(GDALGetRasterYSize(dataset.handle)))
    let west = ((transform[0] - 100) * 80).rounded()
    let north = (transform[3] * 120).rounded()
    let notCells = RasterError.malformed(
      path: path, reason: "its pixels are not MESH3 cells", remedy: "align it first, as lsmap align does")
    // A damaged file may lie anywhere, or nowhere.
    let places = 0.0...8_000
    guard hasTransform, places.contains(west), places.contains(north) else { throw notCells }
    let expected = MeshGrid(south: Int(north) - height, west: Int(west), height: height, width: width)
    guard zip(transform, expected.geotransform).allSatisfy({ abs($0 - $1) < 1e-9 }) else { throw notCells }
    return expected
  }
}

extension CellSet {
  /// Puts values of the cells to their places on the whole grid; `NaN` becomes nodata.
  fileprivate func put(_ values: [Float], into pixels: inout [Float], nodata: Float) {
    precondition(values.count == count && pixels.count == grid.count, "a band of another size")
    let values = values.span
    var pixels = pixels.mutableSpan
    for run in runs {
      let first = run.row * grid.width + run.column
      for step in 0..<run.count {
        let value = values[run.place + step]
        pixels[first + step] = value.isNaN ? nodata : value
      }
    }
  }
}
