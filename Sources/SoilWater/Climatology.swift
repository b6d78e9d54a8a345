package import Mesh

/// What past rain says about each unit of an area: cover of states, rank of days, return periods, critical line.
///
/// It knows the days it was fitted on and refuses to score them unless told (METHOD.md 2.6).
package struct Climatology: Sendable {
  /// One unit; without reference days it has no climatology.
  package struct Unit: Sendable, Equatable {
    /// Weights of the Gaussians, soil water first; empty without events.
    package var weights: [Float] = []
    /// How many Gaussians stand along the axes; `nil` without events.
    package var centres: PlaneCentres?
    package var rank = HistoricalRank(sorted: [], days: 0)
    /// `nil` below ten full years.
    package var annualMaxima: AnnualMaxima?
    /// Events of the reference that hold no landslide.
    package var events = 0
    /// Of these, how many reach cover `c` or less, for each of `Climatology.levels`.
    package var eventsReaching = [Int](repeating: 0, count: Climatology.levels.count)
    /// Events with a landslide, and how many of them reach each level.
    package var disasters = 0
    package var disastersReaching = [Int](repeating: 0, count: Climatology.levels.count)

    package init() {}

    package var hasClimatology: Bool { !weights.isEmpty && rank.days > 0 }
  }

  /// Candidates for the critical line, inner to outer.
  package static let levels: [Float] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]

  /// Years of the return values that are told.
  package static let returnPeriods: [Double] = [2, 5, 10, 30, 50]

  package let settings: ClimatologySettings
  package let parameters: TankParameters
  package let units: ClimatologyUnits
  /// Days of the reference, ascending.
  package let days: [JSTDay]
  package let members: [Unit]
  private let axes: GaussianAxes

  package init(
    settings: ClimatologySettings, parameters: TankParameters, units: ClimatologyUnits, days: [JSTDay],
    members: [Unit]
  ) {
    precondition(members.count == units.count, "\(members.count) members for \(units.count) units")
    self.settings = settings
    self.parameters = parameters
    self.units = units
    self.days = days
    self.members = members
    let lengths = members.compactMap(\.centres).flatMap { [$0.soilWater, $0.rain] }
    axes = GaussianAxes(centres: lengths + [settings.centres], rho: settings.rho)
  }

  /// Length of the reference, years of 365.25 days.
  package var years: Double { Double(days.count) / 365.25 }

  /// Whether a day is part of the reference.
  package func hasSeen(_ day: JSTDay) -> Bool {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low < days.count && days[low] == day
  }

  /// The cover of a unit, computed from its weights; 0 everywhere without climatology.
  package func surface(ofUnit unit: Int) -> CriticalSurface {
    CriticalSurface(members[unit], axes, settings)
  }
}

extension CriticalSurface {
  init(_ unit: Climatology.Unit, _ axes: GaussianAxes, _ settings: ClimatologySettings) {
    let basis = axes.basis(unit.centres ?? PlaneCentres(soilWater: settings.centres, rain: settings.centres))
    let (rows, columns) = (basis.soilWater.nodes, basis.rain.nodes)
    let none = [Double](repeating: 0, count: rows * columns)
    self.init(
      sums: unit.weights.isEmpty ? none : basis.surface(unit.weights), rows: rows, columns: columns, settings)
  }

  /// A surface whose nodes are as far apart as the settings say.
  init(sums: [Double], rows: Int, columns: Int, _ settings: ClimatologySettings) {
    func end(_ axis: Float, _ nodes: Int) -> Float { axis * (Float(nodes - 1) / Float(settings.nodes - 1)) }
    self.init(
      sums: sums, rows: rows, columns: columns, soilWaterAxis: end(settings.soilWaterAxis, rows),
      rainAxis: end(settings.rainAxis, columns))
  }
}
