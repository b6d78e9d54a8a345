import Foundation

/// A number with a fixed count of decimals.
func decimals(_ value: Double, _ count: Int) -> String { String(format: "%.\(count)f", value) }

/// `12,345`.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  var text = ""
  for (i, digit) in digits.enumerated() {
    if i > 0, (digits.count - i) % 3 == 0, digits[i - 1] != "-" { text.append(",") }
    text.append(digit)
  }
  return text
}

/// A value as short as it can be read back: `0.02`, `150`.
func shortest(_ value: Float) -> String {
  value == value.rounded() && abs(value) < 1e7 ? String(Int(value)) : String(value)
}
