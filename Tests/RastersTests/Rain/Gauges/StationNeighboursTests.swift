import Foundation
import Mesh
@testable import Rasters
import Statistics
import Testing

/// The formula of `StationInterpolation` for one place, in degrees and the haversine form, nothing shared with the code.
private func plainInterpolation(
  latitude: Double, longitude: Double, _ gauges: [(latitude: Double, longitude: Double, rain: Float)],
  _ settings: StationInterpolation
) -> Double {
  let radians = Double.pi / 180
  var near: [(distance: Double, rain: Double)] = []
  for gauge in gauges where !gauge.rain.isNaN {
    let (north, east) = ((gauge.latitude - latitude) * radians, (gauge.longitude - longitude) * radians)
    let (up, across) = (sin(north / 2), sin(east / 2))
    let a: Double = up * up + cos(latitude * radians) * cos(gauge.latitude * radians) * across * across
    let distance = 2 * 6_371.0088 * asin(a.squareRoot())
    if distance <= settings.radius { near.append((distance, Double(gauge.rain))) }
  }
  near.sort { $0.distance < $1.distance }
  var (sum, weights) = (0.0, 0.0)
  for gauge in near.prefix(settings.neighbours) {
    let weight = pow(max(gauge.distance, settings.nearest), -settings.power)
    sum += gauge.rain * weight
    weights += weight
  }
  return sum / weights
}

@Test(arguments: [
  StationInterpolation(), StationInterpolation(power: 3, neighbours: 3), StationInterpolation(power: 1, radius: 25),
])
func `every cell is the weighted mean of its nearest reporting gauges`(settings: StationInterpolation) throws {
  var random = RandomStream(seed: 5)
  let gauges = (0..<40).map { i in
    let rain = i % 7 == 0 ? Float.nan : Float(random.uniform() * 40)
    return (latitude: 35 + random.uniform(), longitude: 134 + random.uniform(), rain: rain)
  }
  let grid = MeshGrid(south: 35.2, west: 134.1, north: 35.9, east: 134.8)
  let stations = gauges.enumerated().map { RainStation(id: "\($0)", latitude: $1.latitude, longitude: $1.longitude) }
  let values = gauges.map(\.rain)
  let field = StationNeighbours(of: CellSet(grid), stations: stations, by: settings).hours([values[...]])
  for cell in stride(from: 0, to: grid.count, by: 11) {
    let code = grid.code(at: cell)
    let expected = plainInterpolation(
      latitude: code.centreLatitude, longitude: code.centreLongitude, gauges, settings)
    #expect(abs(Double(field.rain[cell]) - expected) < 0.5 / 128 + 1e-4)  // rounded to 1/128 mm
  }
}

@Test func `a gauge's own cell shows its reading, and cells out of reach show nothing`() throws {
  let grid = MeshGrid(south: 34.0, west: 134.0, north: 35.5, east: 134.6)
  let stations = [
    RainStation(id: "A", latitude: 35.3, longitude: 134.1), RainStation(id: "B", latitude: 35.2, longitude: 134.3),
  ]
  let field = StationNeighbours(of: CellSet(grid), stations: stations, by: StationInterpolation()).hours([[40, 0]])
  let own = try #require(Mesh3Code(latitude: 35.3, longitude: 134.1).flatMap(grid.index))
  #expect(abs(field.rain[own] - 40) < 0.25)
  #expect(field.farthest[own] < 1)
  let far = try #require(Mesh3Code(latitude: 34.1, longitude: 134.1).flatMap(grid.index))
  #expect(field.rain[far].isNaN)
  #expect(field.farthest[far].isNaN)
}

@Test func `a cell's rain does not depend on the grid it lies in`() throws {
  let stations = (0..<12).map { (place: Int) -> RainStation in
    let (row, column) = (Double(place % 4), Double(place / 4))
    return RainStation(id: "\(place)", latitude: 35 + 0.1 * row, longitude: 134 + 0.1 * column)
  }
  let values = (0..<12).map { Float($0 * $0) * 0.5 }
  let whole = MeshGrid(south: 35.0, west: 134.0, north: 35.5, east: 134.5)
  let part = MeshGrid(south: 35.1, west: 134.2, north: 35.3, east: 134.4)
  func field(on grid: MeshGrid) -> [Float] {
    StationNeighbours(of: CellSet(grid), stations: stations, by: StationInterpolation()).hours([values[...]]).rain
  }
  #expect(Layer(grid: whole, values: field(on: whole)).cropped(to: part, fill: .nan).values == field(on: part))
}

/// An hour of a cell as `StationInterpolation` has it, gauge after gauge.
private func plainHour(
  _ readings: [Float], at cell: Int, of table: StationNeighbours
) -> (rain: Float, distance: Float) {
  var (total, weight, distance): (Float, Float, Float) = (0, 0, .nan)
  var used = 0
  for place in Int(table.starts[cell])..<Int(table.starts[cell + 1]) {
    let value = readings[Int(table.stations[place])]
    if value.isNaN { continue }
    if used == 0 { distance = table.distances[place] }
    total += table.weights[place] * value
    weight += table.weights[place]
    used += 1
    if used == table.interpolation.neighbours { break }
  }
  return (used > 0 ? (total / weight * 128).rounded() / 128 : .nan, distance)
}

private func isSame(_ a: Float, _ b: Float) -> Bool { a.bitPattern == b.bitPattern || a.isNaN && b.isNaN }

@Test(arguments: [0, 0.02, 0.5, 0.95], [1, 3, 8])
func `hours side by side are those of a plain loop, to the bit`(silence: Double, neighbours: Int) throws {
  var random = RandomStream(seed: 9, "gauges")
  let stations = (0..<60).map {
    RainStation(id: "\($0)", latitude: 35 + random.uniform(), longitude: 134 + random.uniform())
  }
  let grid = MeshGrid(south: 34.9, west: 133.5, north: 35.1, east: 134.2)
  let table = StationNeighbours(
    of: CellSet(grid), stations: stations, by: StationInterpolation(neighbours: neighbours, radius: 40))
  // Steps of 1/256 mm meet halves of 1/128; the greatest amounts have no fraction left.
  let readings: [[Float]?] = (0..<24).map { hour in
    if hour == 5 { return nil }
    return stations.map { _ in
      if hour == 6 || random.uniform() < silence { return .nan }
      let limit = hour == 8 ? 0x1p31 : 20_480
      return hour == 7 || random.uniform() < 0.4 ? 0 : Float(Int(random.uniform() * limit)) / 256
    }
  }
  let found = table.hours(readings.map { $0?[...] })
  for cell in 0..<grid.count {
    var farthest = Float.nan
    for (hour, readings) in readings.enumerated() {
      let plain = readings.map { plainHour($0, at: cell, of: table) } ?? (rain: .nan, distance: .nan)
      #expect(isSame(found.rain[hour * grid.count + cell], plain.rain))
      if !(farthest >= plain.distance), !plain.distance.isNaN { farthest = plain.distance }
    }
    #expect(isSame(found.farthest[cell], farthest))
  }
  let present = (0..<24).map { hour in !found.rain[hour * grid.count..<(hour + 1) * grid.count].allSatisfy(\.isNaN) }
  #expect(found.present == present)
}
