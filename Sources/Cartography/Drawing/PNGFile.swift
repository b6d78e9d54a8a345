import CPNG
package import Foundation

/// Encodes an RGB picture as PNG. No time and no text go in: the same pixels give the same bytes.
///
/// - Parameters:
///   - pixels: Red, green, blue by turns, rows from the top, `width * height * 3` values.
///   - width: Pixels a row.
///   - height: Rows.
/// - Returns: The bytes of the file.
/// - Precondition: libpng has memory for it.
package func encodePNG(_ pixels: [UInt8], width: Int, height: Int) -> Data {
  precondition(pixels.count == width * height * 3, "\(pixels.count) values for \(width) x \(height) pixels")
  var image = png_image()
  image.version = UInt32(PNG_IMAGE_VERSION)
  image.width = UInt32(width)
  image.height = UInt32(height)
  image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
  // Room for the worst case: every row stored as it is, with the bytes of filters, blocks and chunks.
  var size = pixels.count + pixels.count / 8 + height + 65_536
  var bytes = [UInt8](repeating: 0, count: size)
  let done = png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil)
  precondition(done != 0, "libpng cannot encode \(width) x \(height) pixels")
  return Data(bytes.prefix(size))
}
