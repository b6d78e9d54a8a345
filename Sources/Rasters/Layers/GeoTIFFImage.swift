import CGDAL

/// A raster on any grid and in any reference system, to be written as a plain tiled GeoTIFF.
///
/// For layers on the MESH3 lattice there is `LayerFile`; this is for what other people's files look like.
package struct GeoTIFFImage: Sendable {
  package enum Sample: Sendable {
    case byte, int16, uint16, float32

    fileprivate var type: GDALDataType {
      switch self {
      case .byte: GDT_Byte
      case .int16: GDT_Int16
      case .uint16: GDT_UInt16
      case .float32: GDT_Float32
      }
    }
  }

  package struct Band: Sendable {
    package let name: String
    package let tags: [String: String]
    /// Row-major from the north-west, `width * height` values; `NaN` becomes the nodata value.
    package let values: [Float]

    package init(name: String, tags: [String: String] = [:], values: [Float]) {
      self.name = name
      self.tags = tags
      self.values = values
    }
  }

  package let width: Int
  package let height: Int
  /// GDAL's six coefficients.
  package let geotransform: [Double]
  /// `EPSG:6676`, WKT or a PROJ string.
  package let referenceSystem: String
  package let sample: Sample
  package let nodata: Double?
  package let unit: String

  package init(
    width: Int, height: Int, geotransform: [Double], referenceSystem: String, sample: Sample, nodata: Double?,
    unit: String = ""
  ) {
    precondition(width > 0 && height > 0 && geotransform.count == 6, "\(width) x \(height) pixels")
    self.width = width
    self.height = height
    self.geotransform = geotransform
    self.referenceSystem = referenceSystem
    self.sample = sample
    self.nodata = nodata
    self.unit = unit
  }

  /// Writes the bands atomically.
  ///
  /// - Parameters:
  ///   - bands: At least one; each of `width * height` values.
  ///   - path: Replaced if it exists.
  ///   - tags: Dataset metadata.
  ///   - compressed: By DEFLATE with a predictor.
  /// - Throws: `cannotWrite` or `badReferenceSystem`; no file is left then.
  package func write(_ bands: [Band], to path: String, tags: [String: String] = [:], compressed: Bool = true)
    throws(RasterError)
  {
    precondition(!bands.isEmpty && bands.allSatisfy { $0.values.count == width * height }, "bands of another size")
    let memory = try inMemory(bands, path: path)
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) { GDALSetMetadataItem(memory.handle, key, value, nil) }
    let packing = ["COMPRESS=DEFLATE", "PREDICTOR=\(sample == .float32 ? 3 : 2)", "ZLEVEL=6", "NUM_THREADS=1"]
    let options =
      (compressed ? packing : []) + [
        "TILED=YES", "INTERLEAVE=BAND", "BLOCKXSIZE=\(Self.blockSide(width))", "BLOCKYSIZE=\(Self.blockSide(height))",
      ]
    try writeThroughMemory(to: path) { (target) throws(RasterError) in
      CPLErrorReset()
      let copy = withStringList(options) { options in
        GDALCreateCopy(GDALGetDriverByName("GTiff"), target, memory.handle, 0, options, nil, nil)
      }
      guard let copy else { throw .cannotWrite(path: path, reason: gdalReason()) }
      try Dataset(owning: copy).close(path)
    }
  }

  /// Tiles are multiples of 16; a small image is one tile and not the corner of a large one.
  private static func blockSide(_ pixels: Int) -> Int { min(256, (pixels + 15) / 16 * 16) }

  private func inMemory(_ bands: [Band], path: String) throws(RasterError) -> Dataset {
    prepareGDAL()
    guard
      let handle = GDALCreate(
        GDALGetDriverByName("MEM"), "", Int32(width), Int32(height), Int32(bands.count), sample.type, nil)
    else { throw .cannotWrite(path: path, reason: gdalReason()) }
    let memory = Dataset(owning: handle)
    var transform = geotransform
    GDALSetGeoTransform(handle, &transform)
    let reference = try ReferenceSystem(referenceSystem, for: path)
    GDALSetSpatialRef(handle, reference.handle)
    for (place, band) in bands.enumerated() {
      guard let raster = GDALGetRasterBand(handle, Int32(place + 1)) else {
        throw .cannotWrite(path: path, reason: gdalReason())
      }
      GDALSetDescription(raster, band.name)
      if !unit.isEmpty { GDALSetRasterUnitType(raster, unit) }
      if let nodata { GDALSetRasterNoDataValue(raster, nodata) }
      for (key, value) in band.tags.sorted(by: { $0.key < $1.key }) { GDALSetMetadataItem(raster, key, value, nil) }
      let missing = Float(nodata ?? 0)
      var stored = band.values.map { $0.isNaN ? missing : $0 }
      let failed = GDALRasterIO(
        raster, GF_Write, 0, 0, Int32(width), Int32(height), &stored, Int32(width), Int32(height), GDT_Float32, 0, 0)
      guard failed == CE_None else { throw .cannotWrite(path: path, reason: gdalReason()) }
    }
    return memory
  }
}
