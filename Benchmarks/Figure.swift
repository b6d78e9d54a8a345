/// What a piece of work costs here, beside its floor and its peers.
struct Figure: Encodable {
  /// A floor no program can pass on this machine, or another program that does the same work.
  struct Comparison: Encodable {
    enum Kind: String, Encodable { case floor, peer }

    let kind: Kind
    let name: String
    /// In the figure's unit; `nil` where it could not be measured, for the reason in `remark`.
    let value: Double?
    var remark: String?

    static func floor(_ name: String, _ value: Double) -> Comparison {
      Comparison(kind: .floor, name: name, value: value)
    }
  }

  enum Unit {
    /// Amount of work a second: more is better.
    case rate(String)
    /// Time or memory: less is better.
    case cost(String)

    var name: String {
      switch self {
      case .rate(let name), .cost(let name): name
      }
    }
  }

  let work: String
  let value: Double
  let unit: Unit
  var comparisons: [Comparison] = []

  /// How many times better this figure is: the share of a floor, the gain over a peer.
  func gain(over other: Double) -> Double {
    switch unit {
    case .rate: value / other
    case .cost: other / value
    }
  }

  private enum Key: CodingKey { case work, value, unit, comparisons }
  private enum ComparisonKey: CodingKey { case kind, name, value, gain, remark }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(work, forKey: .work)
    try container.encode(value, forKey: .value)
    try container.encode(unit.name, forKey: .unit)
    var list = container.nestedUnkeyedContainer(forKey: .comparisons)
    for comparison in comparisons {
      var entry = list.nestedContainer(keyedBy: ComparisonKey.self)
      try entry.encode(comparison.kind, forKey: .kind)
      try entry.encode(comparison.name, forKey: .name)
      try entry.encodeIfPresent(comparison.value, forKey: .value)
      try entry.encodeIfPresent(comparison.value.map(gain), forKey: .gain)
      try entry.encodeIfPresent(comparison.remark, forKey: .remark)
    }
  }
}
