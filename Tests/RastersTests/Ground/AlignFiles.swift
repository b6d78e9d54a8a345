import Foundation
import TestSupport

extension ScratchFolder {
  /// A raster that GDAL opens: raw 32-bit floats described by a VRT.
  func raster(
    _ numbers: [Float], width: Int, height: Int, geotransform: [Double]?, system: String? = "EPSG:4326",
    nodata: String? = nil, isPoint: Bool = false, name: String = "raster"
  ) throws -> String {
    _ = try write(numbers.withUnsafeBytes { Data($0) }, to: name + ".raw")
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
      """, to: name + ".vrt")
  }
}
