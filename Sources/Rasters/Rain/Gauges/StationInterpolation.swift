import Foundation
package import Mesh
import Statistics

/// How gauges become a field: inverse distance weighting over the nearest gauges that reported.
///
///     rain(c) = Σ wᵢ rᵢ / Σ wᵢ,   wᵢ = dᵢ^−power,   i = the `neighbours` nearest reporting gauges within `radius`
///
/// Distances are great circles between the centre of the cell and the gauge, never below `nearest`: a gauge in the cell
/// itself then outweighs any other by far. A cell with no reporting gauge within `radius` is missing. The result of a
/// cell depends on nothing but the cell and the gauges.
package struct StationInterpolation: Hashable, Sendable {
  /// Exponent of the distance.
  package var power: Double
  /// Gauges used for a cell, at most.
  package var neighbours: Int
  /// km.
  package var radius: Double
  /// Distances below count as this, km.
  package var nearest: Double

  package init(power: Double = 2, neighbours: Int = 8, radius: Double = 60, nearest: Double = 0.5) {
    precondition(power >= 0 && neighbours > 0 && radius > 0 && nearest > 0, "an interpolation without reach")
    self.power = power
    self.neighbours = neighbours
    self.radius = radius
    self.nearest = nearest
  }
}

/// Mean radius of the Earth, km.
let earthRadius = 6_371.0088

/// For every cell of a set the gauges within reach, nearest first: made once, used for every hour.
package struct StationNeighbours: Sendable {
  package let cells: CellSet
  let interpolation: StationInterpolation
  /// Where the gauges of a cell begin in the three arrays below; one more than there are cells.
  private let starts: [Int32]
  private let stations: [Int32]
  private let distances: [Float]
  private let weights: [Float]

  package init(of cells: CellSet, stations all: [RainStation], by interpolation: StationInterpolation) {
    self.cells = cells
    let grid = cells.grid
    self.interpolation = interpolation
    let points = all.map(\.direction)
    let rows = (0..<grid.height).map { _ in NeighbourRow() }
    inParallel(grid.height, threads: ProcessInfo.processInfo.activeProcessorCount) { y in
      rows[y].fill(y, of: cells, stations: all, points: points, by: interpolation)
    }
    var starts: [Int32] = [0]
    starts.reserveCapacity(cells.count + 1)
    for row in rows { for count in row.counts { starts.append((starts.last ?? 0) + count) } }
    self.starts = starts
    let entries = Int(starts.last ?? 0)
    var (stations, distances, weights): ([Int32], [Float], [Float]) = ([], [], [])
    stations.reserveCapacity(entries)
    distances.reserveCapacity(entries)
    weights.reserveCapacity(entries)
    for row in rows {
      stations += row.stations
      distances += row.distances
      weights += row.weights
      row.forget()
    }
    (self.stations, self.distances, self.weights) = (stations, distances, weights)
  }

  /// The field of an hour.
  ///
  /// - Parameter values: One value a station, mm, in the order of the stations; `NaN` did not report.
  /// - Returns: The rain in mm, in steps of 1/128 mm, and the distance to the nearest gauge that reported, km, on the
  ///   cells' grid.
  package func field(of values: Span<Float>) -> RainField {
    let grid = cells.grid
    var rain = Layer<Float>(grid: grid, filledWith: .nan)
    var distance = Layer<Float>(grid: grid, filledWith: .nan)
    var rainSpan = rain.values.mutableSpan
    var distanceSpan = distance.values.mutableSpan
    let (starts, stations, weights, distances) = (starts.span, stations.span, weights.span, distances.span)
    for run in cells.runs {
      for step in 0..<run.count {
        let (entry, cell) = (run.place + step, run.row * grid.width + run.column + step)
        var (total, weight): (Float, Float) = (0, 0)
        var used = 0
        for place in Int(starts[entry])..<Int(starts[entry + 1]) {
          let value = values[Int(stations[place])]
          if value.isNaN { continue }
          if used == 0 { distanceSpan[cell] = distances[place] }
          total += weights[place] * value
          weight += weights[place]
          used += 1
          if used == interpolation.neighbours { break }
        }
        // Steps of 1/128 mm, far below a gauge's 0.5 mm: the files shrink several times.
        if used > 0 { rainSpan[cell] = (total / weight * 128).rounded() / 128 }
      }
    }
    return RainField(rain: rain, gaugeDistance: distance)
  }
}

/// The gauges of the cells of one row, filled by one thread.
private final class NeighbourRow: @unchecked Sendable {
  var counts: [Int32] = []
  var stations: [Int32] = []
  var distances: [Float] = []
  var weights: [Float] = []

  func forget() { (counts, stations, distances, weights) = ([], [], [], []) }

  func fill(
    _ y: Int, of cells: CellSet, stations all: [RainStation], points: [SIMD3<Double>],
    by interpolation: StationInterpolation
  ) {
    let grid = cells.grid
    let runs = cells.runs(inRows: y..<y + 1)
    guard !runs.isEmpty else { return }
    let latitude = Double(2 * (grid.north - 1 - y) + 1) / 240
    let reach = interpolation.radius / earthRadius * 180 / .pi * 1.000_001
    let near = all.indices.filter { abs(all[$0].latitude - latitude) <= reach }
    let farthest = 2 * sin(interpolation.radius / earthRadius / 2)
    var found: [(square: Double, station: Int)] = []
    for x in runs.lazy.flatMap({ $0.column..<$0.column + $0.count }) {
      let longitude = Double(2 * (8_000 + grid.west + x) + 1) / 160
      let cell = unitVector(latitude: latitude, longitude: longitude)
      found.removeAll(keepingCapacity: true)
      for station in near {
        let chord = points[station] - cell
        let square = (chord * chord).sum()
        if square <= farthest * farthest { found.append((square, station)) }
      }
      found.sort { ($0.square, $0.station) < ($1.square, $1.station) }
      counts.append(Int32(found.count))
      for (square, station) in found {
        let distance = 2 * earthRadius * asin(square.squareRoot() / 2)
        stations.append(Int32(station))
        distances.append(Float(distance))
        weights.append(Float(pow(max(distance, interpolation.nearest), -interpolation.power)))
      }
    }
  }
}

/// The unit vector of a place on the sphere.
private func unitVector(latitude: Double, longitude: Double) -> SIMD3<Double> {
  let (north, east) = (latitude * .pi / 180, longitude * .pi / 180)
  return [cos(north) * cos(east), cos(north) * sin(east), sin(north)]
}

extension RainStation {
  /// The unit vector of the gauge.
  var direction: SIMD3<Double> { unitVector(latitude: latitude, longitude: longitude) }
}
