package import Mesh

/// How big the benchmark country is (METHOD 9.4).
package enum BenchmarkSize: String, CaseIterable, Sendable {
  case tiny, small, full, national

  package var regions: Int {
    switch self {
    case .tiny: 4
    case .small: 8
    case .full: 22
    case .national: 110
    }
  }

  /// The middle cells of the regions.
  package var anchors: [Mesh3Code] { BenchmarkPlace.all.prefix(regions).map(\.anchor) }

  /// The days that samples are drawn from.
  package var days: ClosedRange<JSTDay> {
    let newYear2021 = JSTDay(daysSince1970: 18_628)
    return switch self {
    case .tiny: newYear2021.advanced(by: 151)...newYear2021.advanced(by: 270)
    case .small: newYear2021...newYear2021.advanced(by: 364)
    case .full, .national: newYear2021...newYear2021.advanced(by: 729)
    }
  }

  /// Slope failures; the paper's 253 for the full size, in proportion for the others.
  package var events: Int {
    switch self {
    case .tiny: 8
    case .small: 46
    case .full: 253
    case .national: 1_265
    }
  }

  /// Pairs of a region and a day; the paper's 3,567 for the full size.
  package var samples: Int {
    switch self {
    case .tiny: 144
    case .small: 649
    case .full: 3_567
    case .national: 17_835
    }
  }

  /// The day so many years before the first of `days`.
  func firstDay(yearsEarlier years: Int) -> JSTDay {
    let date = days.lowerBound.date
    guard let day = JSTDay(year: date.year - years, month: date.month, day: date.day) else {
      preconditionFailure("\(days.lowerBound) has no day \(years) years earlier")
    }
    return day
  }

  /// A region with fewer events is drawn anew: the paper's regions had more than three in two years.
  var leastEvents: Int {
    switch self {
    case .tiny: 1
    case .small: 2
    case .full, .national: 4
    }
  }
}

/// The synthetic benchmark country: what lsmap may see of it. Its truth is a value of its own, `BenchmarkTruth`.
package struct Benchmark: Sendable {
  package let size: BenchmarkSize
  package let seed: UInt64
  /// In the order of their ids 1, 2, ...
  package let regions: [BenchmarkRegion]
  /// Sorted by region and day.
  package let events: [BenchmarkEvent]
  /// Sorted by region and day.
  package let samples: [BenchmarkSample]
  /// Least rain of the day at the anchor cell that made a day rainy, mm.
  package let rainyLimit: Double
  /// Years before the first sample day whose rain at the anchors goes with the files.
  package let archiveYears: Int

  package init(
    size: BenchmarkSize, seed: UInt64, regions: [BenchmarkRegion], events: [BenchmarkEvent], samples: [BenchmarkSample],
    rainyLimit: Double, archiveYears: Int
  ) {
    self.size = size
    self.seed = seed
    self.regions = regions
    self.events = events
    self.samples = samples
    self.rainyLimit = rainyLimit
    self.archiveYears = archiveYears
  }

  /// Days of rain before the first sample day, so that soil water has spun up and every window is whole.
  package static let spinUpDays = 30
  /// Years that the slopes have lived through before the first sample day: no archive can be longer.
  package static let livedYears = 10
  /// Cells each way around the anchor and with it.
  package static let side = 17

  /// Share of samples with an event.
  package var prevalence: Double { Double(samples.count { $0.isPositive }) / Double(max(1, samples.count)) }
}

/// 17 x 17 cells around an anchor cell: rain, terrain, soil and vegetation. Rows run from the north.
package struct BenchmarkRegion: Sendable, Equatable {
  /// 1, 2, ...
  package let id: Int
  /// Of the real place that lent its position.
  package let name: String
  /// The middle cell, the one that samples are about.
  package let anchor: Mesh3Code
  package let grid: MeshGrid
  /// The hour whose rain comes first: it ends at 01:00 of the first day of spin-up.
  package let firstHour: JSTHour
  /// Rain of each hour, tenths of mm in JMA's product levels; shape `(hours, 17, 17)`.
  package let rainTenths: [UInt16]
  /// Rain of the anchor cell in the hours before `firstHour`, the archive of earlier years: whole days, oldest first, tenths of
  /// mm in the same levels; empty without an archive.
  package let pastTenths: [UInt16]
  /// Mean height, m.
  package let elevation: [Float]
  /// Mean slope, degrees.
  package let slope: [Float]
  /// 1 N ... 8 NW.
  package let aspect: [UInt8]
  /// 1 ... 10.
  package let soil: [UInt8]
  /// 1 ... 11.
  package let vegetation: [UInt8]

  package init(
    id: Int, name: String, anchor: Mesh3Code, firstHour: JSTHour, rainTenths: [UInt16],
    pastTenths: [UInt16] = [], elevation: [Float], slope: [Float], aspect: [UInt8], soil: [UInt8], vegetation: [UInt8]
  ) {
    self.id = id
    self.name = name
    self.anchor = anchor
    grid = Self.grid(around: anchor)
    self.firstHour = firstHour
    self.rainTenths = rainTenths
    self.pastTenths = pastTenths
    self.elevation = elevation
    self.slope = slope
    self.aspect = aspect
    self.soil = soil
    self.vegetation = vegetation
    let count = grid.count
    precondition(rainTenths.count % (24 * count) == 0, "\(rainTenths.count) amounts of rain are no whole days")
    precondition(pastTenths.count % 24 == 0, "\(pastTenths.count) hours of past are no whole days")
    precondition(elevation.count == count && slope.count == count, "heights or slopes of other cells")
    precondition(aspect.count == count && soil.count == count && vegetation.count == count, "classes of other cells")
  }

  static func grid(around anchor: Mesh3Code) -> MeshGrid {
    MeshGrid(south: anchor.row, west: anchor.column, height: 1, width: 1).padded(by: Benchmark.side / 2)
  }

  package var hours: Int { rainTenths.count / grid.count }

  /// Place of the hour that ends at 01:00 of a day.
  package func firstHourIndex(of day: JSTDay) -> Int { firstHour.distance(to: JSTHour(ending: day, 1)) }

  /// Hourly rain of the anchor cell from `firstHour`, mm.
  package var anchorRain: [Double] {
    let middle = grid.count / 2
    return (0..<hours).map { Double(rainTenths[$0 * grid.count + middle]) / 10 }
  }
}

/// The landslides of a region on a day, all in its anchor cell.
package struct BenchmarkEvent: Hashable, Sendable {
  package let region: Int
  package let code: Mesh3Code
  package let day: JSTDay
  package let count: Int

  package init(region: Int, code: Mesh3Code, day: JSTDay, count: Int) {
    self.region = region
    self.code = code
    self.day = day
    self.count = count
  }
}

/// A rainy day of a region, or one with an event.
package struct BenchmarkSample: Hashable, Sendable {
  package let region: Int
  package let code: Mesh3Code
  package let day: JSTDay
  /// Landslides on the day.
  package let events: Int

  package init(region: Int, code: Mesh3Code, day: JSTDay, events: Int) {
    self.region = region
    self.code = code
    self.day = day
    self.events = events
  }

  package var isPositive: Bool { events > 0 }
}
