import CGDAL

extension Grib2Field {
  /// Values of a packing other than 5.0 and 5.200, unpacked by GDAL: complex packing, JPEG 2000, PNG.
  ///
  /// GDAL is shown a message of this field alone, without its bitmap and with a plain product section: it refuses the JMA's
  /// local ones. So the values come in the file's order of points with data.
  func valuesThroughGDAL() throws(RasterError) -> [Float] {
    let count = packing.count
    guard count > 0 else { return [] }
    // GDAL holds a field several times over.
    guard count <= 9_000_000 else {
      throw sections.packing.unsupported(
        "field \(index) has \(count) points in packing 5.\(packing.template)", remedy: "cut an area out first")
    }
    // A row of points on a plain grid, whatever the field's own looks like.
    let bytes = try messageForGDAL(points: count)
    return try withMemoryFile(bytes, suffix: ".grib2") { (name) throws(RasterError) in
      // Kelvin stay Kelvin.
      CPLSetThreadLocalConfigOption("GRIB_NORMALIZE_UNITS", "NO")
      defer { CPLSetThreadLocalConfigOption("GRIB_NORMALIZE_UNITS", nil) }
      let dataset = try namedForField { () throws(RasterError) in try Dataset(reading: name) }
      let (width, height) = (Int(GDALGetRasterXSize(dataset.handle)), Int(GDALGetRasterYSize(dataset.handle)))
      guard let band = GDALGetRasterBand(dataset.handle, 1), width == count, height == 1 else {
        throw sections.packing.malformed("gives GDAL \(width) x \(height) points, not \(count)")
      }
      var values = [Float](repeating: .nan, count: count)
      CPLErrorReset()
      let failed = GDALRasterIO(band, GF_Read, 0, 0, Int32(count), 1, &values, Int32(count), 1, GDT_Float32, 0, 0)
      guard failed == CE_None, CPLGetLastErrorType() != CE_Failure else {
        throw RasterError.cannotRead(path: path, reason: "template 5.\(packing.template): " + gdalReason())
      }
      var hasNodata: Int32 = 0
      let nodata = Float(GDALGetRasterNoDataValue(band, &hasNodata))
      return hasNodata == 0 ? values : values.map { $0 == nodata ? .nan : $0 }
    }
  }

  private func namedForField(_ open: () throws(RasterError) -> Dataset) throws(RasterError) -> Dataset {
    do { return try open() } catch {
      throw .malformed(
        path: path, reason: "field \(index) is packed by template 5.\(packing.template), which GDAL cannot unpack",
        remedy: "give it in simple or run-length packing")
    }
  }

  private func messageForGDAL(points: Int) throws(RasterError) -> [UInt8] {
    func number(_ value: Int, _ octets: Int) -> [UInt8] {
      (0..<octets).map { UInt8(truncatingIfNeeded: value >> (8 * (octets - 1 - $0))) }
    }
    func copy(_ section: Grib2Section) -> [UInt8] { Array(section.file.bytes[section.range]) }
    var grid = number(72, 4) + [3, 0] + number(points, 4) + [0, 0] + number(0, 2)
    grid += [6] + [UInt8](repeating: 0xFF, count: 15) + number(points, 4) + number(1, 4)
    grid += number(0, 4) + number(0xFFFF_FFFF, 4)
    // One microdegree a point: GDAL needs a grid, nobody reads it.
    grid += number(30_000_000, 4) + number(0, 4) + [0x30] + number(30_000_000, 4) + number(points - 1, 4)
    grid += number(1, 4) + number(1, 4) + [0]
    let product =
      number(34, 4) + [4] + number(0, 4) + Array(copy(sections.product)[9..<11]) + [2, 0, 0, 0, 0, 0, 1]
      + number(0, 4) + [1] + [UInt8](repeating: 0xFF, count: 11)
    var message = Array("GRIB".utf8) + [0xFF, 0xFF, UInt8(self.product.discipline), 2]
    let body =
      copy(sections.identification) + grid + product + copy(sections.packing) + number(6, 4) + [6, 255]
      + copy(sections.data) + Array("7777".utf8)
    message += number(16 + body.count, 8) + body
    return message
  }
}
