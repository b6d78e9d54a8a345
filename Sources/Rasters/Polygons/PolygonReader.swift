import CGDAL

/// Takes the polygons of features to the lattice, rings that cross themselves set right, and counts what was unusual.
struct PolygonReader {
  private var placer: PointPlacer
  private var repaired = 0

  init(_ placer: PointPlacer) { self.placer = placer }

  /// What was unusual about the features read so far, a sentence each.
  var remarks: [String] {
    placer.remarks(
      of: "polygon", repaired > 0 ? ["\(repaired) polygons cross themselves: all they enclose counts, once"] : [])
  }

  /// The polygons of a feature; none for a feature of points or lines.
  mutating func polygons(of feature: OGRFeatureH) -> [LatticePolygon] {
    guard let straight = placer.straightGeometry(of: feature), let whole = OGR_G_ForceToMultiPolygon(straight) else {
      placer.empty += 1
      return []
    }
    defer { OGR_G_DestroyGeometry(whole) }
    guard OGR_GT_Flatten(OGR_G_GetGeometryType(whole)) == wkbMultiPolygon else {
      placer.empty += 1
      return []
    }
    var found: [LatticePolygon] = []
    for part in 0..<OGR_G_GetGeometryCount(whole) {
      guard let polygon = OGR_G_GetGeometryRef(whole, part) else { continue }
      OGR_G_CloseRings(polygon)
      if OGR_G_IsValid(polygon) != 0 { found += place(polygon) } else { found += placeRepaired(polygon) }
    }
    if found.isEmpty { placer.empty += 1 }
    return found
  }

  /// Areas are summed along the edges with their direction: lobes of a ring that crosses itself would cancel. GEOS cuts such
  /// rings into simple ones, united, and takes the holes away after.
  private mutating func placeRepaired(_ polygon: OGRGeometryH) -> [LatticePolygon] {
    let valid = withStringList(["METHOD=STRUCTURE"]) { OGR_G_MakeValidEx(polygon, $0) }
    // What GEOS says of one ring is no failure to read the file.
    CPLErrorReset()
    guard let valid, let whole = OGR_G_ForceToMultiPolygon(valid) else {
      placer.unplaced += 1
      return []
    }
    defer { OGR_G_DestroyGeometry(whole) }
    guard OGR_GT_Flatten(OGR_G_GetGeometryType(whole)) == wkbMultiPolygon else { return [] }
    repaired += 1
    return (0..<OGR_G_GetGeometryCount(whole)).flatMap { part in
      OGR_G_GetGeometryRef(whole, part).map { place($0) } ?? []
    }
  }

  /// One polygon on the lattice; none where a point of it cannot be placed: without that point it would be another polygon.
  private mutating func place(_ polygon: OGRGeometryH) -> [LatticePolygon] {
    var rings: [[SIMD2<Double>]] = []
    for place in 0..<OGR_G_GetGeometryCount(polygon) {
      guard let ring = OGR_G_GetGeometryRef(polygon, place) else { continue }
      guard let points = placer.points(of: ring) else { return [] }
      rings.append(points)
    }
    return rings.contains { $0.count >= 3 } ? [LatticePolygon(rings: rings)] : []
  }
}
