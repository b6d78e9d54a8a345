import Forecasting
import Mesh
import Simulation
import Testing

@testable import Pipeline

private let country = makeBenchmark(size: .tiny, seed: 3, archiveYears: 0).country

@Test(arguments: RainDisplacement.range)
func `each day's rain lies so many cells from where it fell, in a direction of its own`(cells: Int) throws {
  let region = try #require(country.regions.first)
  let side = SampleSite.side
  let moved = RainDisplacement(cells: cells).rain(of: region, seed: 5)
  var directions: Set<[Int]> = []
  for day in 0..<region.hours / 24 {
    let hours = day * 24 * side * side..<(day + 1) * 24 * side * side
    let (before, after) = (region.rainTenths[hours], moved[hours])
    guard Set(before).count > 20 else { continue }
    // The plain way: the one shift that brings every inner cell of every hour from there.
    let found = (-6...6).flatMap { y in (-6...6).map { [y, $0] } }.filter { shift in
      (0..<24).allSatisfy { hour in
        (6..<11).allSatisfy { y in
          (6..<11).allSatisfy { x in
            let at = hours.lowerBound + hour * side * side
            return after[at + y * side + x] == before[at + (y - shift[0]) * side + x - shift[1]]
          }
        }
      }
    }
    #expect(found.count == 1, "day \(day): \(found)")
    let length = found.first.map { Double($0[0] * $0[0] + $0[1] * $0[1]).squareRoot() } ?? 0
    #expect(abs(length - Double(cells)) <= 0.71)
    directions.formUnion(found)
  }
  #expect(directions.count > 2)
  #expect(RainDisplacement(cells: cells).rain(of: region, seed: 5) == moved)
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
