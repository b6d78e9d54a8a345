import Foundation

/// Three inputs and labels by a rule that Python computes too: `sin i`, `5 + 3 cos 1.7 i`, `i mod 5`.
enum TabularFixture {
  static func rows(_ count: Int) -> [[Float]] {
    (0..<count).map { i -> [Float] in
      let x = Double(i)
      return [Float(sin(x)), Float(5 + 3 * cos(1.7 * x)), Float(i % 5)]
    }
  }

  static func labels(_ count: Int) -> [Bool] {
    (0..<count).map { i -> Bool in
      let x = Double(i)
      let signal: Double = sin(x) + 0.5 * cos(1.7 * x) + 0.5 * sin(13 * x)
      return signal > 0.6
    }
  }
}
