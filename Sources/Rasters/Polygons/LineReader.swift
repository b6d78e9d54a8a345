import CGDAL

/// Takes the lines of features to the lattice and counts what was unusual.
struct LineReader {
  private let projector: LatticeProjector
  private let isSwapped: Bool
  private var empty = 0
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
    if empty > 0 { remarks.append("\(empty) features without a line left out") }
    if unplaced > 0 { remarks.append("\(unplaced) lines with points that lie nowhere left out") }
    return remarks
  }

  /// The lines of a feature; none for a feature of points or polygons.
  mutating func lines(of feature: OGRFeatureH) -> [[SIMD2<Double>]] {
    // Curves become short lines; the geometry is ours from here.
    guard let stored = OGR_F_GetGeometryRef(feature), let straight = OGR_G_GetLinearGeometry(stored, 0, nil) else {
      empty += 1
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
    if parts.isEmpty { empty += 1 }
    return parts.compactMap { part in
      let points = latticePoints(of: part, projector, isSwapped: isSwapped)
      guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
        unplaced += 1
        return nil
      }
      return points
    }
  }
}
