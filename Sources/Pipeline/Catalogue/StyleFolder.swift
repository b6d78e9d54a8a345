import Cartography
import Foundation
import Mesh
import Rasters

/// A folder of styles: `palettes.csv` and `classes.csv`, tables like the program's own, and `layout.qpt`, a print layout of QGIS. A
/// palette, a layer or the layout that they hold replaces the program's; all else stays.
///
/// What they hold is judged whole before a run begins: a class without a colour, or two of one colour, would be a map that says something
/// else than its legend.
struct StyleFolder {
  private(set) var styles = StyleBook()
  private(set) var printLayout = LayoutTemplate.program
  /// What is there of them.
  let files: [String]

  /// - Parameter folder: Path of the folder.
  /// - Throws: `badStyles` with file, fact and remedy; `unreadable`.
  init(_ folder: String) throws(CatalogueError) {
    let palettes = (folder as NSString).appendingPathComponent("palettes.csv")
    let classes = (folder as NSString).appendingPathComponent("classes.csv")
    let layout = (folder as NSString).appendingPathComponent("layout.qpt")
    files = [palettes, classes, layout].filter { FileManager.default.fileExists(atPath: $0) }
    guard !files.isEmpty else {
      throw .badStyles(
        place: folder, fact: "it holds none of palettes.csv, classes.csv and layout.qpt",
        remedy: "copy what you want to change from the program's styles/")
    }
    if files.contains(palettes) {
      let table = try StyleTable(palettes, columns: ["palette", "kind", "key", "colour"])
      for (name, rows) in table.groups(by: "palette") { try read(palette: name, rows, table) }
      try judge(table)
    }
    if files.contains(classes) {
      let table = try StyleTable(classes, columns: ["layer", "class", "english", "japanese"])
      for (name, rows) in table.groups(by: "layer") { try read(classes: name, rows, table) }
    }
    if files.contains(layout) { printLayout = try Self.printLayout(at: layout) }
  }

  private static func printLayout(at path: String) throws(CatalogueError) -> LayoutTemplate {
    let document: Data
    do throws(RasterError) { document = try PlainFile.contents(path) } catch { throw .unreadable(error) }
    do throws(LayoutTemplate.Fault) {
      return try LayoutTemplate(document)
    } catch {
      throw .badStyles(place: path, fact: error.fact, remedy: error.remedy)
    }
  }

  // MARK: Palettes

  private mutating func read(
    palette name: String, _ rows: [StyleTable.Row], _ table: StyleTable
  ) throws(CatalogueError) {
    func expect(_ kinds: String...) throws(CatalogueError) {
      if let row = rows.first(where: { !kinds.contains($0["kind"] ?? "") }) {
        throw table.bad(
          "\(name) is of kind \(kinds.joined(separator: " or ")), not \(row["kind"] ?? "")", "write that kind")
      }
    }
    if let (first, path) = Palettes.lists[name] {
      try expect("classes", "order")
      styles.palettes[keyPath: path] = try list(
        rows, of: name, from: first, count: styles.palettes[keyPath: path].count, table)
    } else if let path = Palettes.ramps[name] {
      try expect("ramp")
      styles.palettes[keyPath: path] = try ramp(rows, of: name, table)
    } else if let paths = Palettes.singles[name] {
      try expect("colours")
      for row in rows {
        guard let path = paths[row["key"] ?? ""] else {
          throw table.bad(
            "\(name) has no colour \(row["key"] ?? "")", "write one of \(paths.keys.sorted().joined(separator: ", "))")
        }
        styles.palettes[keyPath: path] = try table.colour(row, of: name)
      }
    } else if let own = Palettes.own[name] {
      // A copy of the whole table has them; another colour would be promised and not drawn.
      guard rows.map({ $0["colour"] ?? "" }) == own else {
        throw table.bad("\(name) colours pictures that know no catalogue", "leave out its rows")
      }
    } else {
      let known = Palettes.lists.keys.sorted() + Palettes.ramps.keys.sorted() + Palettes.singles.keys.sorted()
      throw table.bad("there is no palette \(name)", "write one of \(known.joined(separator: ", "))")
    }
  }

