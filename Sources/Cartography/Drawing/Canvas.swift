import CCairo
import Foundation

/// A picture in the making: a Cairo image with the few strokes that maps and plots need.
///
/// Everything drawn is opaque or a plain alpha blend, with no clock and no randomness: the same calls give the same bytes.
struct Canvas: ~Copyable {
  let width: Int
  let height: Int
  let context: OpaquePointer
  private let surface: OpaquePointer

  /// - Precondition: Cairo has memory for the picture.
  init(width: Int, height: Int, background: Colour = .white) {
    precondition(width > 0 && height > 0, "a picture of \(width) x \(height) pixels")
    self.width = width
    self.height = height
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    context = cairo_create(surface)
    precondition(cairo_status(context) == CAIRO_STATUS_SUCCESS, "no memory for \(width) x \(height) pixels")
    // Grey edges and unrounded advances: text is set the same way on every screen setting.
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    fill(Box(x: 0, y: 0, width: Double(width), height: Double(height)), with: background)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  // MARK: Shapes

  func fill(_ box: Box, with colour: Colour, opacity: Double = 1) {
    cairo_rectangle(context, box.x, box.y, box.width, box.height)
    setSource(colour, opacity)
    cairo_fill(context)
  }

  func stroke(_ box: Box, _ colour: Colour, width: Double = 1) {
    cairo_rectangle(context, box.x, box.y, box.width, box.height)
    setSource(colour, 1)
    cairo_set_line_width(context, width)
    cairo_stroke(context)
  }

  /// Draws a line through the points; a `NaN` point interrupts it.
  func line(
    through points: some Sequence<SIMD2<Double>>, _ colour: Colour, width: Double = 1, closed: Bool = false,
    dash: [Double] = [], opacity: Double = 1
  ) {
    trace(points, closed: closed)
    setSource(colour, opacity)
    cairo_set_line_width(context, width)
    cairo_set_line_join(context, closed ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_dash(context, dash, Int32(dash.count), 0)
    cairo_stroke(context)
    cairo_set_dash(context, nil, 0, 0)
  }

  /// Fills rings by the even-odd rule: a ring within a ring is a hole.
  func fill(rings: [[SIMD2<Double>]], with colour: Colour, opacity: Double = 1) {
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    for ring in rings { trace(ring, closed: true) }
    setSource(colour, opacity)
    cairo_fill(context)
  }

  func disc(at centre: SIMD2<Double>, radius: Double, fill: Colour?, edge: Colour? = nil, edgeWidth: Double = 1) {
    cairo_new_path(context)
    cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
    if let fill {
      setSource(fill, 1)
      cairo_fill_preserve(context)
    }
    if let edge {
      setSource(edge, 1)
      cairo_set_line_width(context, edgeWidth)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  /// Draws what `body` draws inside the box only.
  func clipped(to box: Box, _ body: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, box.x, box.y, box.width, box.height)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Draws what `body` draws turned about a point, degrees clockwise.
  func turned(by degrees: Double, about pivot: SIMD2<Double>, _ body: () -> Void) {
    cairo_save(context)
    cairo_translate(context, pivot.x, pivot.y)
    cairo_rotate(context, degrees * .pi / 180)
    cairo_translate(context, -pivot.x, -pivot.y)
    body()
    cairo_restore(context)
  }

  func setSource(_ colour: Colour, _ opacity: Double) {
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, opacity)
  }

  private func trace(_ points: some Sequence<SIMD2<Double>>, closed: Bool) {
    var penIsDown = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        penIsDown = false
        continue
      }
      if penIsDown { cairo_line_to(context, point.x, point.y) } else { cairo_move_to(context, point.x, point.y) }
      penIsDown = true
    }
    if closed { cairo_close_path(context) }
  }

  // MARK: Pixels

  /// Repaints pixels of an integer rectangle: `colour` gets column, row and what is there, `nil` leaves it.
  func repaint(columns: Range<Int>, rows: Range<Int>, _ colour: (Int, Int, Colour) -> Colour?) {
    cairo_surface_flush(surface)
    guard let bytes = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    for y in rows.clamped(to: 0..<height) {
      // RGB24: one native-endian word a pixel, 0x00RRGGBB.
      UnsafeMutableRawPointer(bytes + y * stride).withMemoryRebound(to: UInt32.self, capacity: width) { row in
        for x in columns.clamped(to: 0..<width) {
          let word = row[x]
          let old = Colour(
            UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8),
            UInt8(truncatingIfNeeded: word))
          guard let new = colour(x, y, old) else { continue }
          row[x] = UInt32(new.red) << 16 | UInt32(new.green) << 8 | UInt32(new.blue)
        }
      }
    }
    cairo_surface_mark_dirty(surface)
  }

  /// The picture as a PNG file.
  func png() -> Data {
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    repaint(columns: 0..<width, rows: 0..<height) { x, y, colour in
      let at = (y * width + x) * 3
      pixels[at] = colour.red
      pixels[at + 1] = colour.green
      pixels[at + 2] = colour.blue
      return nil
    }
    return encodePNG(pixels, width: width, height: height)
  }
}
