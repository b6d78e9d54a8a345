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
  package init(of description: LayerDescription, range: ClosedRange<Float>? = nil) {
    if !description.classes.isEmpty {
      self = Self.ofClasses(description)
      return
    }
    switch description.name {
    case LayerDescription.risk.name, "risk_leads":
      self = .ramp(LayerPalette.risk)
    case LayerDescription.anomaly.name:
      self = .ramp(LayerPalette.anomaly)
    case LayerDescription.soilWaterIndex.name:
      self = .ramp(LayerPalette.swi)
    case LayerDescription.hourlyRain.name:
      self = .ramp(LayerPalette.rain)
    case LayerDescription.elevation.name:
      self = .ramp(LayerPalette.elevation)
    default:
      // Shares show their whole scale, whatever occurs.
      let isShare = description.unit == "1" && description.validRange == 0...1
      let bounds = isShare ? description.validRange : range ?? description.validRange
      let top = bounds.upperBound > bounds.lowerBound ? bounds.upperBound : bounds.lowerBound + 1
      let colours = LayerPalette.plain
      self = .ramp(
        colours.enumerated().map { place, colour in
          let share = Float(place) / Float(colours.count - 1)
          return ColourStop(bounds.lowerBound + (top - bounds.lowerBound) * share, colour)
        })
    }
  }

  private static func ofClasses(_ description: LayerDescription) -> LayerStyle {
    let colours =
      switch description.name {
      case LayerDescription.levelName, "level_leads": LayerPalette.levels
      case LayerDescription.aspect.name: LayerPalette.aspect
      case LayerDescription.soil.name: LayerPalette.soil
      case LayerDescription.vegetation.name: LayerPalette.vegetation
      case "quality", "flag": LayerPalette.trust
      default: LayerPalette.kinds
      }
    return .classes(
      description.classes.enumerated().map { place, name in
        StyledClass(value: place + description.firstClass, colour: colours[place % colours.count], label: name)
      })
  }
}
