package import Mesh

/// A table of numbers or codes by mesh code: CSV, possibly `.gz`, with the columns' names.
package struct MeshTableInput: Hashable, Sendable, Encodable {
  package var path: String
  package var codeColumn: String
  package var valueColumn: String
  /// Datum of the mesh codes; `EPSG:4301` where they are codes on Tokyo datum. JGD2011 if `nil`.
  package var referenceSystem: String?
  /// Numbers that mean missing.
  package var missing: [Double]

  package init(
    _ path: String, codeColumn: String = "meshcode", valueColumn: String, referenceSystem: String? = nil,
    missing: [Double] = []
  ) {
    self.path = path
    self.codeColumn = codeColumn
    self.valueColumn = valueColumn
    self.referenceSystem = referenceSystem
    self.missing = missing
  }
}

/// Rows of a mesh table: the cells of a code (one, 100 or 6,400) and the text of the value.
package struct MeshTable: Sendable {
  package let path: String
  package let rows: [(cells: MeshGrid, value: String)]
  /// Rows whose code is no mesh code, as text with the number of rows.
  package let refused: [String: Int]

  package init(_ input: MeshTableInput) throws(RasterError) {
    path = input.path
    let table = try DelimitedText(reading: input.path)
    let code = try table.column(input.codeColumn)
    let value = try table.column(input.valueColumn)
    var rows: [(cells: MeshGrid, value: String)] = []
    rows.reserveCapacity(table.rows.count)
    var refused: [String: Int] = [:]
    for row in table.rows {
      guard let prefix = MeshCodePrefix(Legend.normalised(row[code])) else {
        refused[row[code], default: 0] += 1
        continue
      }
      rows.append((prefix.grid, row[value]))
    }
    guard !rows.isEmpty else {
      throw .malformed(
        path: input.path, reason: "no row has a mesh code of 4, 6 or 8 digits in column \(input.codeColumn)",
        remedy: "name the column of the codes in the catalogue")
    }
    self.rows = rows
    self.refused = refused
  }

  /// Calls `body` with every cell of the grid that the table names and the text of its value, in the order of the rows.
  package func forEachCell(of grid: MeshGrid, _ body: (_ index: Int, _ value: String) -> Void) {
    for row in rows {
      guard let common = grid.intersection(row.cells) else { continue }
      for y in 0..<common.height {
        for x in 0..<common.width {
          guard let index = grid.index(of: common.code(y: y, x: x)) else { continue }
          body(index, row.value)
        }
      }
    }
  }

  /// Numbers on a grid, `NaN` where the table has no row or no number.
  package func numbers(on grid: MeshGrid, missing: [Double]) -> Layer<Float> {
    var layer = Layer<Float>(grid: grid, filledWith: .nan)
    let largest = Double(Float.greatestFiniteMagnitude)
    forEachCell(of: grid) { index, text in
      guard let number = Double(Legend.normalised(text)), !missing.contains(number) else { return }
      // What no `Float` holds stays a number that no height is.
      layer.values[index] = number.isFinite ? Float(min(max(number, -largest), largest)) : .nan
    }
    return layer
  }
}
