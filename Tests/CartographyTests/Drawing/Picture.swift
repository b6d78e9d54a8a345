import CPNG
import Cartography
import Foundation
import Testing

/// A PNG file read back pixel by pixel.
struct Picture {
  let width: Int
  let height: Int
  private let pixels: [UInt8]

  init(png: Data) throws {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    let bytes = [UInt8](png)
    // libpng keeps the pointer between its two calls.
    let pixels = bytes.withUnsafeBufferPointer { buffer -> [UInt8]? in
      guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0 else { return nil }
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
      var pixels = [UInt8](repeating: 0, count: Int(image.width * image.height) * 3)
      return png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 ? pixels : nil
    }
    (width, height) = (Int(image.width), Int(image.height))
    self.pixels = try #require(pixels)
  }

  subscript(x: Int, y: Int) -> Colour {
    let i = (y * width + x) * 3
    return Colour(pixels[i], pixels[i + 1], pixels[i + 2])
  }
}
