package import Foundation

/// JSON as all our files and results have it: readable, keys sorted, so that equal values give equal bytes.
package enum JSONText {
  package static func data(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
