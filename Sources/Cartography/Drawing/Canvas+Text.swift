import CCairo

/// How a text is set.
struct TextStyle {
  var size: Double
  var bold = false
  var colour = Colour.ink

  /// Distance of the baselines of a paragraph.
  var leading: Double { (size * 1.32).rounded() }
}

/// Which part of a text lies on the point it is drawn at.
enum TextAnchor {
  case left, centre, right
}

extension Canvas {
  /// Draws one line with its baseline on the point.
  func text(
    _ text: String, at point: SIMD2<Double>, _ style: TextStyle, anchor: TextAnchor = .left, halo: Colour? = nil
  ) {
    var x = point.x
    switch anchor {
    case .left: break
    case .centre: x -= width(of: text, style) / 2
    case .right: x -= width(of: text, style)
    }
    for run in scriptRuns(of: text) {
      onEach { context in
        select(run.font, style, on: context)
        if let halo {
          cairo_move_to(context, x, point.y)
          cairo_text_path(context, run.text)
          setSource(of: context, halo, 0.85)
          cairo_set_line_width(context, 3.5)
          cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
          cairo_stroke(context)
        }
        cairo_move_to(context, x, point.y)
        setSource(of: context, style.colour)
        cairo_show_text(context, run.text)
      }
      x += advance(of: run.text)
    }
  }

  /// Length of a line, units.
  func width(of text: String, _ style: TextStyle) -> Double {
    scriptRuns(of: text).reduce(0) { sum, run in
      select(run.font, style, on: context)
      return sum + advance(of: run.text)
    }
  }

  /// The style made smaller until a line fits, so that nothing is cut off or runs into its neighbour.
  func shrunk(_ style: TextStyle, for text: String, within limit: Double) -> TextStyle {
    let length = width(of: text, style)
    guard length > limit, limit > 0 else { return style }
    var smaller = style
    smaller.size = max(6, (style.size * limit / length * 2).rounded(.down) / 2)
    return smaller
  }

  /// Breaks a text into lines no longer than `limit` units: at spaces, and between Japanese characters.
  func lines(of text: String, _ style: TextStyle, within limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in breakablePieces(of: text) {
      let longer = line + piece
      if line.isEmpty || width(of: trimmed(longer), style) <= limit {
        line = longer
      } else {
        lines.append(trimmed(line))
        line = String(piece.drop { $0 == " " })
      }
    }
    return lines + [trimmed(line)]
  }

  /// Draws a text in lines, the first baseline at `top + size`.
  ///
  /// - Returns: The lower end, where the next paragraph's `top` may be.
  func paragraph(_ text: String, x: Double, top: Double, width: Double, _ style: TextStyle) -> Double {
    var baseline = top + style.size
    for line in lines(of: text, style, within: width) {
      self.text(line, at: [x, baseline], style)
      baseline += style.leading
    }
    return baseline - style.size
  }

  private func select(_ font: String, _ style: TextStyle, on context: OpaquePointer) {
    cairo_select_font_face(
      context, font, CAIRO_FONT_SLANT_NORMAL, style.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, style.size)
  }

  private func advance(of text: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  private func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}

/// True for the scripts of East Asia, which the Latin font lacks.
private func isEastAsian(_ character: Character) -> Bool {
  character.unicodeScalars.first.map { (0x2E80...0xFFEF).contains($0.value) || $0.value >= 0x20000 } ?? false
}

/// Cuts a text where the font changes: Cairo's plain text calls do not look for a missing letter in another font.
private func scriptRuns(of text: String) -> [(font: String, text: String)] {
  var runs: [(font: String, text: String)] = []
  for character in text {
    let font = isEastAsian(character) ? "IPAGothic" : "DejaVu Sans"
    if let last = runs.last, last.font == font {
      runs[runs.count - 1].text.append(character)
    } else {
      runs.append((font, String(character)))
    }
  }
  return runs
}

/// Words with the spaces after them, and single Japanese characters with the closing marks that must not begin a line and the opening
/// ones that must not end it.
func breakablePieces(of text: String) -> [String] {
  let opening: Set<Character> = ["「", "『", "（", "【", "〈", "《"]
  let closing: Set<Character> = ["、", "。", "」", "』", "）", "】", "，", "．", "：", "；", "・", "ー"]
  var pieces: [String] = []
  var mayJoin = false
  for character in text {
    if let last = pieces.last, let mark = last.last, opening.contains(mark) {
      pieces[pieces.count - 1] = last + String(character)
      mayJoin = !isEastAsian(character) && character != " "
    } else if isEastAsian(character) {
      if closing.contains(character), let last = pieces.last {
        pieces[pieces.count - 1] = last + String(character)
      } else {
        pieces.append(String(character))
      }
      mayJoin = false
    } else if mayJoin, let last = pieces.last {
      pieces[pieces.count - 1] = last + String(character)
      mayJoin = character != " "
    } else {
      pieces.append(String(character))
      mayJoin = character != " "
    }
  }
  return pieces
}
