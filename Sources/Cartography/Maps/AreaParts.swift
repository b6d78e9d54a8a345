package import Mesh

/// An area cut into a main part and far-off parts, so that remote islands do not make everything else tiny.
///
/// Cells that lie within about 10 km of each other hang together: a chain of islands is no part of its mainland. The part with most
/// cells is the main one, and fills the map; others join it as long as it keeps five sixths of its scale. What is left is
/// grouped into at most four parts, each no larger than the main one where that can be.
package struct AreaParts: Sendable {
  /// Extent of the main part.
  package let main: MeshGrid
  /// Extents of the parts shown apart; the largest first.
  package let remote: [MeshGrid]

  package static let mostRemoteParts = 4
  /// How much larger than the largest part alone the main extent may become.
  private static let greatestGrowth = 1.2
  /// The same for parts of a fifth of its cells and more: Hokkaido beside Honshu.
  private static let growthForLargeParts = 1.4
  /// Side of a block of cells that counts as one place, in cells.
  private static let blockSide = 8
  /// Parts that lie closer are shown together, km.
  private static let nearness = 60.0

  /// - Parameter area: True for the cells of the area. The whole grid is the main part where no cell is.
  package init(of area: Layer<Bool>) {
    var parts = Self.connectedParts(of: area)
    guard let largest = parts.max(by: { ($0.cells, $1.first) < ($1.cells, $0.first) }) else {
      main = area.grid
      remote = []
      return
    }
    parts.removeAll { $0.first == largest.first }
    var extent = largest.extent
    /// Takes in the parts that make the extent least longer, one by one, while it is no longer than the limit (km).
    func takeIn(upTo limit: Double, where isAllowed: (Part) -> Bool) {
      func length(with part: Part) -> Double { Self.length(of: extent.union(part.extent)) }
      while let nearest = parts.filter(isAllowed).min(by: { length(with: $0) < length(with: $1) }),
        length(with: nearest) <= limit
      {
        extent = extent.union(nearest.extent)
        parts.removeAll { $0.first == nearest.first }
      }
    }
    let alone = Self.length(of: largest.extent)
    takeIn(upTo: Self.growthForLargeParts * alone) { $0.cells * 5 >= largest.cells }
    takeIn(upTo: max(Self.greatestGrowth * alone, Self.length(of: extent))) { _ in true }
    main = extent
    remote = Self.grouped(parts, noLongerThan: Self.length(of: extent)).map(\.extent)
  }

  private struct Part {
    /// Index of its first block: names the part.
    let first: Int
    var cells: Int
    var extent: MeshGrid
  }

  /// Stretches of neighbouring blocks that hold cells, in the order of their first block.
  private static func connectedParts(of area: Layer<Bool>) -> [Part] {
    let grid = area.grid
    let (rows, columns) = ((grid.height - 1) / blockSide + 1, (grid.width - 1) / blockSide + 1)
    var blocks = [Part?](repeating: nil, count: rows * columns)
    for index in 0..<grid.count where area.values[index] {
      let (y, x) = (index / grid.width, index % grid.width)
      let block = y / blockSide * columns + x / blockSide
      let cell = MeshGrid(south: grid.north - 1 - y, west: grid.west + x, height: 1, width: 1)
      if let known = blocks[block] {
        blocks[block] = Part(first: block, cells: known.cells + 1, extent: known.extent.union(cell))
      } else {
        blocks[block] = Part(first: block, cells: 1, extent: cell)
      }
    }
    var parts: [Part] = []
    for start in blocks.indices {
      guard var part = blocks[start] else { continue }
      blocks[start] = nil
      var open = [start]
      while let block = open.popLast() {
        for row in max(0, block / columns - 1)...min(rows - 1, block / columns + 1) {
          for column in max(0, block % columns - 1)...min(columns - 1, block % columns + 1) {
            guard let next = blocks[row * columns + column] else { continue }
            blocks[row * columns + column] = nil
            open.append(row * columns + column)
            part.cells += next.cells
            part.extent = part.extent.union(next.extent)
          }
        }
      }
      parts.append(part)
    }
    return parts
  }

  /// Joins the parts that together are least longer than each alone, until they are few and none lies close to another or over it;
  /// the largest first. A speck then joins what is beside it instead of another speck far away.
  ///
  /// - Parameters:
  ///   - parts: In any order.
  ///   - limit: So long may parts that lie close become together, km: an inset of a whole chain would show dots.
  /// - Returns: At most `mostRemoteParts`.
  private static func grouped(_ parts: [Part], noLongerThan limit: Double) -> [Part] {
    var groups = parts
    while groups.count > 1 {
      let mustJoin = groups.count > mostRemoteParts
      var best: (a: Int, b: Int, added: Double)?
      for a in groups.indices {
        for b in groups.indices.dropFirst(a + 1) {
          let (one, other) = (groups[a].extent, groups[b].extent)
          let together = length(of: one.union(other))
          let apart = gap(one, other)
          let added = together - (length(of: one) + length(of: other)) / 2
          let shouldJoin = mustJoin || apart == 0 || apart < nearness && together <= limit
          guard shouldJoin, added < best?.added ?? .infinity else { continue }
          best = (a, b, added)
        }
      }
      guard let best else { break }
      let joined = groups.remove(at: best.b)
      groups[best.a].cells += joined.cells
      groups[best.a].extent = groups[best.a].extent.union(joined.extent)
    }
    return groups.sorted { ($0.cells, $1.first) > ($1.cells, $0.first) }
  }

  /// The side that limits the scale, km: sheets may be a little higher than wide.
  private static func length(of grid: MeshGrid) -> Double {
    let size = MapFrame.kilometres(of: grid)
    return max(size.x, size.y * 0.87)
  }

  /// Distance between two extents, km; 0 where they overlap.
  private static func gap(_ a: MeshGrid, _ b: MeshGrid) -> Double {
    let degree = MapFrame.kilometresADegree(at: (a.southLatitude + b.northLatitude) / 2)
    let across = Double(max(0, max(a.west, b.west) - min(a.east, b.east))) / 80 * degree.x
    let up = Double(max(0, max(a.south, b.south) - min(a.north, b.north))) / 120 * degree.y
    return (across * across + up * up).squareRoot()
  }
}
