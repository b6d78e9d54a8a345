import Forecasting
import Foundation
import Mesh
import Simulation
import Testing

@testable import Pipeline

private let country = makeBenchmark(size: .tiny, seed: 3, archiveYears: 0).country

/// Rain that says of itself in which hour of the day and in which cell it fell.
private func markedRegion(days: Int) -> BenchmarkRegion {
  let count = SampleSite.cells
  let day = (0..<24 * count).map { UInt16($0) }
  return BenchmarkRegion(
    id: 1, name: "marked", anchor: Mesh3Code(row: 4_260, column: 2_720),
    firstHour: JSTHour(ending: JSTDay(daysSince1970: 18_628), 1), rainTenths: (0..<days).flatMap { _ in day },
    elevation: [Float](repeating: 0, count: count), slope: [Float](repeating: 0, count: count),
    aspect: [UInt8](repeating: 1, count: count), soil: [UInt8](repeating: 1, count: count),
    vegetation: [UInt8](repeating: 1, count: count))
}

@Test(arguments: RainDisplacement.range)
func `each day's rain lies so many cells from where it fell, and days take every direction`(cells: Int) {
  let (side, days, hours) = (SampleSite.side, 120, 24)
  let region = markedRegion(days: days)
  let moved = RainDisplacement(cells: cells).rain(of: region, seed: 5)
  #expect(moved.count == region.rainTenths.count)
  var eighths: Set<Int> = []
  for day in 0..<days {
    let rain = Array(moved[day * hours * SampleSite.cells..<(day + 1) * hours * SampleSite.cells])
    let middle = side / 2
    let origin = Int(rain[middle * side + middle])
    let (south, east) = (middle - origin / side, middle - origin % side)
    // All cells of all hours move alike; from beyond the square comes its edge.
    let rows = (0..<side).map { min(max($0 - south, 0), side - 1) }
    let columns = (0..<side).map { min(max($0 - east, 0), side - 1) }
    let expected = (0..<hours).flatMap { hour in
      rows.flatMap { y in columns.map { UInt16(hour * SampleSite.cells + y * side + $0) } }
    }
    #expect(rain == expected, "day \(day)")
    // Both parts are rounded, each by half a cell at most.
    let length = Double(south * south + east * east).squareRoot()
    #expect(abs(length - Double(cells)) <= 0.71, "day \(day): \(south) south, \(east) east")
    eighths.insert(Int((atan2(Double(south), Double(east)) / (.pi / 4)).rounded()) & 7)
  }
  #expect(eighths.count == 8)
  #expect(RainDisplacement(cells: cells).rain(of: region, seed: 5) == moved)
  #expect(RainDisplacement(cells: cells).rain(of: region, seed: 6) != moved)
}

@Test func `samples of displaced rain say so, keep labels and ground, and have another physics`() throws {
  let (plain, displaced) = (
    try samples(of: country), try samples(of: country, displacement: RainDisplacement(cells: 4))
  )
  #expect(displaced.basis.rainDisplacement == 4 && plain.basis.rainDisplacement == nil)
  #expect(displaced.title.contains("displaced by 4 cells") && displaced.sites == plain.sites)
  #expect(displaced.keys == plain.keys && displaced.samples.map(\.label) == plain.samples.map(\.label))
  #expect(displaced.samples.map(\.physics) != plain.samples.map(\.physics))
  let joined = try SampleSet.joining([("a", plain), ("b", displaced)])
  #expect(joined.basis.rainDisplacement == 4)
  #expect(try SampleSet(reading: displaced.encoded, path: "a") == displaced)
}
