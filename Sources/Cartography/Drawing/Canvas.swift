import CCairo
import Foundation

/// A picture in the making: a Cairo image with the few strokes that maps and plots need, and behind it, where one is wanted,
/// the page of a PDF or SVG file that gets the same strokes.
///
/// Everything drawn is opaque or a plain alpha blend, with no clock and no randomness: the same calls give the same bytes.
struct Canvas: ~Copyable {
  /// Units that everything is placed in: pixels of the picture where its scale is 1.
  let width: Int
  let height: Int
  /// Pixels a unit.
  let scale: Double
  /// Of the image: texts are measured here.
  let context: OpaquePointer
  private let image: OpaquePointer
  private let page: VectorPage?

  /// - Parameters:
  ///   - width: Units.
  ///   - height: Units.
  ///   - scale: Pixels a unit.
  ///   - page: Gets what is drawn, too.
  ///   - background: Of the whole picture.
  /// - Precondition: Cairo has memory for the picture.
  init(width: Int, height: Int, scale: Double = 1, page: VectorPage? = nil, background: Colour = .white) {
    precondition(width > 0 && height > 0 && scale > 0, "a picture of \(width) x \(height), \(scale) pixels a unit")
    self.width = width
    self.height = height
    self.scale = scale
    self.page = page
    let size = SIMD2(Double(width), Double(height)) * scale
    image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(size.x.rounded()), Int32(size.y.rounded()))
    cairo_surface_set_device_scale(image, scale, scale)
    context = cairo_create(image)
    precondition(cairo_status(context) == CAIRO_STATUS_SUCCESS, "no memory for \(size.x) x \(size.y) pixels")
    // Grey edges and unrounded advances: text is set the same way on every screen setting.
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    onEach { cairo_set_font_options($0, options) }
    cairo_font_options_destroy(options)
    fill(Box(x: 0, y: 0, width: Double(width), height: Double(height)), with: background)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(image)
  }

  /// Does the same on the image and on the page.
  func onEach(_ draw: (OpaquePointer) -> Void) {
    draw(context)
    if let page { draw(page.context) }
  }

  // MARK: Shapes

  func fill(_ box: Box, with colour: Colour, opacity: Double = 1) {
    onEach { context in
      cairo_rectangle(context, box.x, box.y, box.width, box.height)
      setSource(of: context, colour, opacity)
      cairo_fill(context)
    }
  }

  func stroke(_ box: Box, _ colour: Colour, width: Double = 1) {
    onEach { context in
      cairo_rectangle(context, box.x, box.y, box.width, box.height)
      setSource(of: context, colour)
      cairo_set_line_width(context, width)
      cairo_stroke(context)
    }
  }

  /// Draws a line through the points; a `NaN` point interrupts it.
  func line(
    through points: some Sequence<SIMD2<Double>>, _ colour: Colour, width: Double = 1, closed: Bool = false,
    dash: [Double] = [], opacity: Double = 1
  ) {
    onEach { context in
      trace(points, closed: closed, on: context)
      setSource(of: context, colour, opacity)
      cairo_set_line_width(context, width)
      cairo_set_line_join(context, closed ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND)
      cairo_set_line_cap(context, dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      cairo_set_dash(context, dash, Int32(dash.count), 0)
      cairo_stroke(context)
      cairo_set_dash(context, nil, 0, 0)
    }
  }

  /// Fills rings by the even-odd rule: a ring within a ring is a hole.
  func fill(rings: [[SIMD2<Double>]], with colour: Colour, opacity: Double = 1) {
    onEach { context in
      cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
      for ring in rings { trace(ring, closed: true, on: context) }
      setSource(of: context, colour, opacity)
      cairo_fill(context)
    }
  }

  func disc(at centre: SIMD2<Double>, radius: Double, fill: Colour?, edge: Colour? = nil, edgeWidth: Double = 1) {
    onEach { context in
      cairo_new_path(context)
      cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
      if let fill {
        setSource(of: context, fill)
        cairo_fill_preserve(context)
      }
      if let edge {
        setSource(of: context, edge)
        cairo_set_line_width(context, edgeWidth)
        cairo_stroke_preserve(context)
      }
      cairo_new_path(context)
    }
  }

  /// Draws what `body` draws inside the box only.
  func clipped(to box: Box, _ body: () -> Void) {
    onEach { context in
      cairo_save(context)
      cairo_rectangle(context, box.x, box.y, box.width, box.height)
      cairo_clip(context)
    }
    body()
    onEach { cairo_restore($0) }
  }

  /// Draws what `body` draws inside the rings only, by the even-odd rule.
  func clipped(to rings: [[SIMD2<Double>]], _ body: () -> Void) {
    onEach { context in
      cairo_save(context)
      cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
      for ring in rings { trace(ring, closed: true, on: context) }
      cairo_clip(context)
    }
    body()
    onEach { cairo_restore($0) }
  }

  /// Draws what `body` draws turned about a point, degrees clockwise.
  func turned(by degrees: Double, about pivot: SIMD2<Double>, _ body: () -> Void) {
    onEach { context in
      cairo_save(context)
      cairo_translate(context, pivot.x, pivot.y)
      cairo_rotate(context, degrees * .pi / 180)
      cairo_translate(context, -pivot.x, -pivot.y)
    }
    body()
    onEach { cairo_restore($0) }
  }

  func setSource(of context: OpaquePointer, _ colour: Colour, _ opacity: Double = 1) {
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, opacity)
  }

  private func trace(_ points: some Sequence<SIMD2<Double>>, closed: Bool, on context: OpaquePointer) {
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

  /// Repaints an integer rectangle: `colour` gets column and row in units and what is there, for each pixel; `nil` leaves it. A page
  /// gets the pixels of the rectangle as a picture.
  func repaint(columns: Range<Int>, rows: Range<Int>, _ colour: (Int, Int, Colour) -> Colour?) {
    let (columns, rows) = (columns.clamped(to: 0..<width), rows.clamped(to: 0..<height))
    guard !columns.isEmpty, !rows.isEmpty else { return }
    let (across, down) = (pixels(of: columns), pixels(of: rows))
    forEachRow(down) { y, row in
      let unitY = min(rows.upperBound - 1, max(rows.lowerBound, Int((Double(y) + 0.5) / scale)))
      for x in across {
        let unitX = min(columns.upperBound - 1, max(columns.lowerBound, Int((Double(x) + 0.5) / scale)))
        guard let new = colour(unitX, unitY, Colour(word: row[x])) else { continue }
        row[x] = new.word
      }
    }
    page?.paint(image, columns: columns, rows: rows)
  }

  /// Pixels whose centres lie in a range of units.
  private func pixels(of units: Range<Int>) -> Range<Int> {
    Int((Double(units.lowerBound) * scale).rounded())..<Int((Double(units.upperBound) * scale).rounded())
  }

  private func forEachRow(_ rows: Range<Int>, _ body: (Int, UnsafeMutablePointer<UInt32>) -> Void) {
    cairo_surface_flush(image)
    guard let bytes = cairo_image_surface_get_data(image) else { return }
    let (stride, length) = (Int(cairo_image_surface_get_stride(image)), Int(cairo_image_surface_get_width(image)))
    for y in rows.clamped(to: 0..<Int(cairo_image_surface_get_height(image))) {
      // RGB24: one native-endian word a pixel, 0x00RRGGBB.
      UnsafeMutableRawPointer(bytes + y * stride).withMemoryRebound(to: UInt32.self, capacity: length) { body(y, $0) }
    }
    cairo_surface_mark_dirty(image)
  }

  /// The picture as a PNG file.
  func png() -> Data {
    let (width, height) = (Int(cairo_image_surface_get_width(image)), Int(cairo_image_surface_get_height(image)))
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    forEachRow(0..<height) { y, row in
      for x in 0..<width {
        let (at, colour) = ((y * width + x) * 3, Colour(word: row[x]))
        pixels[at] = colour.red
        pixels[at + 1] = colour.green
        pixels[at + 2] = colour.blue
      }
    }
    return encodePNG(pixels, width: width, height: height)
  }
}

extension Colour {
  /// 0x00RRGGBB.
  fileprivate init(word: UInt32) {
    self.init(
      UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word))
  }

  fileprivate var word: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}
