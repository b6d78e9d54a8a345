import Mesh

/// The part of a pixel and a cell that lie over each other along one axis, in cells.
struct AxisOverlap {
  let pixel: Int
  let cell: Int
  let length: Double
}

/// Overlaps of equally long pixels with the cells of a range, in the order of the pixels.
///
/// Each edge is computed from its own number, so that an overlap does not depend on the range asked for. Edges within 1e-6
/// cell (1 mm) of a cell's edge are on it: steps like 0.000277… degree never end there exactly.
///
/// - Parameters:
///   - pixels: How many there are.
///   - cells: The cells asked for.
///   - edge: Place of the lower edge of a pixel, in cells; linear in the pixel's number, rising or falling.
/// - Returns: Overlaps of positive length.
func axisOverlaps(pixels: Int, cells: Range<Int>, edge: (Int) -> Double) -> [AxisOverlap] {
  func snapped(_ pixel: Int) -> Double {
    let place = edge(pixel)
    return abs(place - place.rounded()) < 1e-6 ? place.rounded() : place
  }
  let (start, step) = (edge(0), (edge(pixels) - edge(0)) / Double(pixels))
  let ends = [(Double(cells.lowerBound) - start) / step, (Double(cells.upperBound) - start) / step]
  let first = max(0, Int(saturating: max(-1e9, min(ends[0], ends[1]).rounded(.down))) - 2)
  let last = min(pixels, Int(saturating: min(1e9, max(ends[0], ends[1]).rounded(.up))) + 2)
  guard first < last else { return [] }
  var result: [AxisOverlap] = []
  for pixel in first..<last {
    let (a, b) = (snapped(pixel), snapped(pixel + 1))
    let (low, high) = (min(a, b), max(a, b))
    var cell = max(cells.lowerBound, Int(saturating: low.rounded(.down)))
    while cell < cells.upperBound, Double(cell) < high {
      let length = min(high, Double(cell + 1)) - max(low, Double(cell))
      if length > 0 { result.append(AxisOverlap(pixel: pixel, cell: cell, length: length)) }
      cell += 1
    }
  }
  return result
}

/// Column overlaps ordered by cell: cell `c` has the pixels `first[c] ..< first[c] + counts[c]`, whose lengths begin at
/// `offsets[c]`. Pixels are counted from `pixels.lowerBound`.
struct ColumnRuns {
  /// The pixels that touch any of the cells.
  let pixels: Range<Int>
  var first: [Int] = []
  var counts: [Int] = []
  var offsets: [Int] = []
  var lengths: [Double] = []

  init(_ overlaps: [AxisOverlap], cells: Range<Int>) {
    let low = overlaps.map(\.pixel).min() ?? 0
    pixels = low..<((overlaps.map(\.pixel).max() ?? low - 1) + 1)
    var byCell = [[AxisOverlap]](repeating: [], count: cells.count)
    for overlap in overlaps { byCell[overlap.cell - cells.lowerBound].append(overlap) }
    for list in byCell {
      first.append((list.first?.pixel ?? low) - low)
      counts.append(list.count)
      offsets.append(lengths.count)
      lengths += list.map(\.length)
    }
  }
}
