/// What the numbers of a field are, as far as landslide work knows them.
package enum Grib2Quantity: Hashable, Sendable {
  /// Rain fallen in a time, mm.
  case rainTotal(minutes: Int)
  /// mm/h: not a total, whatever the time it stands for.
  case rainIntensity
  case soilWaterIndex
  /// Storage of the first or second tank of the index, mm.
  case soilWaterTank(Int)
  /// JMA's landslide risk mesh: classes, not a probability.
  case landslideRisk
  case tornadoPotential
  case other

  /// JMA's local parameters (category 1: 200 and more; category 193) and WMO's for rain.
  init(_ product: Grib2Product) {
    let isJapanese = product.centre == 34
    switch (product.discipline, product.category, product.parameter) {
    case (0, 1, 200) where isJapanese, (0, 1, 8):
      guard let interval = product.interval, interval.isTotal, interval.length % 60 == 0 else {
        self = .other
        return
      }
      self = .rainTotal(minutes: interval.length / 60)
    case (0, 1, 201) where isJapanese, (0, 1, 203) where isJapanese, (0, 1, 7), (0, 1, 52): self = .rainIntensity
    case (0, 1, 206) where isJapanese:
      switch (product.surface?.type, product.surface?.value) {
      case (200, _): self = .soilWaterIndex
      case (201, 1): self = .soilWaterTank(1)
      case (201, 2): self = .soilWaterTank(2)
      default: self = .other
      }
    case (0, 1, 208) where isJapanese: self = .landslideRisk
    case (0, 193, 0) where isJapanese: self = .tornadoPotential
    default: self = .other
    }
  }

  /// Classes are not averaged.
  var isClass: Bool { self == .landslideRisk || self == .tornadoPotential }

  /// In words; `nil` for what has no name here.
  package var words: String? {
    switch self {
    case .rainTotal(60): "hourly rain total"
    case .rainTotal(let minutes): "rain total of \(minutes) minutes"
    case .rainIntensity: "rain intensity, not a total"
    case .soilWaterIndex: "soil water index"
    case .soilWaterTank(let tank): "soil water index, tank \(tank)"
    case .landslideRisk: "landslide risk mesh (JMA classes)"
    case .tornadoPotential: "likelihood of tornadoes (classes)"
    case .other: nil
    }
  }

  /// In words or, where there are none, in the numbers of the code tables.
  package func words(_ product: Grib2Product) -> String {
    words ?? "discipline \(product.discipline), category \(product.category), parameter \(product.parameter)"
  }

  package var unit: String {
    switch self {
    case .rainTotal, .soilWaterIndex, .soilWaterTank: "mm"
    case .rainIntensity: "mm/h"
    case .landslideRisk, .tornadoPotential, .other: ""
    }
  }
}
