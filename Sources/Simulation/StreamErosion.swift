/// Carves valleys: uplift against the erosion of streams and the creep of slopes.
///
///     dh/dt = U - K A^(1/2) S + D ∇²h
///
/// with `A` the area upstream and `S` the slope to the lowest neighbour; the stream term is solved implicitly from the sea
/// upwards, so any step is stable.
/// - Source: Braun & Willett (2013), Geomorphology 180-181, with n = 1, m = 1/2.
struct StreamErosion {
  let grid: PlaneGrid
  /// Uplift of each pixel, m a step; sea and river mouths have `isBase`.
  let uplift: [Float]
  let isBase: [Bool]
  /// `K` times the step: erodibility.
  var erodibility: Float = 0.4
  /// `D` times the step over the pixel's area, below 1/4.
  var creep: Float = 0.05
  /// Where less area drains, slopes and not streams carry the debris: `A` counts as this, m².
  var leastArea: Float = 25_000

  private static let neighbours: [(dy: Int, dx: Int, distance: Float)] = [
    (-1, -1, 1.414_213_5), (-1, 0, 1), (-1, 1, 1.414_213_5), (0, -1, 1), (0, 1, 1), (1, -1, 1.414_213_5), (1, 0, 1),
    (1, 1, 1.414_213_5),
  ]

  func run(_ height: inout [Float], steps: Int) {
    precondition(height.count == grid.count && uplift.count == grid.count && isBase.count == grid.count)
    precondition(isBase.contains(true), "rivers have nowhere to go")
    var receiver = [Int32](repeating: 0, count: grid.count)
    var length = [Float](repeating: 1, count: grid.count)
    var order = [Int32](repeating: 0, count: grid.count)
    for step in 0..<steps {
      for i in height.indices where !isBase[i] { height[i] += uplift[i] }
      // Coarse pixels find the way of the rivers, so there no pit may last; fine ones inherit it.
      if grid.count < 10_000 || step % 10 == 0 { fillPits(&height) }
      findReceivers(height, &receiver, &length)
      sortUpstream(receiver, &order)
      carve(&height, receiver, length, order)
      smooth(&height)
    }
  }

  private func findReceivers(_ height: [Float], _ receiver: inout [Int32], _ length: inout [Float]) {
    let (columns, rows) = (grid.width, grid.height)
    let size = Float(grid.spacing)
    let h = height.span
    var to = receiver.mutableSpan
    var far = length.mutableSpan
    for row in 0..<rows {
      for column in 0..<columns {
        let i = row * columns + column
        var (best, steepest, run) = (i, Float(0), Float(1))
        if !isBase[i] {
          for (dy, dx, distance) in Self.neighbours {
            let (y, x) = (row + dy, column + dx)
            guard y >= 0, y < rows, x >= 0, x < columns else { continue }
            let slope = (h[i] - h[y * columns + x]) / distance
            if slope > steepest { (best, steepest, run) = (y * columns + x, slope, distance) }
          }
        }
        to[i] = Int32(best)
        far[i] = run * size
      }
    }
  }

  /// An order in which every pixel comes after the one it drains to.
  private func sortUpstream(_ receiver: [Int32], _ order: inout [Int32]) {
    let count = receiver.count
    var first = [Int32](repeating: 0, count: count + 1)
    for i in 0..<count where Int(receiver[i]) != i { first[Int(receiver[i]) + 1] += 1 }
    for i in 0..<count { first[i + 1] += first[i] }
    var donors = [Int32](repeating: 0, count: Int(first[count]))
    var next = first
    for i in 0..<count where Int(receiver[i]) != i {
      let r = Int(receiver[i])
      donors[Int(next[r])] = Int32(i)
      next[r] += 1
    }
    var filled = 0
    for root in 0..<count where Int(receiver[root]) == root {
      var head = filled
      order[filled] = Int32(root)
      filled += 1
      while head < filled {
        let i = Int(order[head])
        head += 1
        for place in Int(first[i])..<Int(first[i + 1]) {
          order[filled] = donors[place]
          filled += 1
        }
      }
    }
  }

  /// Debris fills what has no outlet until it spills.
  ///
  /// - Source: Planchon & Darboux (2002), Catena 46: the lowest surface above the ground that falls everywhere, by sweeps.
  private func fillPits(_ height: inout [Float]) {
    let (columns, rows) = (grid.width, grid.height)
    let fall = Float(0.001)
    var water = [Float](repeating: .infinity, count: height.count)
    for i in height.indices where isBase[i] { water[i] = height[i] }
    let before = height
    let ground = before.span
    var surface = water.mutableSpan
    var hasChanged = true
    var sweep = 0
    while hasChanged {
      hasChanged = false
      for place in 0..<rows * columns {
        let i = sweep % 2 == 0 ? place : rows * columns - 1 - place
        guard surface[i] > ground[i] else { continue }
        let (row, column) = (i / columns, i % columns)
        var lowest = Float.infinity
        for y in max(row - 1, 0)...min(row + 1, rows - 1) {
          for x in max(column - 1, 0)...min(column + 1, columns - 1) where y != row || x != column {
            lowest = min(lowest, surface[y * columns + x])
          }
        }
        let level = max(ground[i], lowest + fall)
        if level < surface[i] {
          surface[i] = level
          hasChanged = true
        }
      }
      sweep += 1
    }
    height = water
  }

  private func carve(_ height: inout [Float], _ receiver: [Int32], _ length: [Float], _ order: [Int32]) {
    var area = [Float](repeating: Float(grid.spacing * grid.spacing), count: receiver.count)
    for i in order.reversed() {
      let r = receiver[Int(i)]
      if r != i { area[Int(r)] += area[Int(i)] }
    }
    for i in order {
      let r = receiver[Int(i)]
      guard r != i else { continue }
      let factor = erodibility * max(area[Int(i)], leastArea).squareRoot() / length[Int(i)]
      height[Int(i)] = (height[Int(i)] + factor * height[Int(r)]) / (1 + factor)
    }
  }

  private func smooth(_ height: inout [Float]) {
    let (columns, rows) = (grid.width, grid.height)
    let before = height
    let h = before.span
    for row in 0..<rows {
      for column in 0..<columns {
        let i = row * columns + column
        guard !isBase[i] else { continue }
        let north = h[row > 0 ? i - columns : i]
        let south = h[row < rows - 1 ? i + columns : i]
        let west = h[column > 0 ? i - 1 : i]
        let east = h[column < columns - 1 ? i + 1 : i]
        height[i] += creep * (north + south + west + east - 4 * h[i])
      }
    }
  }
}
