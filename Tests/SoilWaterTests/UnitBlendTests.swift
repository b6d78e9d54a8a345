import Mesh
import SoilWater
import Statistics
import Testing

/// Three rows of two units; the day's weather has the same rain everywhere, the past has not.
private let grid = MeshGrid(south: 4_200, west: 2_700, height: 15, width: 10)
private let first = JSTDay(daysSince1970: 17_897)
private let scored = 90

/// Ninety days whose rain grows from cell to cell, then one with the same storm in all cells, of soils wetted alike.
private func weather() -> [SoilWaterDay] {
  var stream = RandomStream(seed: 11, "blend")
  let field = TankField(spinUpDays: 0)
  var state = SoilWaterState(cells: grid.count)
  return (0...scored).map { place in
    var rain = [Float](repeating: 0, count: 24 * grid.count)
    if place == scored { state = SoilWaterState(cells: grid.count) }
    for hour in 0..<24 where place == scored || (place % 5 == 0 && stream.uniform() < 0.6) {
      let amount = Float(place == scored ? 12 : stream.exponential(mean: 6))
      for cell in 0..<grid.count {
        rain[hour * grid.count + cell] = place == scored ? amount : amount * (0.4 + 0.012 * Float(cell))
      }
    }
    return field.advance(&state, rain: rain, on: first.advanced(by: place), keepingHours: true)
  }
}

private func fit(_ days: [SoilWaterDay]) throws -> Climatology {
  var builder = try ClimatologyBuilder(grid: grid, settings: ClimatologySettings())
  for day in days { builder.add(day) }
  return try builder.fit(.before(first.advanced(by: scored)), parameters: .nationwide)
}

/// Weights of units by the hat function of METHOD 2.2, units without climatology left out.
private func plainWeights(of cell: Int, _ fitted: Climatology) -> [(unit: Int, weight: Double)] {
  func hat(_ place: Int, _ block: Int) -> Double { max(0, 1 - abs(Double(place) - Double(5 * block + 2)) / 5) }
  let (row, column) = (14 - cell / 10, cell % 10)
  let all = (0..<6).map { unit in
    (unit: unit, weight: fitted.members[unit].hasClimatology ? hat(row, unit / 2) * hat(column, unit % 2) : 0)
  }
  let sum = all.reduce(0) { $0 + $1.weight }
  return all.map { ($0.unit, $0.weight / sum) }
}

@Test(arguments: 1..<9)
func `units count by the distance of their middles, and none beyond the reach`(size: Int) throws {
  var settings = ClimatologySettings()
  settings.blockCells = size
  let blend = UnitBlend(blockCells: size)
  var farthest = 0
  for row in 0..<size {
    for column in 0..<size {
      let cell = Mesh3Code(row: 40 * size + row, column: 60 * size + column)
      let around = blend.surroundings(of: cell)
      // The units whose middles are nearer than a unit's side.
      func span(_ place: Int) -> ClosedRange<Int> {
        let near = (-1...1).filter { abs(2 * place - (2 * size * $0 + size - 1)) < 2 * size }
        return (near.min() ?? 0) * size...(near.max() ?? 0) * size + size - 1
      }
      #expect(around.south == 40 * size + span(row).lowerBound && around.height == span(row).count)
      #expect(around.west == 60 * size + span(column).lowerBound && around.width == span(column).count)
      farthest = max(
        farthest, cell.row - around.south, around.north - 1 - cell.row, cell.column - around.west,
        around.east - 1 - cell.column)
    }
  }
  #expect(settings.reach == farthest)
}

@Test func `a cell is scored by the blend of what each unit around says, hour by hour`() throws {
  var days = weather()
  // The unit in the north-east never had a valid day.
  for place in days.indices.dropLast() {
    for cell in 0..<50 where cell % 10 >= 5 { days[place].flags[cell] = SoilWaterFlag.invalid.rawValue }
  }
  let fitted = try fit(days)
  let day = days[scored]
  let found = try fitted.score(day, on: grid)
  var (between, inside) = (0, 0)
  for cell in 0..<grid.count {
    let own = (14 - cell / 10) / 5 * 2 + cell % 10 / 5
    guard own != 5 else {
      #expect(!found.hasClimatology[cell] && found.anomaly[cell] == 1)
      continue
    }
    let weights = plainWeights(of: cell, fitted)
    var (worst, worstHour) = (0.0, Int(day.hourOfMaximum[cell]))
    for hour in 0..<24 {
      let cover = weights.reduce(0.0) { sum, part in
        let surface = fitted.surface(ofUnit: part.unit)
        let (water, rain) = (day.hourlyIndex[hour * grid.count + cell], day.hourlyRain[hour * grid.count + cell])
        return sum + part.weight * Double(surface.cover(soilWater: water, rain: rain))
      }
      // Two hours of the same lack are told apart by neither.
      if 1 - cover > worst + 1e-7 { (worst, worstHour) = (1 - cover, hour + 1) }
    }
    let rank = weights.reduce(0.0) {
      $1.weight > 0 ? $0 + $1.weight * Double(fitted.members[$1.unit].rank.rank(of: day.maximum[cell])) : $0
    }
    #expect(abs(Double(found.uncovered[cell]) - worst) < 1e-6 && abs(Double(found.rank[cell]) - rank) < 1e-6)
    #expect(Int(found.worstHour[cell]) == worstHour)
    if weights.contains(where: { $0.weight == 1 }) { inside += 1 } else { between += 1 }
  }
  #expect(inside > 20 && between > 70)
}

@Test func `no step at the borders of units: under one storm q and rank change from cell to cell alike`() throws {
  let days = weather()
  let found = try fit(days).score(days[scored], on: grid)
  for values in [found.uncovered, found.rank] {
    // A column from the middle of the southern unit to that of the next.
    let line = (2...7).map { Double(values[(14 - $0) * 10 + 2]) }
    let steps = zip(line.dropFirst(), line).map { $0 - $1 }
    #expect(abs(line[5] - line[0]) > 0.002)
    for step in steps { #expect(abs(step - (line[5] - line[0]) / 5) < 1e-6) }
  }
}

@Test func `neither threads nor the cells held at once change a bit, and part of a grid scores as the whole`() throws {
  let days = weather()
  let fitted = try fit(days)
  let (whole, pieces) = (
    try fitted.score(days[scored], on: grid), try fitted.score(days[scored], on: grid, threads: 3, cellsAtOnce: 7)
  )
  #expect(whole.anomaly == pieces.anomaly && whole.rank == pieces.rank && whole.worstHour == pieces.worstHour)
}

@Test func `a unit that the grid cuts has no climatology`() throws {
  let cut = MeshGrid(south: grid.south + 1, west: grid.west, height: 9, width: 10)
  let units = ClimatologyUnits(grid: cut, blockCells: 5)
  #expect((0..<units.count).map(units.isWhole) == [false, false, true, true])
  #expect(units.cellsOfUnits.map(\.count) == [0, 0, 25, 25])
}

@Test func `the surface of a cell is the cover that it is scored by`() throws {
  let days = weather()
  let fitted = try fit(days)
  let found = try fitted.score(days[scored], on: grid)
  for cell in [0, 37, 84, 149] {
    let surface = fitted.surface(at: grid.code(at: cell))
    let lacks = (0..<24).map { hour in
      1
        - surface.cover(
          soilWater: days[scored].hourlyIndex[hour * grid.count + cell],
          rain: days[scored].hourlyRain[hour * grid.count + cell])
    }
    #expect(abs((lacks.max() ?? -1) - found.uncovered[cell]) < 1e-6)
  }
}
