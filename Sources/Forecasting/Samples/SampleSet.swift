package import Evaluation
package import Mesh

/// A cell that samples are about, with 17 x 17 cells around it: the largest patch, 15, and a shift of the rain by a
/// cell on each side (`NetworkShape.patches`).
package struct SampleSite: Sendable, Equatable {
  /// The region of the split; user polygon, prefix or benchmark region.
  package let region: String
  /// The middle cell.
  package let cell: Mesh3Code
  /// Static layers on the 17 x 17 cells, rows from the north.
  package let elevation: [Float]
  package let slope: [Float]
  /// Classes of the layers, 0 unknown.
  package let aspect: [UInt8]
  package let soil: [UInt8]
  package let vegetation: [UInt8]

  package static let side = 17
  package static let cells = side * side

  package init(
    region: String, cell: Mesh3Code, elevation: [Float], slope: [Float], aspect: [UInt8], soil: [UInt8],
    vegetation: [UInt8]
  ) {
    precondition(
      [elevation.count, slope.count, aspect.count, soil.count, vegetation.count].allSatisfy { $0 == Self.cells },
      "static layers of other cells than 17 x 17")
    self.region = region
    self.cell = cell
    self.elevation = elevation
    self.slope = slope
    self.aspect = aspect
    self.soil = soil
    self.vegetation = vegetation
  }
}

/// A day of a site.
package struct Sample: Sendable, Equatable {
  /// What is known about landslides.
  package enum Label: Int32, Sendable {
    case unlabelled = -1
    case none = 0
    case landslide = 1
  }

  /// Place in `SampleSet.sites`.
  package private(set) var site: Int
  package let day: JSTDay
  package private(set) var label: Label
  /// With the soil water at the start of a window of 72 hours.
  package let physics: PhysicsInput
  /// Soil water index at 24:00 of the days before, the day before first: where windows of 1 to 10 days start, mm.
  package let midnights: [Float]
  /// How far the day is beyond what the cell had survived.
  package let memory: MemoryInput
  /// Score of the plain SWI-EWS method for the day.
  package let earlyWarning: Float
  /// Landslides of the cell on the day; several make one positive sample.
  package private(set) var events: Int

  /// A sample; without a number of `events`, a landslide counts as one; without `midnights`, every window starts with the
  /// soil water of the physics.
  package init(
    site: Int, day: JSTDay, label: Label, physics: PhysicsInput, midnights: [Float]? = nil,
    memory: MemoryInput = .none, earlyWarning: Float, events: Int? = nil
  ) {
    self.midnights = midnights ?? Array(repeating: physics.soilWaterAtStart, count: Self.daysBefore)
    precondition(self.midnights.count == Self.daysBefore, "soil water of \(self.midnights.count) days")
    self.site = site
    self.day = day
    self.label = label
    self.physics = physics
    self.memory = memory
    self.earlyWarning = earlyWarning
    self.events = events ?? (label == .landslide ? 1 : 0)
    precondition((self.events > 0) == (label == .landslide), "\(self.events) landslides in a sample labelled \(label)")
  }

  /// Days before whose soil water a sample knows: those of the longest window.
  package static let daysBefore = NetworkShape.windows.upperBound / 24

  /// The same sample of a set in which its site stands elsewhere.
  package func at(site: Int) -> Sample {
    var copy = self
    copy.site = site
    return copy
  }

  /// The same day with what is known of another.
  package func labelled(as other: Sample) -> Sample {
    var copy = self
    (copy.label, copy.events) = (other.label, other.events)
    return copy
  }

  /// The physics for a network whose window has so many hours.
  /// - Precondition: Whole days, 1 ... 10.
  package func physics(hours: Int) -> PhysicsInput {
    precondition(NetworkShape.windows.contains(hours) && hours.isMultiple(of: 24), "a window of \(hours) hours")
    var physics = physics
    physics.soilWaterAtStart = midnights[hours / 24 - 1]
    return physics
  }
}

