import Cartography
import Rasters

/// A table of a folder of styles: rows of texts, each name of the first column with its rows.
struct StyleTable {
  /// A row by the names of its columns.
  typealias Row = [String: String]

  let path: String
  private let rows: [Row]

  /// - Parameters:
  ///   - path: CSV with a header.
  ///   - columns: Those that it must have.
  /// - Throws: `unreadable`.
  init(_ path: String, columns: [String]) throws(CatalogueError) {
    self.path = path
    do throws(RasterError) {
      let table = try DelimitedText(reading: path)
      var places: [(name: String, column: Int)] = []
      for name in columns { places.append((name, try table.column(name))) }
      rows = table.rows.map { row in
        Dictionary(uniqueKeysWithValues: places.map { ($0.name, row[$0.column].trimmingCharacters(in: .whitespaces)) })
      }
    } catch {
      throw .unreadable(error)
    }
  }

  /// Rows by what stands in a column, in the order of its first rows.
  func groups(by column: String) -> [(name: String, rows: [Row])] {
    var groups: [(name: String, rows: [Row])] = []
    for row in rows {
      let name = row[column] ?? ""
      if let place = groups.firstIndex(where: { $0.name == name }) {
        groups[place].rows.append(row)
      } else {
        groups.append((name, [row]))
      }
    }
    return groups
  }

  /// The colour of a row, `#rrggbb`.
  func colour(_ row: Row, of name: String) throws(CatalogueError) -> Colour {
    let text = row["colour"] ?? ""
    guard let colour = Colour(hex: text) else {
      throw bad("the colour \"\(text)\" of \(name) \(row["key"] ?? "") is none", "write #rrggbb")
    }
    return colour
  }

  func bad(_ fact: String, _ remedy: String) -> CatalogueError { .badStyles(place: path, fact: fact, remedy: remedy) }
}
