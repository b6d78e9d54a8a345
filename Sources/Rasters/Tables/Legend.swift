/// What the codes of a source mean: a table source code -> class, with the classes' names.
///
/// A CSV with columns `code`, `class` (0 none, 1, 2, ...) and `name`. A code is a number or, for polygons and mesh tables,
/// any text.
package struct Legend: Sendable, Equatable {
  package let path: String
  /// Class of each code; 0 means known and without a class (water, rock, unsurveyed).
  package let classes: [String: UInt8]
  /// Name of each code.
  package let names: [String: String]

  package init(path: String, classes: [String: UInt8], names: [String: String] = [:]) {
    self.path = path
    self.classes = classes
    self.names = names
  }

  /// - Parameters:
  ///   - path: The CSV, UTF-8 or CP932.
  ///   - classCount: The highest class allowed.
  /// - Throws: `notFound`, `cannotRead` or `malformed`.
  package init(reading path: String, classCount: Int) throws(RasterError) {
    let table = try DelimitedText(reading: path)
    let code = try table.column("code", "source_code")
    let target = try table.column("class", "class_id")
    let name = table.header.firstIndex { $0.lowercased() == "name" || $0.lowercased() == "source_name" }
    var classes: [String: UInt8] = [:]
    var names: [String: String] = [:]
    for row in table.rows {
      let key = Self.normalised(row[code])
      guard let number = UInt8(Self.normalised(row[target])), number <= classCount else {
        throw .malformed(
          path: path, reason: "class \"\(row[target])\" of code \(row[code]) is not 0 to \(classCount)",
          remedy: "use 0 for codes without a class")
      }
      if let other = classes[key], other != number {
        throw .malformed(
          path: path, reason: "code \(row[code]) has classes \(other) and \(number)", remedy: "keep one of the rows")
      }
      classes[key] = number
      if let name { names[key] = row[name] }
    }
    try Self.refuseEmpty(classes, path: path)
    self.init(path: path, classes: classes, names: names)
  }

  /// The vegetation classes of a table of communities: naturalness 1 to 10 is the class, anything else (bare ground, open
  /// water, unclassified) is class 11.
  ///
  /// - Parameters:
  ///   - path: CSV, UTF-8 or CP932.
  ///   - codeColumn: Column of the communities' codes.
  ///   - naturalnessColumn: Column of their naturalness.
  /// - Throws: `notFound`, `cannotRead` or `malformed`.
  package init(communities path: String, codeColumn: String, naturalnessColumn: String) throws(RasterError) {
    let table = try DelimitedText(reading: path)
    let code = try table.column(codeColumn)
    let naturalness = try table.column(naturalnessColumn)
    var classes: [String: UInt8] = [:]
    for row in table.rows {
      let number = UInt8(Self.normalised(row[naturalness])) ?? 0
      classes[Self.normalised(row[code])] = (1...10).contains(number) ? number : 11
    }
    try Self.refuseEmpty(classes, path: path)
    self.init(path: path, classes: classes)
  }

  /// A legend without a class would make a whole map unknown.
  private static func refuseEmpty(_ classes: [String: UInt8], path: String) throws(RasterError) {
    guard classes.values.contains(where: { $0 > 0 }) else {
      throw .malformed(
        path: path, reason: classes.isEmpty ? "the legend has no row" : "the legend gives every code the class 0",
        remedy: "give a row for each code of the map")
    }
  }

  /// The class of a code as it stands in a file; `nil` when the legend lacks it.
  package func classOf(_ code: some StringProtocol) -> UInt8? { classes[Self.normalised(code)] }

  /// Numeric codes, for rasters.
  var numeric: [Int32: UInt8] {
    var result: [Int32: UInt8] = [:]
    for (code, value) in classes {
      if let number = Int32(code) { result[number] = value }
    }
    return result
  }

  /// Blanks around a code, and `.0` after one that a spreadsheet made a decimal, mean nothing.
  static func normalised(_ code: some StringProtocol) -> String {
    let bare = code.drop { $0 == " " || $0 == "\u{3000}" }
    var text = String(bare)
    while let last = text.last, last == " " || last == "\u{3000}" { text.removeLast() }
    if text.hasSuffix(".0"), Int(text.dropLast(2)) != nil { text.removeLast(2) }
    if let number = Int32(text) { return String(number) }
    return text
  }
}
