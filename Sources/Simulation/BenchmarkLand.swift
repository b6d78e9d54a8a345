import Foundation
import Mesh
import Rasters
import Statistics

/// Terrain, soil and vegetation of one region of the benchmark country.
struct BenchmarkLand: Sendable {
  let soil: [UInt8]
  let vegetation: [UInt8]
  /// The soil group with most cells.
  let dominantSoil: Int

  /// Draws the region's few codes: 3 soil groups of 10, 4 vegetation classes of 11, shares from a Dirichlet distribution
  /// with concentration 0.5 (METHOD 9.2).
  init(seed: UInt64, from stream: inout RandomStream) {
    let patches = CoherentNoise(seed: stream.next())
    soil = Self.mosaic(classes: 10, drawn: 3, octaveShift: 0, patches, from: &stream)
    vegetation = Self.mosaic(classes: 11, drawn: 4, octaveShift: 50, patches, from: &stream)
    let groups = soil
    dominantSoil = (1...10).max { a, b in groups.count { $0 == a } < groups.count { $0 == b } } ?? 1
  }

  /// Classes in patches: the cells in the order of a smooth field, dealt by the shares.
  private static func mosaic(
    classes: Int, drawn: Int, octaveShift: Double, _ patches: CoherentNoise, from stream: inout RandomStream
  ) -> [UInt8] {
    var codes = Array(1...UInt8(classes))
    stream.shuffle(&codes)
    let shares = stream.dirichlet(drawn, concentration: 0.5)
    let side = Benchmark.side
    let order = (0..<side * side).map { cell in
      (cell: cell, height: patches.fractal(Double(cell % side) / 6 + octaveShift, Double(cell / side) / 6, octaves: 3))
    }.sorted { ($0.height, $0.cell) < ($1.height, $1.cell) }
    var result = [UInt8](repeating: codes[0], count: side * side)
    var upTo = 0.0
    var next = 0
    for (place, share) in shares.enumerated() {
      upTo += share
      let end = place == drawn - 1 ? order.count : Int((upTo * Double(order.count)).rounded())
      while next < end {
        result[order[next].cell] = codes[place]
        next += 1
      }
    }
    return result
  }
}

/// Mean height, mean slope and aspect of a region's cells, from pixels of 125 m.
struct BenchmarkTerrain: Sendable {
  let elevation: [Float]
  let slope: [Float]
  let aspect: [UInt8]

  init(around anchor: Mesh3Code, from stream: inout RandomStream) {
    let distances = BenchmarkDistances(around: anchor)
    let (width, height) = (distances.cellWidth * 17_000, BenchmarkDistances.cellHeight * 17_000)
    let spacing = 125.0
    // An even number of pixels each way, so that pixels twice as wide fill the same box.
    let (columns, rows) = (Int((width / spacing / 2).rounded(.up)) * 2, Int((height / spacing / 2).rounded(.up)) * 2)
    let grid = PlaneGrid(width: columns, height: rows, spacing: spacing, west: -width / 2, north: height / 2)
    let noise = CoherentNoise(seed: stream.next())
    let heading = stream.uniform(0...(2 * .pi))
    let (east, north) = (cos(heading), sin(heading))
    // Distance from the middle to the outermost corner uphill and downhill.
    let reach = abs(east) * width / 2 + abs(north) * height / 2
    let base = stream.uniform(0...300)
    let terrain = SyntheticTerrain.grow(
      on: grid, high: stream.uniform(400...1_200), noise: noise, steps: [60, 20],
      // Streams leave the box at its foot.
      shore: { x, y in (x * east + y * north) / reach + 0.95 },
      uplift: { x, y in 0.6 + 0.8 * noise.fractal(x / 9_000, y / 9_000, octaves: 4) })
    let rises = terrain.rises()
    var count = [Float](repeating: 0, count: 17 * 17)
    var (heights, slopes, easts, norths) = (count, count, count, count)
    for row in 0..<rows {
      for column in 0..<columns {
        let i = row * columns + column
        let x = (grid.x(ofColumn: column) + width / 2) / width * 17
        let y = (height / 2 - grid.y(ofRow: row)) / height * 17
        guard terrain.isLand[i], x < 17, y < 17 else { continue }
        let cell = Int(y) * 17 + Int(x)
        count[cell] += 1
        heights[cell] += terrain.height[i]
        slopes[cell] += steepness(rises[i])
        easts[cell] += rises[i].east
        norths[cell] += rises[i].north
      }
    }
    elevation = zip(heights, count).map { $1 > 0 ? $0 / $1 + Float(base) : Float(base) }
    slope = zip(slopes, count).map { $1 > 0 ? $0 / $1 : 0 }
    aspect = zip(easts, norths).map { aspectClass(riseEast: $0, riseNorth: $1) }
  }
}
