import Mesh
import Statistics

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
    // Of cells made of whole MESH3 cells each place has one source or none.
    let isPlain = [rowShares, columnShares].allSatisfy { axis in axis.allSatisfy { $0.isEmpty || $0[0].width == 8 } }
    let result = Array(inLargePages: target.count) { out in
      values.withUnsafeBufferPointer { values in
        if isPlain {
          repeatCells(values, into: out, rowShares.map(\.first?.index), columnShares.map { $0.first?.index ?? -1 })
        } else {
          average(values, into: out, rowShares, columnShares, greatest: greatest)
        }
      }
    }
    return Layer(grid: target, values: result)
  }

  private func repeatCells(
    _ values: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>, _ sourceRows: [Int?],
    _ sourceColumns: [Int]
  ) {
    let width = sourceColumns.count
    sourceColumns.withUnsafeBufferPointer { sourceColumns in
      for (y, source) in sourceRows.enumerated() {
        let line = UnsafeMutableBufferPointer(rebasing: out[y * width..<(y + 1) * width])
        guard let source else {
          line.initialize(repeating: .nan)
          continue
        }
        if y > 0, sourceRows[y - 1] == source {
          _ = line.initialize(fromContentsOf: out[(y - 1) * width..<y * width])
          continue
        }
        for x in 0..<width {
          let column = sourceColumns[x]
          line.initializeElement(at: x, to: column < 0 ? .nan : values[source * columns + column])
        }
      }
    }
  }

  private func average(
    _ values: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>, _ rowShares: [[Share]],
    _ columnShares: [[Share]], greatest: Bool
  ) {
    for (y, rowParts) in rowShares.enumerated() {
      for (x, columnParts) in columnShares.enumerated() {
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
        // Of 64 parts of an eighth squared half must be known.
        let value: Float = known < 32 ? .nan : greatest ? most : Float(sum / Double(known))
        out.initializeElement(at: y * columnShares.count + x, to: value)
      }
    }
  }

  /// A cell along one axis and how many eighths of it a place takes.
  private struct Share {
    let index: Int
    let width: Int
  }

  /// The cells along one axis that a stretch touches, and how many eighths of it each takes.
  private static func shares(from start: Int, length: Int, cell: Int, count: Int) -> [Share] {
    var result: [Share] = []
    var place = max(start, 0)
    let end = min(start + length, cell * count)
    while place < end {
      let index = place / cell
      let next = min((index + 1) * cell, end)
      result.append(Share(index: index, width: next - place))
      place = next
    }
    return result
  }
}
