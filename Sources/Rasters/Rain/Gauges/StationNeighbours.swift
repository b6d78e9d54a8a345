import Foundation
package import Mesh
import Statistics

/// Mean radius of the Earth, km.
let earthRadius = 6_371.0088

/// For every cell of a set the gauges within reach, nearest first: made once, used for every hour.
package struct StationNeighbours: Sendable {
  package let cells: CellSet
  let interpolation: StationInterpolation
  /// How many gauges the network has.
  let gauges: Int
  /// Where the gauges of a cell begin in the three arrays below; one more than there are cells.
  let starts: [Int32]
  let stations: [Int32]
  /// km, in steps of 1/128.
  let distances: [Float]
  let weights: [Float]

  package init(of cells: CellSet, stations all: [RainStation], by interpolation: StationInterpolation) {
    self.cells = cells
    let grid = cells.grid
    self.interpolation = interpolation
    gauges = all.count
    let points = all.map(\.direction)
    var rows = mapInParallel(grid.height, threads: ProcessInfo.processInfo.activeProcessorCount) { y in
      NeighbourRow(y, of: cells, stations: all, points: points, by: interpolation)
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
    for y in rows.indices {
      stations += rows[y].stations
      distances += rows[y].distances
      weights += rows[y].weights
      // The country's rows and the table need not be in memory together.
      rows[y] = NeighbourRow()
    }
    (self.stations, self.distances, self.weights) = (stations, distances, weights)
  }
}

/// The gauges of the cells of one row.
private struct NeighbourRow {
  private(set) var counts: [Int32] = []
  private(set) var stations: [Int32] = []
  private(set) var distances: [Float] = []
  private(set) var weights: [Float] = []

  init() {}

  init(
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
        // In steps of 1/128 km, as exact as where a gauge stands; files of it take half the room.
        distances.append(Float((distance * 128).rounded() / 128))
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
