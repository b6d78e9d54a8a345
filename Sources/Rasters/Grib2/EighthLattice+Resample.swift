import Mesh

extension EighthLattice {
  /// Values of these cells on MESH3 cells.
  ///
  /// - Parameters:
  ///   - values: Rows from the north, columns from the west; `NaN` missing.
  ///   - target: The MESH3 cells.
  ///   - greatest: Takes the greatest value that touches a cell, for classes, not the mean by area.
  /// - Returns: Per cell the mean of what is known when that is at least half of it, `NaN` otherwise.
  func resampled(_ values: [Float], on target: MeshGrid, greatest: Bool) -> Layer<Float> {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows * columns) cells")
    let rowShares = (0..<target.height).map { y in
      Self.shares(from: north - 8 * (target.north - y), length: 8, cell: cellHeight, count: rows)
    }
    let columnShares = (0..<target.width).map { x in
      Self.shares(from: 8 * (target.west + x) - west, length: 8, cell: cellWidth, count: columns)
    }
    var layer = Layer(grid: target, filledWith: Float.nan)
    values.withUnsafeBufferPointer { values in
      layer.values.withUnsafeMutableBufferPointer { out in
        for (y, rowParts) in rowShares.enumerated() where !rowParts.isEmpty {
          for (x, columnParts) in columnShares.enumerated() where !columnParts.isEmpty {
            if rowParts.count == 1, columnParts.count == 1, rowParts[0].width + columnParts[0].width == 16 {
              out[y * target.width + x] = values[rowParts[0].index * columns + columnParts[0].index]
              continue
            }
            var (sum, known, most) = (0.0, 0, -Float.infinity)
            for row in rowParts {
              for column in columnParts {
                let value = values[row.index * columns + column.index]
                guard !value.isNaN else { continue }
                let share = row.width * column.width
                sum += Double(value) * Double(share)
                known += share
                most = max(most, value)
              }
            }
            guard known >= 32 else { continue }  // of 64 parts of an eighth squared
            out[y * target.width + x] = greatest ? most : Float(sum / Double(known))
          }
        }
      }
    }
    return layer
  }

  /// The cells along one axis that a stretch touches, and how many eighths of it each takes.
  private static func shares(from start: Int, length: Int, cell: Int, count: Int) -> [(index: Int, width: Int)] {
    var result: [(index: Int, width: Int)] = []
    var place = max(start, 0)
    let end = min(start + length, cell * count)
    while place < end {
      let index = place / cell
      let next = min((index + 1) * cell, end)
      result.append((index, next - place))
      place = next
    }
    return result
  }
}
