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
      self = .ramp(Self.stops([0, 0.02, 0.1, 0.3, 0.6, 1], Self.heat))
    case LayerDescription.anomaly.name:
      self = .ramp(Self.stops([0, 0.2, 0.4, 0.6, 0.8, 1], Self.heat))
    case LayerDescription.soilWaterIndex.name:
      self = .ramp(Self.stops([0, 50, 100, 150, 200, 300], Self.water))
    case LayerDescription.hourlyRain.name:
      self = .ramp(Self.stops([0, 1, 5, 20, 50, 80], Self.water))
    case LayerDescription.elevation.name:
      self = .ramp(Self.stops([0, 100, 300, 700, 1_500, 3_000], Self.heights))
    default:
      // Shares show their whole scale, whatever occurs.
      let isShare = description.unit == "1" && description.validRange == 0...1
      let bounds = isShare ? description.validRange : range ?? description.validRange
      let top = bounds.upperBound > bounds.lowerBound ? bounds.upperBound : bounds.lowerBound + 1
      let steps = Float(Self.plain.count - 1)
      let values = Self.plain.indices.map { bounds.lowerBound + (top - bounds.lowerBound) * Float($0) / steps }
      self = .ramp(Self.stops(values, Self.plain))
    }
  }

  private static func ofClasses(_ description: LayerDescription) -> LayerStyle {
    let colours =
      switch description.name {
      case LayerDescription.levelName, "level_leads": MapPalette.levels
      case LayerDescription.aspect.name: compass
      case LayerDescription.soil.name: soils
      case LayerDescription.vegetation.name: plants
      case "quality", "flag": trust
      default: kinds
      }
    return .classes(
      description.classes.enumerated().map { place, name in
        StyledClass(value: place + description.firstClass, colour: colours[place % colours.count], label: name)
      })
  }

  private static func stops(_ values: [Float], _ colours: [Colour]) -> [ColourStop] {
    zip(values, colours).map { ColourStop($0, $1) }
  }

  /// The order of the level colours, for quantities that grow towards danger.
  private static let heat = [
    Colour(255, 255, 255), Colour(255, 250, 190), Colour(254, 217, 90), Colour(244, 109, 45), Colour(190, 20, 60),
    Colour(84, 0, 88),
  ]
  private static let water = [
    Colour(250, 252, 254), Colour(214, 232, 246), Colour(146, 197, 222), Colour(67, 147, 195), Colour(33, 102, 172),
    Colour(84, 24, 112),
  ]
  private static let heights = [
    Colour(116, 168, 120), Colour(190, 211, 148), Colour(240, 230, 178), Colour(207, 170, 116), Colour(150, 110, 84),
    Colour(250, 250, 250),
  ]
  /// Dark to light, even in brightness, told apart by colour-blind readers too.
  private static let plain = [
    Colour(68, 1, 84), Colour(65, 68, 135), Colour(42, 120, 142), Colour(34, 168, 132), Colour(122, 209, 81),
    Colour(253, 231, 37),
  ]
  /// A circle of hues: north and north-west are neighbours.
  private static let compass = [
    Colour(214, 69, 65), Colour(232, 140, 60), Colour(226, 203, 72), Colour(133, 185, 84), Colour(64, 160, 140),
    Colour(66, 128, 190), Colour(112, 92, 184), Colour(178, 84, 150),
  ]
  private static let soils = [
    Colour(190, 190, 190), Colour(92, 70, 62), Colour(214, 202, 220), Colour(58, 52, 60), Colour(132, 44, 40),
    Colour(150, 190, 205), Colour(222, 120, 66), Colour(132, 150, 122), Colour(168, 122, 76), Colour(240, 222, 160),
  ]
  private static let plants = [
    Colour(170, 164, 172), Colour(240, 226, 150), Colour(226, 176, 110), Colour(208, 228, 140), Colour(168, 206, 106),
    Colour(112, 160, 110), Colour(140, 190, 90), Colour(88, 158, 76), Colour(24, 104, 52), Colour(176, 216, 196),
    Colour(198, 216, 234),
  ]
  /// From observed to unknown: blue to grey, none of the colours of a level.
  private static let trust = [
    Colour(198, 219, 239), Colour(107, 174, 214), Colour(230, 150, 50), Colour(150, 80, 30), Colour(186, 188, 191),
  ]
  private static let kinds = [
    Colour(141, 160, 203), Colour(90, 62, 43), Colour(200, 200, 200), Colour(60, 60, 66), Colour(140, 40, 40),
    Colour(166, 216, 84), Colour(230, 130, 60), Colour(102, 194, 165), Colour(150, 110, 70), Colour(245, 215, 130),
    Colour(231, 138, 195), Colour(80, 140, 200),
  ]
}