  /// Colours of the classes `first` ... in turn, each once.
  private func list(
    _ rows: [StyleTable.Row], of name: String, from first: Int, count: Int, _ table: StyleTable
  ) throws(CatalogueError) -> [Colour] {
    let last = first + count - 1
    var colours: [Int: Colour] = [:]
    for row in rows {
      guard let key = Int(row["key"] ?? ""), (first...last).contains(key) else {
        throw table.bad("\(name) has no class \(row["key"] ?? "")", "write \(first) to \(last)")
      }
      guard colours[key] == nil else { throw table.bad("class \(key) of \(name) stands twice", "keep one of its rows") }
      colours[key] = try table.colour(row, of: name)
    }
    if let missing = (first...last).first(where: { colours[$0] == nil }) {
      throw table.bad(
        "class \(missing) of \(name) has no colour", "give each of \(first) to \(last) a row, or leave out \(name)")
    }
    return (first...last).compactMap { colours[$0] }
  }

  /// At least two colours at rising values.
  private func ramp(
    _ rows: [StyleTable.Row], of name: String, _ table: StyleTable
  ) throws(CatalogueError) -> [ColourStop] {
    var stops: [ColourStop] = []
    for row in rows {
      guard let value = Float(row["key"] ?? ""), value.isFinite, stops.last.map({ $0.value < value }) ?? true else {
        throw table.bad(
          "the values of \(name) do not rise at \"\(row["key"] ?? "")\"", "write numbers, each above the one before")
      }
      stops.append(ColourStop(value, try table.colour(row, of: name)))
    }
    guard stops.count > 1 else { throw table.bad("\(name) has one colour", "give it two or more") }
    return stops
  }

  /// Refuses colours that a reader could not tell apart.
  private func judge(_ table: StyleTable) throws(CatalogueError) {
    let palettes = styles.palettes
    for (name, entry) in Palettes.lists.sorted(by: { $0.key < $1.key }) {
      let colours = palettes[keyPath: entry.path]
      for (place, colour) in colours.enumerated() {
        guard let twin = colours[..<place].firstIndex(of: colour) else { continue }
        throw table.bad(
          "classes \(entry.first + twin) and \(entry.first + place) of \(name) are both \(colour.hex)",
          "give each a colour of its own")
      }
    }
    let around = [("noData", palettes.map.noData), ("sea", palettes.map.sea), ("otherLand", palettes.map.otherLand)]
    for (place, colour) in palettes.levels.enumerated() {
      guard let (name, _) = around.first(where: { $0.1 == colour }) else { continue }
      throw table.bad(
        "level \(place + 1) and \(name) of map are both \(colour.hex)", "give the level a colour of its own")
    }
  }

  // MARK: Words

  private mutating func read(
    classes name: String, _ rows: [StyleTable.Row], _ table: StyleTable
  ) throws(CatalogueError) {
    guard let own = ClassWords.ofLayers[name] else {
      throw table.bad(
        name == LayerDescription.levelName
          ? "what a level means is told by the recalls of the model" : "\(name) is no layer of classes",
        "write one of \(ClassWords.ofLayers.keys.sorted().joined(separator: ", "))")
    }
    let numbers = Array(own.first..<own.first + own.english.count)
    guard rows.map({ Int($0["class"] ?? "") }) == numbers else {
      throw table.bad(
        "the classes of \(name) are not \(numbers[0]) to \(numbers[numbers.count - 1]) in turn",
        "give each a row, or leave out \(name)")
    }
    func words(_ language: String) throws(CatalogueError) -> [String] {
      let words = rows.map { $0[language] ?? "" }
      for (place, word) in words.enumerated() {
        if word.isEmpty {
          throw table.bad("class \(numbers[place]) of \(name) has no \(language) word", "write one")
        }
        if let twin = words[..<place].firstIndex(of: word) {
          throw table.bad(
            "classes \(numbers[twin]) and \(numbers[place]) of \(name) are both called \(word)",
            "give each a word of its own")
        }
      }
      return words
    }
    styles.words[name] = ClassWords(
      first: own.first, english: try words("english"), japanese: try words("japanese"))
  }
}
