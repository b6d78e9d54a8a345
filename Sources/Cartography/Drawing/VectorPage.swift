import CCairo
import Foundation

/// Files that keep lines and letters as such.
package enum VectorFormat: String, CaseIterable, Sendable {
  case pdf, svg

  package var mediaType: String {
    switch self {
    case .pdf: "application/pdf"
    case .svg: "image/svg+xml"
    }
  }
}

/// The page of a PDF or SVG file in the making. Coordinates are those of the canvas; the page may be a sheet of paper that it
/// is fitted to.
///
/// The file says nothing of its making: the same strokes give the same bytes.
final class VectorPage {
  let context: OpaquePointer
  private let format: VectorFormat
  private let surface: OpaquePointer
  private let bytes: Bytes

  private final class Bytes {
    var data = Data()
  }

  /// - Parameters:
  ///   - format: Of the file.
  ///   - width: Of the canvas, units.
  ///   - height: Of the canvas, units.
  ///   - paper: Sheet of paper, turned as the canvas is; `nil` for a page of the canvas's own shape, 1,600 units to 297 mm.
  ///   - date: What a PDF says of its making, ISO 8601.
  /// - Precondition: Cairo has memory for the page.
  init(_ format: VectorFormat, width: Int, height: Int, paper: Paper?, date: String) {
    let points = 72 / 25.4
    let margin = 8 * points
    let canvas = SIMD2(Double(width), Double(height))
    var page = canvas * (297 * points / 1_600)
    var scale = page.x / canvas.x
    var origin = SIMD2<Double>.zero
    if let paper {
      page = paper.millimetres * points
      if canvas.x > canvas.y { page = SIMD2(page.y, page.x) }
      let room = page - 2 * margin
      scale = min(room.x / canvas.x, room.y / canvas.y)
      origin = (page - canvas * scale) / 2
    }
    let bytes = Bytes()
    self.format = format
    self.bytes = bytes
    let target = Unmanaged.passUnretained(bytes).toOpaque()
    let write: cairo_write_func_t = { target, piece, count in
      guard let target, let piece else { return CAIRO_STATUS_WRITE_ERROR }
      Unmanaged<Bytes>.fromOpaque(target).takeUnretainedValue().data.append(piece, count: Int(count))
      return CAIRO_STATUS_SUCCESS
    }
    switch format {
    case .pdf:
      surface = cairo_pdf_surface_create_for_stream(write, target, page.x, page.y)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date)
    case .svg: surface = cairo_svg_surface_create_for_stream(write, target, page.x, page.y)
    }
    context = cairo_create(surface)
    precondition(cairo_status(context) == CAIRO_STATUS_SUCCESS, "no memory for a page")
    cairo_translate(context, origin.x, origin.y)
    cairo_scale(context, scale, scale)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Paints a rectangle of an image, whose device scale makes its units those of the page.
  func paint(_ image: OpaquePointer, columns: Range<Int>, rows: Range<Int>) {
    let (left, top) = (Double(columns.lowerBound), Double(rows.lowerBound))
    let box = Box(x: left, y: top, width: Double(columns.count), height: Double(rows.count))
    let part = cairo_surface_create_for_rectangle(image, box.x, box.y, box.width, box.height)
    cairo_save(context)
    cairo_set_source_surface(context, part, box.x, box.y)
    // Cells keep their edges however far a reader goes in.
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_rectangle(context, box.x, box.y, box.width, box.height)
    cairo_fill(context)
    cairo_restore(context)
    cairo_surface_destroy(part)
  }

  /// Ends the page.
  func finished() -> Data {
    cairo_surface_finish(surface)
    return format == .svg ? Self.renumbered(bytes.data) : bytes.data
  }

  /// Cairo numbers the surfaces and images of a process: here those of the file, by their first place in it.
  private static func renumbered(_ file: Data) -> Data {
    var numbers: [Substring: Int] = [:]
    let text = String(decoding: file, as: UTF8.self)
    let mark = /(?<before>id="|#)(?<kind>surface|image)(?<number>[0-9]+)/
    return Data(
      text.replacing(mark) { match in
        let number = numbers[match.number, default: numbers.count]
        numbers[match.number] = number
        return "\(match.before)\(match.kind)\(number)"
      }.utf8)
  }
}

/// Sheets that are printed on.
package enum Paper: String, CaseIterable, Sendable {
  case a4, a3

  /// Upright: width and height.
  var millimetres: SIMD2<Double> {
    switch self {
    case .a4: [210, 297]
    case .a3: [297, 420]
    }
  }
}
