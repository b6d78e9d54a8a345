import Foundation
import Mesh
import SoilWater
import Statistics
import Testing

private let grid = MeshGrid(south: 4_200, west: 2_700, height: 10, width: 5)  // two units of 5 x 5
private let firstDay = JSTDay(daysSince1970: 17_897)  // 2019-01-01

/// Weather of `days` days, the same over all cells but for a factor of the cell; the field's records are kept.
private func records(days: Int, seed: UInt64 = 3, from first: JSTDay = firstDay) -> [SoilWaterDay] {
  var stream = RandomStream(seed: seed, "weather")
  let field = TankField(spinUpDays: 0)
  var state = SoilWaterState(cells: grid.count)
  return (0..<days).map { place in
    var rain = [Float](repeating: 0, count: 24 * grid.count)
    if stream.uniform() < 0.25 {
      let mean = stream.exponential(mean: 4)
      for hour in 0..<24 where stream.uniform() < 0.6 {
        let amount = stream.exponential(mean: mean)
        for cell in 0..<grid.count { rain[hour * grid.count + cell] = Float(amount) * (0.8 + 0.008 * Float(cell)) }
      }
    }
    return field.advance(&state, rain: rain, on: first.advanced(by: place), keepingHours: true)
  }
}

private func builder(
  _ records: [SoilWaterDay], settings: ClimatologySettings = ClimatologySettings(), threads: Int = 1
) throws -> ClimatologyBuilder {
  var builder = try ClimatologyBuilder(grid: grid, settings: settings, threads: threads)
  for record in records { builder.add(record) }
  return builder
}

@Test func `a climatology refuses to score the days it was fitted on`() throws {
  let days = records(days: 60)
  let fitted = try builder(days).fit(.all, parameters: .nationwide)
  #expect(throws: SoilWaterError.seenDay(firstDay.advanced(by: 7))) { try fitted.score(days[7], on: grid) }
  #expect(try fitted.score(days[7], on: grid, allowingSeenDay: true).anomaly.allSatisfy { (0...1).contains($0) })
  let earlier = try builder(days).fit(.before(firstDay.advanced(by: 50)), parameters: .nationwide)
  #expect(earlier.days.count == 50)
  #expect(try earlier.score(days[50], on: grid).hasClimatology.allSatisfy { $0 })
  #expect(throws: SoilWaterError.self) { try earlier.score(days[49], on: grid) }
}

@Test func `a year left out changes nothing in the fit`() throws {
  let both = records(days: 400)
  let without = both.filter { ($0.day?.date.year ?? 0) != 2020 }
  var altered = both
  for place in altered.indices where (altered[place].day?.date.year ?? 0) == 2020 {
    altered[place].maximum = altered[place].maximum.map { $0 + 500 }
  }
  let fits = try [both, altered].map { try builder($0).fit(.excludingYear(2020), parameters: .nationwide) }
  let plain = try builder(without).fit(.all, parameters: .nationwide)
  #expect(fits[0].members.map(\.rank) == plain.members.map(\.rank))
  #expect(fits[0].members == fits[1].members)
  #expect(!fits[0].hasSeen(firstDay.advanced(by: 380)) && fits[0].hasSeen(firstDay.advanced(by: 10)))
}

@Test func `a past cut at a day is that of the days before, whatever came later`() throws {
  var days = records(days: 150)
  // Half of the days some cells do not count, and on some none: events go on over them.
  for place in days.indices where place % 7 < 2 {
    for cell in 0..<grid.count where place % 7 == 0 || cell % 3 == 0 {
      days[place].flags[cell] = SoilWaterFlag.invalid.rawValue
    }
  }
  let long = try builder(days)
  for place in 60..<90 {
    let end = firstDay.advanced(by: place)
    let short = try builder(Array(days.prefix(place))).fit(.before(end), parameters: .nationwide)
    let cut = try long.fit(.before(end), parameters: .nationwide)
    #expect(cut.members == short.members && cut.days == short.days)
  }
}

@Test func `what is known on a day are the days before its month`() throws {
  let day = try #require(JSTDay("2023-03-01"))
  for known in [day, day.advanced(by: 30)] {
    let reference = ReferenceDays.known(on: known)
    #expect(reference == .before(day))
    #expect(reference.contains(day.advanced(by: -1)) && !reference.contains(day))
  }
  #expect(ReferenceDays.known(on: day.advanced(by: -1)) == .before(try #require(JSTDay("2023-02-01"))))
}

