extension Grib2Field {
  /// Writes the field as a GeoTIFF on its own cells: EPSG:6668, exact edges, nodata, unit, times as tags.
  ///
  /// - Parameter path: Replaced if it exists.
  /// - Throws: What unpacking throws, or `cannotWrite`; no file is left then.
  package func exportGeoTIFF(_ path: String) throws(RasterError) {
    let grid = try latitudeLongitudeGrid()
    let image = GeoTIFFImage(
      width: grid.columns, height: grid.rows, geotransform: grid.geotransform, referenceSystem: "EPSG:6668",
      sample: .float32, nodata: -9_999, unit: quantity.unit)
    var tags = [
      "SOURCE": self.path, "FIELD": "\(index)", "REFERENCE_TIME": product.referenceTime.utcText,
      "GRIB_CODE": "\(product.discipline)/\(product.category)/\(product.parameter)",
    ]
    if let valid = product.validTime { tags["VALID_TIME_JST"] = valid.jstText }
    if let interval = product.interval { tags["START_TIME"] = interval.start.utcText }
    let values = try values()
    try image.write([GeoTIFFImage.Band(name: quantity.words(product), values: values)], to: path, tags: tags)
  }
}
