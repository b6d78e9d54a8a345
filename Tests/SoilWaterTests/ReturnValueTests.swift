import Foundation
import Mesh
import TestSupport
import Testing

@testable import SoilWater

/// What lmoments3 and scipy found, from fixtures/soilwater.
private struct Golden: Decodable {
  struct Case: Decodable {
    let maxima: [[[Double]]]
    let weights: [Double]
    let mean: Double
    let variation: Double
    let skewness: Double
    let values: [Double]
    let probes: [Double]
    let periods: [Double]
  }
  let periods: [Double]
  let cases: [Case]
}

private func golden() throws -> Golden {
  let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("soilwater/return-values.json")))
  return try JSONDecoder().decode(Golden.self, from: data)
}

@Test func `return values of a region are those of an independent implementation`() throws {
  let golden = try golden()
  #expect(golden.cases.count == 4 && golden.periods == Climatology.returnPeriods)
  for known in golden.cases {
    let units = try known.maxima.map { years in
      try #require(AnnualMaxima(ofCells: (0..<3).map { cell in years.map { $0[cell] } }))
    }
    let found = try #require(RegionalMaxima(zip(known.weights, units).map { (weight: $0, maxima: $1) }))
    // Float32 keeps the units' figures: 6e-8 of them.
    #expect(abs(found.mean / known.mean - 1) < 1e-6)
    #expect(abs(found.variation - known.variation) < 1e-6 && abs(found.skewness - known.skewness) < 1e-6)
    let distribution = try #require(found.distribution)
    for (period, value) in zip(golden.periods, known.values) {
      #expect(abs(distribution.value(returnPeriod: period) / value - 1) < 1e-5)
    }
    for (probe, period) in zip(known.probes, known.periods) {
      #expect(abs(distribution.returnPeriod(of: probe) / period - 1) < 1e-3)
    }
  }
}

@Test(arguments: [-0.4, -0.1, 0.0, 0.05, 0.3]) func `a distribution's L-moments give it back`(shape: Double) throws {
  // Numerical L-moments of the quantile function, by the middle of many equal steps of F.
  let count = 200_000
  func quantile(_ f: Double) -> Double { shape == 0 ? -log(-log(f)) : (1 - pow(-log(f), shape)) / shape }
  var moments = (0.0, 0.0, 0.0)
  for step in 0..<count {
    let f = (Double(step) + 0.5) / Double(count)
    let x = 100 + 20 * quantile(f)
    moments = (moments.0 + x, moments.1 + x * (2 * f - 1), moments.2 + x * (6 * f * f - 6 * f + 1))
  }
  let (mean, second, third) = (moments.0 / Double(count), moments.1 / Double(count), moments.2 / Double(count))
  let found = try #require(ExtremeValueDistribution(mean: mean, second: second, skewness: third / second))
  #expect(abs(found.shape - shape) < 2e-3 && abs(found.location - 100) < 0.1 && abs(found.scale - 20) < 0.1)
  for years in [2.0, 10, 50] {
    #expect(abs(found.returnPeriod(of: found.value(returnPeriod: years)) / years - 1) < 1e-9)
  }
}

@Test func `below ten years there is nothing, and values reach twice as far as the record`() throws {
  let series = (0..<40).map { 100 + 30 * Double(($0 * 17) % 23) / 23 }
  #expect(AnnualMaxima(ofCells: [Array(series.prefix(9))]) == nil)
  for (years, known) in [(10, 3), (14, 3), (15, 4), (24, 4), (25, 5), (40, 5)] {
    let unit = try #require(AnnualMaxima(ofCells: [Array(series.prefix(years))]))
    let region = try #require(RegionalMaxima([(weight: 1, maxima: unit)]))
    #expect(region.returnValues(Climatology.returnPeriods).count { !$0.isNaN } == known, "\(years) years")
    #expect((region.distribution?.shape == 0) == (years < 30))
  }
}

@Test func `beyond a highest value the return period is the longest that is told`() throws {
  let bounded = try #require(ExtremeValueDistribution(mean: 100, second: 10, skewness: -0.1))
  #expect(bounded.shape > 0)
  #expect(bounded.returnPeriod(of: bounded.location + bounded.scale / bounded.shape + 1) == 100_000)
  #expect(bounded.returnPeriod(of: -1_000) == 1)
}
