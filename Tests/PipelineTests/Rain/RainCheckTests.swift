import Foundation
import Mesh
import Pipeline
import Rasters
import Statistics
import TestSupport
import Testing

/// Rain of 1 mm that changes a little every hour, with faults put in by a test.
private struct FaultyRain: RainSource {
  let name = "faulty"
  let hours: [JSTHour]
  let irregularities: [RainIrregularity] = []
  let fault: @Sendable (JSTHour, _ y: Int, _ x: Int) -> Float?

  func field(ending hour: JSTHour, on grid: MeshGrid) -> RainField? {
    guard hours.contains(hour) else { return nil }
    var layer = Layer<Float>(grid: grid, filledWith: 0)
    for y in 0..<grid.height {
      for x in 0..<grid.width { layer[y, x] = fault(hour, y, x) ?? 1 + Float(hour.hoursSince1970 % 5) / 4 }
    }
    return RainField(rain: layer)
  }

  func fingerprint(of day: JSTDay) -> SHA256 { SHA256() }
}

private let grid = MeshGrid(south: 4_200, west: 2_700, height: 5, width: 6)

/// Imports three days, 30 July to 1 August, and checks five from the 29th.
private func check(
  without missing: Set<Int> = [],
  _ fault: @escaping @Sendable (JSTHour, _ y: Int, _ x: Int) -> Float? = { _, _, _ in nil }
) throws -> RainCheck {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try #require(JSTDay("2023-07-30"))
  let hours = (0..<3).flatMap { first.advanced(by: $0).hours }.enumerated().filter { !missing.contains($0.offset) }
  _ = try importRain(
    FaultyRain(hours: hours.map(\.element), fault: fault), into: archive, from: first, through: first.advanced(by: 2),
    at: CellSet(grid))
  return try checkRain(archive, from: first.advanced(by: -1), through: first.advanced(by: 3))
}

@Test func `sound rain raises no suspicion, and every day of the span is told`() throws {
  let result = try check(without: [3, 4, 30])
  #expect(result.suspicions.isEmpty)
  #expect(result.days.map(\.missingHours) == [24, 2, 1, 0, 24])
  #expect(result.days[1].hours == "###..###################")
  #expect(result.sources.map(\.name) == ["faulty"] && result.sources[0].days == 3)
  #expect(result.days[3].wettestHour == 2)
}

@Test func `the calendar shows gaps by weekday, month after month`() throws {
  let expected = """
    2023-07  Mo  Tu  We  Th  Fr  Sa  Su
                                 --   2
              1

    2023-08  Mo  Tu  We  Th  Fr  Sa  Su
                  ·  --

    """
  #expect(try check(without: [3, 4, 30]).calendar == expected)
}

@Test func `values that cannot be are found with their place`() throws {
  let storm = try #require(JSTHour("2023-07-31T05:00"))
  let result = try check { hour, y, x in
    if hour == storm, y == 1 { return x == 4 ? 230 : x == 2 ? -3 : nil }
    return nil
  }
  #expect(result.suspicions.map(\.kind) == [.negative, .extreme])
  #expect(result.suspicions.map(\.value) == [-3, 230])
  #expect(result.suspicions.map(\.code) == ["\(grid.code(y: 1, x: 2))", "\(grid.code(y: 1, x: 4))"])
  #expect(result.suspicions[0].time == "2023-07-31T05:00:00+09:00")
}

@Test func `rain that stays the same for six hours is reported once, also over midnight`() throws {
  let start = try #require(JSTHour("2023-07-30T22:00"))
  let result = try check { hour, y, x in
    (0..<9).contains(start.distance(to: hour)) && y == 0 && x < 2 ? 4.5 : nil
  }
  #expect(result.suspicions.map(\.kind) == [.stuck])
  #expect(result.suspicions.first?.cells == 2)
  #expect(result.suspicions.first?.time == "2023-07-31T03:00:00+09:00")
}

@Test func `a dry cell in the middle of a wet day is reported`() throws {
  let result = try check { _, y, x in y == 2 && x == 3 ? 0 : nil }
  #expect(result.suspicions.map(\.kind) == [.dryAmongWet, .dryAmongWet, .dryAmongWet])
  #expect(result.suspicions.allSatisfy { $0.code == "\(grid.code(y: 2, x: 3))" && $0.value >= 20 })
}

@Test func `the check survives the way through JSON`() throws {
  let result = try check(without: [3])
  #expect(try JSONDecoder().decode(RainCheck.self, from: JSONEncoder().encode(result)) == result)
}
