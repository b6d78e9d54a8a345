import CGDAL
import Mesh

/// A raster with its place on the Earth: a value that every worker can open for itself.
package struct PlacedRaster: Sendable {
  enum Values: Sendable {
    case file(RasterInput)
    case tiles(TileMosaic)
    case numbers([Float])
    case codes([Int32])
  }

  let path: String
  let values: Values
  let width: Int
  let height: Int
  /// Rows that are stored together.
  let blockHeight: Int
  let affine: PixelAffine
  let reference: SourceReference
  /// What was unusual about the file and how it was taken, in words.
  package internal(set) var recognised: [String]

  /// What is done between its datum and the lattice.
  package var datum: DatumStep { reference.datum }

  /// Looks at a file: its size, place and reference system.
  ///
  /// Recognised and set right: rows from the south, longitudes outside the lattice (0-360, −180-180), swapped axes, and on
  /// files whose pixels are MESH3 cells an origin that lies half a cell off the lattice (a centre given as a corner).
  ///
  /// - Parameters:
  ///   - input: The file as the user names it; a path with `*` stands for all files that fit; several are one raster.
  ///   - tokyoGrid: Shifts for sources on Tokyo datum.
  /// - Throws: `notFound`, `cannotOpen`, `noReferenceSystem`, `badReferenceSystem` or `malformed`.
  package init(_ input: RasterInput, tokyoGrid: TokyoGrid? = nil) throws(RasterError) {
    let path = input.path
    let files = try RasterMosaic.files(input.paths)
    var opened = input
    opened.paths = [try RasterMosaic.path(of: files, named: path)]
    let dataset = try Dataset(reading: opened.path, options: input.openOptions)
    let bands = Int(GDALGetRasterCount(dataset.handle))
    guard (1...max(1, bands)).contains(input.band), bands > 0,
      let band = GDALGetRasterBand(dataset.handle, Int32(input.band))
    else {
      throw .malformed(
        path: path, reason: bands == 0 ? "no raster in it" : "no band \(input.band) among \(bands)",
        remedy: bands == 0 ? "name a subdataset, as gdalinfo lists them" : "name a band from 1 to \(bands)")
    }
    width = Int(GDALGetRasterXSize(dataset.handle))
    height = Int(GDALGetRasterYSize(dataset.handle))
    var (blockWidth, blockHeight): (Int32, Int32) = (0, 0)
    GDALGetBlockSize(band, &blockWidth, &blockHeight)
    self.blockHeight = max(1, Int(blockHeight))
    self.path = path
    values = .file(opened)
    var definition = input.referenceSystem
    if definition == nil, let stated = GDALGetSpatialRef(dataset.handle) {
      var text: UnsafeMutablePointer<CChar>?
      if OSRExportToWkt(stated, &text) == OGRERR_NONE, let text { definition = String(cString: text) }
      VSIFree(text)
    }
    guard let definition, !definition.isEmpty else { throw .noReferenceSystem(path: path) }
    reference = try SourceReference(definition, for: path, tokyoGrid: tokyoGrid)
    var t = [Double](repeating: 0, count: 6)
    guard GDALGetGeoTransform(dataset.handle, &t) == CE_None, t[1] * t[5] - t[2] * t[4] != 0 else {
      throw .malformed(
        path: path, reason: "it does not say where its pixels lie",
        remedy: "georeference it first, as gdal_translate -a_ullr or gdalwarp do")
    }
    var affine = PixelAffine(t)
    guard affine.isPlausible(width: width, height: height, isGeographic: reference.isGeographic) else {
      throw .malformed(
        path: path,
        reason: "its corners lie nowhere on the Earth (origin \(t[0]), \(t[3]); pixels of \(t[1]), \(t[5]))",
        remedy: "set its place right, as gdal_edit.py -a_ullr does")
    }
    let areaOrPoint = GDALGetMetadataItem(dataset.handle, "AREA_OR_POINT", nil).map { String(cString: $0) }
    let joined = files.count > 1 ? ["\(files.count) files read as one raster"] : []
    recognised =
      joined
      + affine.setRight(
        width: width, height: height, isGeographic: reference.isGeographic, registration: input.registration,
        isPoint: areaOrPoint == "Point")
    self.affine = affine
  }

  /// Tiles of one kind.
  ///
  /// - Parameters:
  ///   - mosaic: The tiles.
  ///   - input: Names them, and may replace their reference system.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  /// - Throws: `badReferenceSystem` or `malformed`.
  init(_ mosaic: TileMosaic, _ input: RasterInput, tokyoGrid: TokyoGrid?) throws(RasterError) {
    let reference = try SourceReference(
      input.referenceSystem ?? mosaic.tiles[0].referenceSystem, for: input.path, tokyoGrid: tokyoGrid)
    self.init(
      .tiles(mosaic), mosaic.columns.count, mosaic.rows.count, PixelAffine(mosaic.geotransform), reference, input.path)
    recognised = ["\(mosaic.tiles.count) tiles read as one raster"]
  }

  /// Numbers in memory, `NaN` where missing.
  ///
  /// - Parameters:
  ///   - numbers: Row after row.
  ///   - width: Pixels of a row.
  ///   - height: Rows.
  ///   - geotransform: The six coefficients of GDAL.
  ///   - referenceSystem: EPSG code, WKT or PROJ string.
  ///   - name: Stands for a path in messages.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  /// - Throws: `badReferenceSystem` or `malformed`.
  package init(
    numbers: [Float], width: Int, height: Int, geotransform: [Double], referenceSystem: String, name: String = "memory",
    tokyoGrid: TokyoGrid? = nil
  ) throws(RasterError) {
    precondition(numbers.count == width * height, "\(numbers.count) numbers for \(width) x \(height) pixels")
    let reference = try SourceReference(referenceSystem, for: name, tokyoGrid: tokyoGrid)
    self.init(.numbers(numbers), width, height, PixelAffine(geotransform), reference, name)
  }

  /// Codes in memory, `nil` where missing; otherwise as for numbers.
  package init(
    codes: [Int32?], width: Int, height: Int, geotransform: [Double], referenceSystem: String, name: String = "memory",
    tokyoGrid: TokyoGrid? = nil
  ) throws(RasterError) {
    precondition(codes.count == width * height, "\(codes.count) codes for \(width) x \(height) pixels")
    let reference = try SourceReference(referenceSystem, for: name, tokyoGrid: tokyoGrid)
    let stored = codes.map { $0 ?? PixelReader.noCode }
    self.init(.codes(stored), width, height, PixelAffine(geotransform), reference, name)
  }

  private init(
    _ values: Values, _ width: Int, _ height: Int, _ affine: PixelAffine, _ reference: SourceReference, _ path: String
  ) {
    self.path = path
    self.values = values
    self.width = width
    self.height = height
    blockHeight = 256
    self.affine = affine
    self.reference = reference
    recognised = []
  }

  /// Numbers come from a file and may be anything.
  var isFile: Bool {
    switch values {
    case .file, .tiles: true
    case .numbers, .codes: false
    }
  }

  /// Numbers that mean sea in what it reads, whatever the user says.
  var ownSeaValues: [Float] { if case .tiles = values { [TileMosaic.sea] } else { [] } }

  /// Refuses pictures whose colours stand for heights: a band alone is no height.
  ///
  /// - Throws: `malformed` for three or four bands of bytes that are colours.
  func refusePicture() throws(RasterError) {
    guard case .file(let input) = values else { return }
    let dataset = try Dataset(reading: input.path, options: input.openOptions)
    let bands = Int(GDALGetRasterCount(dataset.handle))
    guard let band = GDALGetRasterBand(dataset.handle, Int32(input.band)) else { return }
    let colour = GDALGetRasterColorInterpretation(band)
    let isColour = [GCI_RedBand, GCI_GreenBand, GCI_BlueBand].contains(colour) || bands >= 3 && colour != GCI_GrayIndex
    guard GDALGetRasterDataType(band) == GDT_Byte, bands >= 3 && isColour || colour == GCI_PaletteIndex else { return }
    throw .malformed(
      path: path, reason: "is a picture of \(bands) colour bands, no heights",
      remedy:
        "name tiles by zoom, column and row and add coding: to terrain, or decode it first, as gdal_calc.py does: GSI tiles are (R*65536+G*256+B)*0.01 m (minus 167772.16 above "
        + "83886.08), Terrain-RGB is -10000+(R*65536+G*256+B)*0.1 m")
  }

  /// The lattice cells its pixels are, where every pixel is one cell; rows may run either way.
  var cells: MeshGrid? {
    guard reference.isLatticeDegrees, affine.isAxisParallel else { return nil }
    let tolerance = 1e-6
    let west = (affine.x0 - 100) * 80
    let north = affine.y0 * 120
    let (perColumn, perRow) = (affine.xPerColumn * 80, affine.yPerRow * 120)
    guard abs(west - west.rounded()) < tolerance, abs(north - north.rounded()) < tolerance,
      abs(perColumn - 1) * Double(width) < tolerance, abs(perRow + 1) * Double(height) < tolerance
    else { return nil }
    return MeshGrid(
      south: Int(saturating: north.rounded()) - height, west: Int(saturating: west.rounded()), height: height,
      width: width)
  }
}