@Test func `threads change no bit of fit and score`() throws {
  let days = records(days: 90)
  let reference = ReferenceDays.before(firstDay.advanced(by: 80))
  let fits = try [1, 3].map { try builder(days, threads: $0).fit(reference, parameters: .nationwide) }
  #expect(fits[0].members == fits[1].members)
  let scores = try [1, 3].map { try fits[0].score(days[85], on: grid, threads: $0) }
  #expect(scores[0].anomaly == scores[1].anomaly && scores[0].worstHour == scores[1].worstHour)
}

@Test func `without reference days the anomaly is 1 and says so`() throws {
  let day = records(days: 1)[0]
  let empty = try builder([]).fit(.all, parameters: .nationwide)
  let score = try empty.score(day, on: grid)
  #expect(score.anomaly.allSatisfy { $0 == 1 } && score.hasClimatology.allSatisfy { !$0 })
}

@Test func `wetter soil or more rain never lowers the anomaly`() throws {
  let days = records(days: 120)
  let fitted = try builder(days).fit(.all, parameters: .nationwide)
  var probe = days[119]
  var last = [Float](repeating: 0, count: grid.count)
  for step in 0..<60 {
    probe.hourlyIndex = probe.hourlyIndex.map { _ in Float(step) * 8 }
    probe.hourlyRain = probe.hourlyRain.map { _ in Float(step) * 2 }
    probe.maximum = probe.maximum.map { _ in Float(step) * 8 }
    let score = try fitted.score(probe, on: grid, allowingSeenDay: true)
    for (now, before) in zip(score.anomaly, last) { #expect(now >= before - 1e-6 && now <= 1) }
    last = score.anomaly
  }
  #expect(last.allSatisfy { $0 == 1 })
}

@Test func `the anomaly is the greater of uncovered state and powered rank`() {
  #expect(soilWaterAnomaly(uncovered: 0.3, rank: 0.966, power: 20) > 0.5)
  #expect(soilWaterAnomaly(uncovered: 0.8, rank: 0.966, power: 20) == 0.8)
  #expect(soilWaterAnomaly(uncovered: 0.2, rank: .nan, power: 20) == 0.2)
}

@Test func `an event ends after 24 dry hours and begins with the next rain`() throws {
  var settings = ClimatologySettings()
  settings.blockCells = 5
  let field = TankField(spinUpDays: 0)
  var state = SoilWaterState(cells: grid.count)
  // Rain at hours 5 and 29 (23 dry hours between: one event), then at hour 54 (24 dry hours between: another).
  var series = [Float](repeating: 0, count: 96)
  for hour in [5, 29, 54] { series[hour - 1] = 10 }
  let days = (0..<4).map { place in
    let rain = (0..<24).flatMap { hour in [Float](repeating: series[24 * place + hour], count: grid.count) }
    return field.advance(&state, rain: rain, on: firstDay.advanced(by: place), keepingHours: true)
  }
  let events = try builder(days, settings: settings).events(ofUnit: 0)
  let third = firstDay.advanced(by: 2)
  #expect(events.map(\.days) == [firstDay...third, third...firstDay.advanced(by: 3)])
}

@Test func `events with a landslide are left out of their unit only`() throws {
  let days = records(days: 120)
  let plain = try builder(days).fit(.all, parameters: .nationwide)
  let wettest = try #require(days.max { $0.maximum[45] < $1.maximum[45] }?.day)
  let slide = LandslideDay(cell: grid.code(y: 9, x: 0), day: wettest)
  let fitted = try builder(days).fit(.all, landslides: [slide], parameters: .nationwide)
  #expect(fitted.members[0].events < plain.members[0].events && fitted.members[0].disasters >= 1)
  #expect(fitted.members[0].rank.days == plain.members[0].rank.days - 1)
  #expect(fitted.members[1] == plain.members[1])
  let line = fitted.criticalLine()
  #expect(line.hits.map { $0 >= 0.8 } ?? false)
  #expect(plain.criticalLine().level == 0.5 && plain.criticalLine().hits == nil)
}

/// The weather with a storm on one day, in the cells of one unit only.
private func withStorm(_ records: [SoilWaterDay], on place: Int, unit: Range<Int>) -> [SoilWaterDay] {
  var days = records
  for cell in unit {
    for hour in 0..<24 { days[place].hourlyIndex[hour * grid.count + cell] = 455 }
    for hour in 0..<6 { days[place].hourlyRain[hour * grid.count + cell] = 80 }
  }
  return days
}

@Test func `a unit that saw more than the axes has longer ones, and no other unit changes by a bit`() throws {
  let days = records(days: 90)
  let plain = try builder(days).fit(.all, parameters: .nationwide)
  let fitted = try builder(withStorm(days, on: 40, unit: 25..<50)).fit(.all, parameters: .nationwide)
  // The northern rows are the second unit.
  #expect(plain.members[1] == fitted.members[1] || plain.members[0] == fitted.members[0])
  let storm = plain.members[1] == fitted.members[1] ? 0 : 1
  let (before, after) = (plain.surface(ofUnit: storm), fitted.surface(ofUnit: storm))
  #expect(before.soilWaterAxis == 400 && before.rainAxis == 120)
  // 455 mm is node 105 of 400/92 mm each; 1.2 times as far is the 33rd centre, node 128.
  #expect(abs(after.soilWaterAxis - 128 * 400 / 92) < 1e-3 && after.rainAxis == 120)
  #expect(before.cover(soilWater: 455, rain: 0) == 0 && after.cover(soilWater: 455, rain: 80) > 0.5)
  // A reference without the storm has the axes of one that never knew it.
  let stormDay = firstDay.advanced(by: 40)
  let without = ReferenceDays(excluding: [stormDay.advanced(by: -20)...stormDay.advanced(by: 20)])
  let left = try [days, withStorm(days, on: 40, unit: 25..<50)].map {
    try builder($0).fit(without, parameters: .nationwide)
  }
  #expect(left[0].members.map(\.weights) == left[1].members.map(\.weights))
}

@Test(arguments: [(21, 6, 33, 9), (33, 9, 21, 6), (93, 24, 129, 33)])
func `a rectangle of Gaussians has one solution by both systems`(rows: Int, p: Int, columns: Int, q: Int) throws {
  let basis = GaussianBasis(
    soilWater: GaussianAxis(nodes: rows, centres: p, rho: 1.5), rain: GaussianAxis(nodes: columns, centres: q, rho: 1.5)
  )
  var stream = RandomStream(seed: 4, "rectangle")
  let places = Set((0..<40).map { _ in stream.index(below: rows * columns) }).sorted()
  let visits = places.map {
    GaussianBasis.Visits(soilWater: $0 / columns, rain: $0 % columns, events: 1 + stream.index(below: 9))
  }
  let dual = try #require(basis.dualWeights(visits, 1))
  let primal = try #require(basis.primalWeights(visits, 1))
  #expect(dual.count == p * q && primal.count == p * q)
  for (a, b) in zip(dual, primal) { #expect(abs(a - b) < 1e-9) }
  // At a node the surface is the plain sum of the Gaussians.
  let surface = basis.surface(dual.map { Float($0) })
  for place in places.prefix(9) {
    let (u, v) = (Double(place / columns) / 4, Double(place % columns) / 4)
    let plain = (0..<p * q).reduce(0.0) { sum, k in
      let (du, dv) = (u - Double(k / q), v - Double(k % q))
      return sum + dual[k] * exp(-(du * du + dv * dv) / 2.25)
    }
    #expect(abs(surface[place] - plain) < 1e-5)
  }
}

@Test func `ranks count smaller days and keep rising above the record`() {
  let rank = HistoricalRank(sorted: [10, 20, 30, 40], days: 4)
  #expect(rank.rank(of: 5) == 0 && rank.rank(of: 25) == 0.4)
  #expect(rank.rank(of: 40) == 0.6)
  #expect(abs(rank.rank(of: 80) - (1 - 0.125 / 5)) < 1e-6)
  #expect(rank.rank(of: 1e6) < 1 && rank.rank(of: 60) < rank.rank(of: 61))
  #expect(rank.rank(of: .nan).isNaN && HistoricalRank(sorted: [], days: 0).rank(of: 3).isNaN)
}

@Test func `a long reference is thinned below and exact on top`() {
  var stream = RandomStream(seed: 5, "rank")
  let values = (0..<9_000).map { _ in Float(stream.gamma(shape: 2, scale: 30)) }.sorted()
  let rank = HistoricalRank(sorted: values, days: 360)
  #expect(rank.values.count == HistoricalRank.capacity)
  for _ in 0..<500 {
    let x = Float(stream.uniform(0...250))
    let exact = x > values[8_999] ? nil : Double(values.count { $0 < x }) / 9_000 * 360 / 361
    guard let exact else { continue }
    #expect(abs(Double(rank.rank(of: x)) - exact) < (exact > 0.95 ? 1e-6 : 6e-4))
  }
}
