import Foundation

/// Pieces of a page; every text that comes from data is escaped here and nowhere else.
enum HTMLText {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  static func paragraph(_ text: String, class name: String? = nil) -> String {
    "<p\(name.map { " class=\"\($0)\"" } ?? "")>\(escaped(text))</p>"
  }

  static func section(_ title: String, class name: String, _ body: String) -> String {
    "<section class=\"\(name)\"><h2>\(escaped(title))</h2>\(body)</section>"
  }

  static func list(_ items: [String]) -> String { "<ul>" + items.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>" }

  /// A PNG within the page: no other file is needed.
  static func image(_ png: Data, _ words: String) -> String {
    "<img alt=\"\(escaped(words))\" src=\"data:image/png;base64,\(png.base64EncodedString())\">"
  }

  /// A cell of a table: a text, or a level with its colour.
  enum Cell {
    case text(String)
    case number(String)
    case level(Int)

    fileprivate var html: String {
      switch self {
      case .text(let text): "<td>\(escaped(text))</td>"
      case .number(let text): "<td class=\"n\">\(escaped(text))</td>"
      case .level(let level): "<td><span class=\"level l\(level)\">\(level == 0 ? "–" : "\(level)")</span></td>"
      }
    }
  }

  /// A table that scrolls within itself where the window is narrow.
  static func table(_ heads: [String], _ rows: [[Cell]]) -> String {
    let head = heads.enumerated().map { place, text in
      if case .number = rows.first?[place] {
        "<th class=\"n\">\(escaped(text))</th>"
      } else {
        "<th>\(escaped(text))</th>"
      }
    }.joined()
    let body = rows.map { "<tr>" + $0.map(\.html).joined() + "</tr>" }.joined(separator: "\n")
    return "<div class=\"scroll\"><table><thead><tr>\(head)</tr></thead><tbody>\n\(body)</tbody></table></div>"
  }
}
