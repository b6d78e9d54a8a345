import Foundation

/// `1 / (1 + e^−x)`, finite and without overflow for every finite `x`.
package func logistic(_ x: Double) -> Double {
  let e = exp(-abs(x))
  return x >= 0 ? 1 / (1 + e) : e / (1 + e)
}

/// `ln(1 + e^x)`, without overflow.
package func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// `ln(p / (1 − p))`.
package func logit(_ p: Double) -> Double { log(p) - log1p(-p) }

/// `base^exponent`.
func power(_ base: Double, _ exponent: Double) -> Double { exponent == 2 ? base * base : pow(base, exponent) }
