import CGDAL
import Mesh

extension LayerFile {
  /// Below this many cells on the longer side no further overview is made.
  private static let smallestOverview = 24

  /// Gives a dataset in memory overviews whose cells are the greatest or the least of those they cover; a COG takes them over.
  ///
  /// GDAL has no such resampling: it makes room for them, and their values are put there.
  static func addExtremeOverviews(
    to memory: borrowing Dataset, _ bands: [DescribedBand], at cells: CellSet, isLeast: Bool, path: String
  ) throws(RasterError) {
    let grid = cells.grid
    var factors: [Int32] = []
    while max(grid.width, grid.height) >> factors.count > smallestOverview { factors.append(2 << Int32(factors.count)) }
    guard !factors.isEmpty else { return }
    let built = GDALBuildOverviews(memory.handle, "NONE", Int32(factors.count), &factors, 0, nil, nil, nil)
    guard built == CE_None else { throw .cannotWrite(path: path, reason: gdalReason()) }
    for (place, band) in bands.enumerated() {
      guard let raster = GDALGetRasterBand(memory.handle, Int32(place + 1)) else { continue }
      let nodata = band.description.storage.nodata
      // A level from the one below it: the greatest of the greatest, the least of the least.
      var (values, below) = (band.values, cells)
      for level in 0..<GDALGetOverviewCount(raster) {
        guard let overview = GDALGetOverview(raster, level) else { continue }
        let (width, height) = (Int(GDALGetRasterBandXSize(overview)), Int(GDALGetRasterBandYSize(overview)))
        values = extreme(of: values, at: below, isLeast: isLeast, width: width, height: height)
        below = CellSet(MeshGrid(south: 0, west: 0, height: height, width: width))
        var stored = values.map { $0.isNaN ? nodata : $0 }
        let failed = GDALRasterIO(
          overview, GF_Write, 0, 0, Int32(width), Int32(height), &stored, Int32(width), Int32(height), GDT_Float32, 0, 0
        )
        guard failed == CE_None else { throw .cannotWrite(path: path, reason: gdalReason()) }
      }
    }
  }

  /// The greatest or the least value of each square of four cells, `NaN` where none has one.
  private static func extreme(
    of values: [Float], at cells: CellSet, isLeast: Bool, width: Int, height: Int
  ) -> [Float] {
    var result = [Float](repeating: .nan, count: width * height)
    let values = values.span
    for run in cells.runs {
      let row = min(height - 1, run.row / 2) * width
      for step in 0..<run.count where !values[run.place + step].isNaN {
        let (value, place) = (values[run.place + step], row + min(width - 1, (run.column + step) / 2))
        let known = result[place]
        if known.isNaN || (isLeast ? value < known : value > known) { result[place] = value }
      }
    }
    return result
  }

  /// Colours inside the file; 0, the nodata value, is transparent.
  static func setPalette(_ palette: [PaletteEntry], on memory: borrowing Dataset) {
    let table = GDALCreateColorTable(GPI_RGB)
    defer { GDALDestroyColorTable(table) }
    var none = GDALColorEntry(c1: 0, c2: 0, c3: 0, c4: 0)
    GDALSetColorEntry(table, 0, &none)
    for entry in palette {
      var colour = GDALColorEntry(c1: Int16(entry.red), c2: Int16(entry.green), c3: Int16(entry.blue), c4: 255)
      GDALSetColorEntry(table, Int32(entry.value), &colour)
    }
    guard let band = GDALGetRasterBand(memory.handle, 1) else { return }
    GDALSetRasterColorTable(band, table)
    GDALSetRasterColorInterpretation(band, GCI_PaletteIndex)
  }
}
