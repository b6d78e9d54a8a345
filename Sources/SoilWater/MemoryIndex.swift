import Foundation

/// A measure of wetness whose highest value of a day is compared with the highest that a slope has lived through.
///
/// A slope fails when it is wetter than anything it has survived; how fast its water comes and goes is not known, so there
/// are eight measures from a day of rain to a fortnight. The order is that of `sample.memory` in files and of a network's
/// inputs.
/// - Source: METHOD.md 2.7; the historical rank of the soil water index is the same idea with one measure.
package enum MemoryIndex: Int, CaseIterable, Sendable {
  /// The soil water index.
  case soilWater
  /// Storage of the second tank.
  case middleTank
  /// Storage of the third tank.
  case deepTank
  /// Storages of the second and third tanks together.
  case lowerTanks
  /// Rain of the last 24 hours.
  case rain24
  /// Rain of the last 72 hours.
  case rain72
  /// Effective rain with a half-life of 72 hours.
  case effectiveRain72
  /// Effective rain with a half-life of 144 hours.
  case effectiveRain144

  package static let count = allCases.count

  package var name: String {
    switch self {
    case .soilWater: "SWI"
    case .middleTank: "S2"
    case .deepTank: "S3"
    case .lowerTanks: "S2+S3"
    case .rain24: "R24"
    case .rain72: "R72"
    case .effectiveRain72: "E72"
    case .effectiveRain144: "E144"
    }
  }

  /// What it is, in words.
  package var title: String {
    switch self {
    case .soilWater: "soil water index"
    case .middleTank: "water in tank 2"
    case .deepTank: "water in tank 3"
    case .lowerTanks: "water in tanks 2 and 3"
    case .rain24: "rain of 24 hours"
    case .rain72: "rain of 72 hours"
    case .effectiveRain72: "effective rain (half-life 72 hours)"
    case .effectiveRain144: "effective rain (half-life 144 hours)"
    }
  }

  package var japanese: String {
    switch self {
    case .soilWater: "土壌雨量指数"
    case .middleTank: "第2タンク貯留量"
    case .deepTank: "第3タンク貯留量"
    case .lowerTanks: "第2・第3タンク貯留量"
    case .rain24: "24時間雨量"
    case .rain72: "72時間雨量"
    case .effectiveRain72: "実効雨量（半減期72時間）"
    case .effectiveRain144: "実効雨量（半減期144時間）"
    }
  }

  /// Added to both sides of the quotient, mm: a drizzle after a dry month is no record.
  package var offset: Float {
    switch self {
    case .soilWater: 5
    case .middleTank, .deepTank, .lowerTanks: 3
    case .rain24, .rain72, .effectiveRain72, .effectiveRain144: 2
    }
  }

  /// What `excess` is cut to.
  package static let range: ClosedRange<Float> = -3...8

  /// How far a day is beyond the record, `n = ln((x + e)/(m + e))`: 0 at the record, positive beyond.
  ///
  /// - Parameters:
  ///   - highest: `x`, the highest hourly value of the day, mm.
  ///   - survived: `m`, the highest of all earlier days, mm.
  /// - Returns: −3 ... 8; `NaN` for a `NaN`.
  package func excess(_ highest: Float, over survived: Float) -> Float {
    guard !highest.isNaN, !survived.isNaN else { return .nan }
    let n = Float(log((Double(highest) + Double(offset)) / (Double(survived) + Double(offset))))
    return min(max(n, Self.range.lowerBound), Self.range.upperBound)
  }
}

/// Rain that is forgotten by half in a time: `E ← E 2^(−1/T) + r` each hour.
package struct EffectiveRain: Sendable {
  /// Half-lives of the memory's effective rains, hours.
  package static let halfLives = [72.0, 144]

  /// What an hour leaves of it.
  package let hourly: Float

  package init(halfLife: Double) { hourly = Float(exp2(-1 / halfLife)) }

  /// The effective rain an hour later, mm.
  @inline(__always)
  package func next(_ effective: Float, rain: Float) -> Float { effective * hourly + rain }
}
