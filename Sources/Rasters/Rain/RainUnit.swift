/// What a number of rain means: an amount of water, or a rate.
package struct RainUnit: Hashable, Sendable {
  /// The number times this is mm, or mm/h for a rate.
  package let toMillimetres: Double
  package let isRate: Bool

  package static let millimetres = RainUnit(toMillimetres: 1, isRate: false)

  private init(toMillimetres: Double, isRate: Bool) {
    self.toMillimetres = toMillimetres
    self.isRate = isRate
  }

  /// Reads a unit as CF, GRIB and people write it: `mm`, `m`, `kg m-2`, `mm/h`, `kg m**-2 s**-1`.
  ///
  /// One kg of water on one m² stands 1 mm high.
  package init?(_ text: some StringProtocol) {
    let plain = text.lowercased().filter { !" _*^.()[]".contains($0) }
      .replacing("ofwaterequivalent", with: "").replacing("hour", with: "h").replacing("hr", with: "h")
    guard let known = Self.known[plain] else { return nil }
    self = known
  }

  private static let known: [String: RainUnit] = {
    var units: [String: RainUnit] = [:]
    let amounts: [(names: [String], factor: Double)] = [
      (["mm", "millimetre", "millimetres", "millimeter", "millimeters", "kgm-2", "kg/m2", "kgm2-1", "l/m2"], 1),
      (["cm"], 10), (["m", "metre", "metres", "meter", "meters"], 1_000), (["in", "inch", "inches"], 25.4),
    ]
    let times: [(names: [String], perHour: Double)] = [
      (["/h", "h-1"], 1), (["/s", "s-1"], 3_600), (["/d", "d-1", "/day", "day-1"], 1 / 24.0), (["/min", "min-1"], 60),
    ]
    for (names, factor) in amounts {
      for name in names {
        units[name] = RainUnit(toMillimetres: factor, isRate: false)
        for (endings, perHour) in times {
          for ending in endings { units[name + ending] = RainUnit(toMillimetres: factor * perHour, isRate: true) }
        }
      }
    }
    return units
  }()
}

/// How a value stands to the time it is given for.
package enum RainAccumulation: String, Hashable, Sendable, CaseIterable {
  /// The total of the step that ends at the value's time.
  case step = "hour"
  /// The total since the last 00:00 UTC (ERA5-Land).
  case sinceMidnightUTC = "since-midnight-utc"
  /// The mean rate over the step (IMERG); an intensity of a moment is never taken for one unless the user says so.
  case meanRate = "mean-rate"
}

/// Which moment of its step a time stamp names.
package enum RainStamp: String, Hashable, Sendable, CaseIterable {
  case start, centre, end
}