/// Samples with everything the network reads for them; what training works on.
///
/// Rain stands once for each site and hour, whatever the number of samples that see it, and only wet hours take room.
package struct SampleSet: Sendable, Equatable {
  package let sites: [SampleSite]
  package let samples: [Sample]
  /// The hour of the first column of `frameOfHour`.
  package let firstHour: JSTHour
  /// Hours each site has.
  package let hours: Int
  /// Shape `(sites, hours)`: the frame of an hour, -1 for an hour without observed rain in all 17 x 17 cells.
  package let frameOfHour: [Int32]
  /// Shape `(frames, 17, 17)`, tenths of mm; `missing` where there is no observation.
  package let frames: [UInt16]
  /// What the samples are from.
  package let title: String
  /// Whether any of them is made up, by `lsmap simulate`: what learns from them must say so.
  package let isSynthetic: Bool
  /// How their physics was computed, and which days are samples.
  package let basis: SampleBasis
  /// The rules they were chosen by, and what was left out.
  package let notes: SampleNotes

  /// The mark of an amount that was not observed.
  package static let missing: UInt16 = .max
  /// Hours before and after the window that the lag of the augmentation may reach.
  package static let lag = 2

  package init(
    sites: [SampleSite], samples: [Sample], firstHour: JSTHour, hours: Int, frameOfHour: [Int32], frames: [UInt16],
    title: String, isSynthetic: Bool = false, basis: SampleBasis = SampleBasis(), notes: SampleNotes = SampleNotes()
  ) {
    precondition(frameOfHour.count == sites.count * hours, "\(frameOfHour.count) hours for \(sites.count) sites")
    precondition(frames.count.isMultiple(of: SampleSite.cells), "\(frames.count) amounts are no whole frames")
    self.sites = sites
    self.samples = samples
    self.firstHour = firstHour
    self.hours = hours
    self.frameOfHour = frameOfHour
    self.frames = frames
    self.title = title
    self.isSynthetic = isSynthetic
    self.basis = basis
    self.notes = notes
  }

  /// Place of the last hour of a day, the one that ends at 24:00.
  package func lastHour(of day: JSTDay) -> Int { firstHour.distance(to: JSTHour(ending: day, 24)) }

  /// Whether so many hours that end with a day, without lag, lie in the rain that is there.
  package func hasWindow(_ sample: Sample, hours window: Int) -> Bool {
    let last = lastHour(of: sample.day)
    return last - window + 1 >= 0 && last < hours
  }

  /// Checks that samples can be fed to a network that reads so many hours.
  /// - Throws: `shortRain`, for the first sample whose window the rain lacks.
  package func requireWindows(of picks: [Int], hours window: Int) throws(TrainingError) {
    guard let pick = picks.first(where: { !hasWindow(samples[$0], hours: window) }) else { return }
    throw .shortRain(sample: key(of: samples[pick]).words, hours: window)
  }

  /// Checks that labelled samples show landslides and days without.
  /// - Throws: `cannotTrain`.
  package func requireBothClasses(of picks: [Int]) throws(TrainingError) {
    let positives = picks.count { samples[$0].label == .landslide }
    guard positives == 0 || positives == picks.count else { return }
    throw .cannotTrain(reason: "\(positives) of \(picks.count) labelled samples are landslides")
  }

  package func region(of sample: Sample) -> String { sites[sample.site].region }

  package func key(of sample: Sample) -> SampleKey {
    SampleKey(region: sites[sample.site].region, cell: sites[sample.site].cell, day: sample.day)
  }

  package var keys: [SampleKey] { samples.map(key) }
  /// Names of the regions, sorted.
  package var regions: [String] { Array(Set(sites.map(\.region))).sorted() }
  package var positives: Int { samples.count { $0.label == .landslide } }
  package var labelled: Int { samples.count { $0.label != .unlabelled } }
  /// Share of the labelled samples with a landslide; 0 when none is labelled.
  package var prevalence: Double { labelled > 0 ? Double(positives) / Double(labelled) : 0 }
}
