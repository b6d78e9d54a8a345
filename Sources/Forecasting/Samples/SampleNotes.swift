/// How samples were chosen, and what was left out and why; stands in the sample file.
package struct SampleNotes: Codable, Hashable, Sendable {
  /// Something that did not become a sample, or became none of what it was.
  package struct Drop: Codable, Hashable, Sendable {
    /// `landslide`, `rainy day`, `cell` or `region`.
    package let what: String
    /// Mesh code, name of the region, or place in the inventory.
    package let place: String
    /// `nil` where it is no matter of a day.
    package let day: String?
    package let reason: String

    package init(what: String, place: String, day: String? = nil, reason: String) {
      self.what = what
      self.place = place
      self.day = day
      self.reason = reason
    }
  }

  /// Rules in words, a line each.
  package var rules: [String]
  package var drops: [Drop]

  package init(rules: [String] = [], drops: [Drop] = []) {
    self.rules = rules
    self.drops = drops
  }

  package var isEmpty: Bool { rules.isEmpty && drops.isEmpty }

  /// How many drops there are of each kind and reason, in the order they first occur.
  package var counts: [(what: String, reason: String, count: Int)] {
    var found: [(what: String, reason: String, count: Int)] = []
    for drop in drops {
      if let place = found.firstIndex(where: { $0.what == drop.what && $0.reason == drop.reason }) {
        found[place].count += 1
      } else {
        found.append((drop.what, drop.reason, 1))
      }
    }
    return found
  }
}
