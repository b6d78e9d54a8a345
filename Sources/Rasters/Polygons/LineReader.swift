import CGDAL

/// Takes the lines of features to the lattice and counts what was unusual.
struct LineReader {
  private var placer: PointPlacer

  init(_ placer: PointPlacer) { self.placer = placer }

  /// What was unusual about the features read so far, a sentence each.
  var remarks: [String] { placer.remarks(of: "line") }

  /// The lines of a feature; none for a feature of points or polygons.
  mutating func lines(of feature: OGRFeatureH) -> [[SIMD2<Double>]] {
    guard let straight = placer.straightGeometry(of: feature) else {
      placer.empty += 1
      return []
    }
    defer { OGR_G_DestroyGeometry(straight) }
    let parts: [OGRGeometryH] =
      switch OGR_GT_Flatten(OGR_G_GetGeometryType(straight)) {
      case wkbLineString: [straight]
      case wkbMultiLineString:
        (0..<OGR_G_GetGeometryCount(straight)).compactMap { OGR_G_GetGeometryRef(straight, $0) }
      default: []
      }
    if parts.isEmpty { placer.empty += 1 }
    return parts.compactMap { placer.points(of: $0) }
  }
}
