import Foundation

/// A folder for one test's files, removed with the value.
final class ScratchFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "lsmap-align-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws -> String { try write(Data(text.utf8), name) }

  func write(_ bytes: Data, _ name: String) throws -> String {
    try bytes.write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  /// A raster that GDAL opens: raw 32-bit floats described by a VRT.
  func raster(
    _ numbers: [Float], width: Int, height: Int, geotransform: [Double]?, system: String? = "EPSG:4326",
    nodata: String? = nil, isPoint: Bool = false, name: String = "raster"
  ) throws -> String {
    _ = try write(numbers.withUnsafeBytes { Data($0) }, name + ".raw")
    let place = geotransform.map { "<GeoTransform>\($0.map { "\($0)" }.joined(separator: ", "))</GeoTransform>" } ?? ""
    let srs = system.map { "<SRS>\($0)</SRS>" } ?? ""
    let point = isPoint ? "<Metadata><MDI key=\"AREA_OR_POINT\">Point</MDI></Metadata>" : ""
    let missing = nodata.map { "<NoDataValue>\($0)</NoDataValue>" } ?? ""
    return try write(
      """
      <VRTDataset rasterXSize="\(width)" rasterYSize="\(height)">\(srs)\(place)\(point)
        <VRTRasterBand dataType="Float32" band="1" subClass="VRTRawRasterBand">\(missing)
          <SourceFilename relativetoVRT="1">\(name).raw</SourceFilename>
          <ImageOffset>0</ImageOffset><PixelOffset>4</PixelOffset><LineOffset>\(4 * width)</LineOffset>
          <ByteOrder>LSB</ByteOrder>
        </VRTRasterBand>
      </VRTDataset>
      """, name + ".vrt")
  }
}
