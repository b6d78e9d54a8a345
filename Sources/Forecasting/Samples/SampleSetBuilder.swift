package import Mesh
package import SoilWater

/// A sample to be: a day of a site and what is known about it.
package struct SampleRequest: Hashable, Sendable {
  package let day: JSTDay
  package let label: Sample.Label
  /// Landslides of the day.
  package let events: Int

  package init(day: JSTDay, events: Int) {
    self.day = day
    label = events > 0 ? .landslide : .none
    self.events = events
  }

  /// A day of which nobody knows.
  package init(unlabelled day: JSTDay) {
    self.day = day
    label = .unlabelled
    events = 0
  }
}

/// Joins rain, static layers, soil water and labels into samples, site after site.
package struct SampleSetBuilder {
  private let firstDay: JSTDay
  private let days: Int
  private let title: String
  private let isSynthetic: Bool
  private let basis: SampleBasis
  private var sites: [SampleSite] = []
  private var samples: [Sample] = []
  private var frameOfHour: [Int32] = []
  private var frames: [UInt16] = []
  /// Requests that became no sample.
  package private(set) var dropped: [(site: Mesh3Code, request: SampleRequest, reason: SitePhysics.Lack)] = []

  /// - Parameters:
  ///   - firstDay: First day of the rain, for all sites.
  ///   - days: Days of rain.
  ///   - title: What the samples are from.
  ///   - isSynthetic: Whether they are made up.
  ///   - basis: How their physics is computed; without a flaw.
  package init(firstDay: JSTDay, days: Int, title: String, isSynthetic: Bool, basis: SampleBasis = SampleBasis()) {
    precondition(basis.flaw == nil, basis.flaw ?? "")
    self.firstDay = firstDay
    self.days = days
    self.title = title
    self.isSynthetic = isSynthetic
    self.basis = basis
  }

  /// Adds a site and its samples.
  ///
  /// - Parameters:
  ///   - site: Static layers and place.
  ///   - tenths: Rain, tenths of mm, shape `(24 · days, 17, 17)`, rows from the north; `SampleSet.missing` for none.
  ///   - past: Rain of the site's own cell in the hours before, whole days, oldest first: physics and memory see it, windows do
  ///     not reach into it. Of the units around, the cell nearest to the site has the same past; other cells have none.
  ///   - requests: Its samples to be.
  /// - Throws: What the climatology throws.
  package mutating func add(
    _ site: SampleSite, rainTenths tenths: [UInt16], past: [UInt16] = [], requests: [SampleRequest]
  ) throws(SoilWaterError) {
    precondition(past.count % 24 == 0, "\(past.count) hours of past are no whole days")
    precondition(tenths.count == 24 * days * SampleSite.cells, "\(tenths.count) amounts for \(days) days")
    var physics = try SitePhysics(cell: site.cell, physics: basis.physics)
    let (grid, margin, first) = (physics.cells, SampleSite.side / 2, firstDay)
    // Where the unit's cells stand among the 17 x 17.
    let places = (0..<grid.count).map { index in
      let row = grid.north - 1 - index / grid.width
      let column = grid.west + index % grid.width
      return (site.cell.row + margin - row) * SampleSite.side + column - site.cell.column + margin
    }
    let pastDays = past.count / 24
    let knowsPast = Set(physics.nearestCells)
    physics.run(from: firstDay.advanced(by: -pastDays), days: pastDays + days) { day in
      let begin = first.distance(to: day) * 24
      return (begin..<begin + 24).flatMap { hour in
        places.enumerated().map { cell, place in
          let amount =
            if hour >= 0 { tenths[hour * SampleSite.cells + place] } else {
              knowsPast.contains(cell) ? past[past.count + hour] : SampleSet.missing
            }
          return amount == SampleSet.missing ? Float.nan : Float(amount) / 10
        }
      }
    }
    let scores = try physics.score(requests.map(\.day))
    for (request, score) in zip(requests, scores) {
      switch score {
      case .failure(let reason): dropped.append((site.cell, request, reason))
      case .success(let score):
        samples.append(
          Sample(
            site: sites.count, day: request.day, label: request.label, physics: score.physics,
            midnights: score.midnights, memory: score.memory, earlyWarning: score.earlyWarning,
            events: request.events))
      }
    }
    sites.append(site)
    tenths.withUnsafeBufferPointer { tenths in
      for hour in 0..<24 * days {
        let frame = tenths[hour * SampleSite.cells..<(hour + 1) * SampleSite.cells]
        guard frame.contains(where: { $0 > 0 && $0 != SampleSet.missing }) else {
          frameOfHour.append(-1)
          continue
        }
        frameOfHour.append(Int32(frames.count / SampleSite.cells))
        frames += frame
      }
    }
  }

  /// The samples of all sites.
  package func samples(notes: SampleNotes = SampleNotes()) -> SampleSet {
    SampleSet(
      sites: sites, samples: samples, firstHour: JSTHour(ending: firstDay, 1), hours: 24 * days,
      frameOfHour: frameOfHour, frames: frames, title: title, isSynthetic: isSynthetic, basis: basis, notes: notes)
  }
}
