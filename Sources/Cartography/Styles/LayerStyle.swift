import Foundation
package import Mesh

/// How the values of a layer become colours: one choice for QGIS styles, quick-looks and their legends.
package enum LayerStyle: Hashable, Sendable {
  /// A colour for each class.
  case classes([StyledClass])
  /// Colours at rising values, mixed between; the ends hold beyond.
  case ramp([ColourStop])

  /// The colour of a value; `nil` for a missing one and for no class.
  package func colour(of value: Float) -> Colour? {
    guard !value.isNaN else { return nil }
    switch self {
    case .classes(let classes): return classes.first { Float($0.value) == value }?.colour
    case .ramp(let stops):
      guard let above = stops.firstIndex(where: { $0.value >= value }) else { return stops.last?.colour }
      guard above > 0 else { return stops[0].colour }
      let (low, high) = (stops[above - 1], stops[above])
      return low.colour.mixed(with: high.colour, Double((value - low.value) / (high.value - low.value)))
    }
  }
}

/// A class of a layer as readers see it.
package struct StyledClass: Hashable, Sendable {
  package let value: Int
  package let colour: Colour
  package let label: String
}

/// A colour at a value.
package struct ColourStop: Hashable, Sendable {
  package let value: Float
  package let colour: Colour

  package init(_ value: Float, _ colour: Colour) {
    self.value = value
    self.colour = colour
  }
}

extension LayerStyle {
  /// The style of a layer: fixed for the layers of the run folder, so that maps of different days compare; by the data's
  /// range for the others.
  ///
  /// - Parameters:
  ///   - description: The layer.
  ///   - range: Least and greatest value; used where no fixed scale exists.
  ///   - palettes: The colours.
  package init(
    of description: LayerDescription, range: ClosedRange<Float>? = nil, in palettes: Palettes = .program
  ) {
    if !description.classes.isEmpty {
      self = Self.ofClasses(description, palettes)
      return
    }
    switch description.name {
    case LayerDescription.risk.name, "risk_leads":
      self = .ramp(palettes.risk)
    case LayerDescription.uncertainty.name:
      self = .ramp(palettes.uncertainty)
    case LayerDescription.anomaly.name:
      self = .ramp(palettes.anomaly)
    case LayerDescription.soilWaterIndex.name, LayerDescription.returnValuesName:
      self = .ramp(palettes.swi)
    case LayerDescription.pastRecord.name:
      self = .ramp(palettes.record)
    case LayerDescription.hourlyRain.name:
      self = .ramp(palettes.rain)
    case LayerDescription.elevation.name:
      self = .ramp(palettes.elevation)
    default:
      // Shares show their whole scale, whatever occurs.
      let isShare = description.unit == "1" && description.validRange == 0...1
      let bounds = isShare ? description.validRange : range ?? description.validRange
      let values = Self.roundValues(palettes.plain.count, over: bounds)
      self = .ramp(zip(values, palettes.plain).map { ColourStop($0, $1) })
    }
  }

  /// Values at equal round steps, the first not above a range and the last not below it.
  private static func roundValues(_ count: Int, over range: ClosedRange<Float>) -> [Float] {
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    let steps = Double(count - 1)
    let least = (high > low ? high - low : 1) / steps
    let decade = pow(10, log10(least).rounded(.down))
    // Begun at a round value, the range may need one step more than there are: then the next larger ones.
    let step =
      [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20].map { $0 * decade }.first {
        $0 >= least * (1 - 1e-9) && (low / $0).rounded(.down) + steps >= high / $0 - 1e-6
      } ?? 20 * decade
    let first = (low / step).rounded(.down)
    return (0..<count).map { Float((first + Double($0)) * step) }
  }

  private static func ofClasses(_ description: LayerDescription, _ palettes: Palettes) -> LayerStyle {
    let colours =
      switch description.name {
      case LayerDescription.levelName, "level_leads": palettes.levels
      case LayerDescription.aspect.name: palettes.aspect
      case LayerDescription.soil.name: palettes.soil
      case LayerDescription.vegetation.name: palettes.vegetation
      case LayerDescription.eventRank.name: palettes.events
      case "quality", "flag": palettes.trust
      default: palettes.kinds
      }
    return .classes(
      description.classes.enumerated().map { place, name in
        StyledClass(value: place + description.firstClass, colour: colours[place % colours.count], label: name)
      })
  }
}
