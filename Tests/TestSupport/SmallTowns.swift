/// Municipalities with the attributes of N03, as boxes of the lattice.
public enum SmallTowns {
  /// A municipality as the file has it; `county` is N03_003.
  public struct Town: Sendable {
    public let code: String
    public let county: String?
    public let name: String
    /// Lattice row and column of the south-west corner, height and width in cells.
    public let box: (south: Double, west: Double, height: Double, width: Double)

    public init(
      _ code: String, _ name: String, county: String? = nil,
      box: (south: Double, west: Double, height: Double, width: Double)
    ) {
      self.code = code
      self.county = county
      self.name = name
      self.box = box
    }
  }

  /// GeoJSON on JGD2011.
  public static func geoJSON(_ towns: [Town], prefecture: String = "広島県") -> String {
    let features = towns.map { town in
      let (south, west) = (town.box.south, town.box.west)
      let (north, east) = (south + town.box.height, west + town.box.width)
      let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        .map { "[\(100 + $0.0 / 80),\($0.1 / 120)]" }.joined(separator: ",")
      let county = town.county.map { "\"\($0)\"" } ?? "null"
      return """
        {"type":"Feature","properties":{"N03_001":"\(prefecture)","N03_003":\(county),"N03_004":"\(town.name)",
        "N03_007":"\(town.code)"},"geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
        """
    }
    return """
      {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6668"}},
      "features":[\(features.joined(separator: ","))]}
      """
  }
}
