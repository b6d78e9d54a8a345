import CGDAL

/// Takes the polygons of features to the lattice, rings that cross themselves set right, and counts what was unusual.
struct PolygonReader {
  private let projector: LatticeProjector
  private let isSwapped: Bool
  private var empty = 0
  private var repaired = 0
  private var unplaced = 0

  /// - Parameters:
  ///   - projector: From the file's coordinates to the lattice.
  ///   - isSwapped: The file has y before x.
  init(_ projector: LatticeProjector, isSwapped: Bool) {
    self.projector = projector
    self.isSwapped = isSwapped
  }

  /// What was unusual about the features read so far, a sentence each.
  var remarks: [String] {
    var remarks: [String] = []
    if empty > 0 { remarks.append("\(empty) features without a polygon left out") }
    if repaired > 0 { remarks.append("\(repaired) polygons cross themselves: all they enclose counts, once") }
    if unplaced > 0 { remarks.append("\(unplaced) polygons with points that lie nowhere left out") }
    return remarks
  }

  /// The polygons of a feature; none for a feature of points or lines.
  mutating func polygons(of feature: OGRFeatureH) -> [LatticePolygon] {
    // Curves become short lines; the geometry is ours from here.
    guard let stored = OGR_F_GetGeometryRef(feature), let straight = OGR_G_GetLinearGeometry(stored, 0, nil),
      let whole = OGR_G_ForceToMultiPolygon(straight)
    else {
      empty += 1
      return []
    }
    defer { OGR_G_DestroyGeometry(whole) }
    guard OGR_GT_Flatten(OGR_G_GetGeometryType(whole)) == wkbMultiPolygon else {
      empty += 1
      return []
    }
    var found: [LatticePolygon] = []
    for part in 0..<OGR_G_GetGeometryCount(whole) {
      guard let polygon = OGR_G_GetGeometryRef(whole, part) else { continue }
      OGR_G_CloseRings(polygon)
      if OGR_G_IsValid(polygon) != 0 { found += place(polygon) } else { found += placeRepaired(polygon) }
    }
    if found.isEmpty { empty += 1 }
    return found
  }

  /// Areas are summed along the edges with their direction: lobes of a ring that crosses itself would cancel. GEOS cuts such
  /// rings into simple ones, united, and takes the holes away after.
  private mutating func placeRepaired(_ polygon: OGRGeometryH) -> [LatticePolygon] {
    let valid = withStringList(["METHOD=STRUCTURE"]) { OGR_G_MakeValidEx(polygon, $0) }
    // What GEOS says of one ring is no failure to read the file.
    CPLErrorReset()
    guard let valid, let whole = OGR_G_ForceToMultiPolygon(valid) else {
      unplaced += 1
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
      let points = latticePoints(of: ring, projector, isSwapped: isSwapped)
      guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
        unplaced += 1
        return []
      }
      rings.append(points)
    }
    return rings.contains { $0.count >= 3 } ? [LatticePolygon(rings: rings)] : []
  }

}

/// Points of a ring or line on the lattice; `NaN` where one lies nowhere.
func latticePoints(of curve: OGRGeometryH, _ projector: LatticeProjector, isSwapped: Bool) -> [SIMD2<Double>] {
  let count = Int(OGR_G_GetPointCount(curve))
  var x = [Double](repeating: 0, count: count)
  var y = x
  let stride = Int32(MemoryLayout<Double>.stride)
  OGR_G_GetPoints(curve, &x, stride, &y, stride, nil, 0)
  if isSwapped { swap(&x, &y) }
  x.withUnsafeMutableBufferPointer { x in y.withUnsafeMutableBufferPointer { projector.project(x: x, y: $0) } }
  return zip(x, y).map { SIMD2($0, $1) }
}
