package import Mesh

/// Tables of people by mesh code as e-Stat's mesh statistics hand them out: CP932 or UTF-8, a second line of labels, cells
/// with few households hidden as `*`.
package struct PopulationMesh: Hashable, Sendable {
  /// Files, globs, or files in a zip.
  package var paths: [String]
  /// Code or label of the column: `T001141001`, `人口（総数）`; the column labelled as total population if `nil`.
  package var column: String?

  package init(_ paths: [String], column: String? = nil) {
    self.paths = paths
    self.column = column
  }

  /// No 1-km cell on Earth has more: beyond, the column is another or the number garbled.
  private static let mostPeople: Float = 500_000

  /// People of each cell.
  ///
  /// The tables list inhabited cells only: a cell that is not listed has nobody, as far as its first-level mesh (4 digits) is
  /// in the tables at all. What is hidden is counted in a neighbour (`GASSAN`), as the tables have it. Codes of half and
  /// quarter cells are summed.
  ///
  /// - Parameter grid: The cells.
  /// - Returns: People, `NaN` where no table covers the cell.
  /// - Throws: `notFound`, or `malformed` where there is no column of codes or people, or a number that is none.
  package func people(on grid: MeshGrid) throws(RasterError) -> Layer<Float> {
    var people = Layer<Float>(grid: grid, filledWith: 0)
    var blocks: Set<String> = []
    for path in paths {
      for file in FileTemplate(path).matches() { try add(file.path, to: &people, &blocks) }
    }
    guard !blocks.isEmpty else {
      throw .malformed(
        path: paths.joined(separator: ", "), reason: "no row with a mesh code of 8 digits",
        remedy: "give the 1-km mesh tables of e-Stat")
    }
    for index in people.values.indices where !blocks.contains(String(grid.code(at: index).description.prefix(4))) {
      people.values[index] = .nan
    }
    return people
  }

  private func add(_ path: String, to people: inout Layer<Float>, _ blocks: inout Set<String>) throws(RasterError) {
    let table = try DelimitedText(reading: path)
    let code = try table.column("KEY_CODE", "meshcode", "mesh_code", "メッシュコード")
    let hasLabels = table.rows.first.map { Mesh3Code(String($0[code].prefix(8))) == nil } ?? false
    let value = try valueColumn(of: table, labels: hasLabels ? table.rows[0] : table.header)
    for (line, row) in table.rows.enumerated().dropFirst(hasLabels ? 1 : 0) {
      guard let cell = Mesh3Code(String(row[code].prefix(8))) else {
        throw .malformed(
          path: path, reason: "row \(line + 2) has the code \(row[code])", remedy: "give a table by 1-km mesh codes")
      }
      blocks.insert(String(row[code].prefix(4)))
      let text = row[value].replacing(",", with: "")
      guard let number = ["*", "-", ""].contains(text) ? 0 : Float(text), (0...Self.mostPeople).contains(number) else {
        throw .malformed(
          path: path, reason: "row \(line + 2) has \(row[value]) people", remedy: "name the column of people")
      }
      if let index = people.grid.index(of: cell) { people.values[index] += number }
    }
  }

  private func valueColumn(of table: DelimitedText, labels: [String]) throws(RasterError) -> Int {
    let names = zip(table.header, labels).map { [$0, $1.filter { !"　 ".contains($0) }] }
    let place =
      if let column {
        names.firstIndex { $0.contains(column.filter { !"　 ".contains($0) }) }
      } else {
        names.firstIndex { $0.contains { $0.contains("人口") && $0.contains("総数") } }
          ?? names.firstIndex { $0.contains { ["population", "人口"].contains($0.lowercased()) } }
      }
    guard let place else {
      throw .malformed(
        path: table.path,
        reason: "no column \(column ?? "of total population") among \(table.header.joined(separator: ", "))",
        remedy: "name the column in the catalogue, as column: T001141001")
    }
    return place
  }
}
