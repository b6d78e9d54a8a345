import CGDAL

/// Takes the points of features to the lattice, for readers of polygons and of lines, and counts what is left out.
struct PointPlacer {
  private let projector: LatticeProjector
  private let isSwapped: Bool
  /// Features without what the reader is after.
  var empty = 0
  /// Polygons or lines with points that lie nowhere.
  var unplaced = 0

  /// - Parameters:
  ///   - projector: From the file's coordinates to the lattice.
  ///   - isSwapped: The file has y before x.
  init(_ projector: LatticeProjector, isSwapped: Bool) {
    self.projector = projector
    self.isSwapped = isSwapped
  }

  /// What was left out so far, a sentence each.
  ///
  /// - Parameters:
  ///   - kind: What the reader is after.
  ///   - repairs: What else was unusual.
  /// - Returns: Features that lack it, the repairs, then what lies nowhere.
  func remarks(of kind: String, _ repairs: [String] = []) -> [String] {
    (empty > 0 ? ["\(empty) features without a \(kind) left out"] : []) + repairs
      + (unplaced > 0 ? ["\(unplaced) \(kind)s with points that lie nowhere left out"] : [])
  }

  /// A feature's geometry, the caller's to destroy; curves become short lines.
  func straightGeometry(of feature: OGRFeatureH) -> OGRGeometryH? {
    OGR_F_GetGeometryRef(feature).flatMap { OGR_G_GetLinearGeometry($0, 0, nil) }
  }

  /// The points of a ring or line; `nil`, and counted, where one of them lies nowhere.
  mutating func points(of curve: OGRGeometryH) -> [SIMD2<Double>]? {
    let count = Int(OGR_G_GetPointCount(curve))
    var x = [Double](repeating: 0, count: count)
    var y = x
    let stride = Int32(MemoryLayout<Double>.stride)
    OGR_G_GetPoints(curve, &x, stride, &y, stride, nil, 0)
    if isSwapped { swap(&x, &y) }
    x.withUnsafeMutableBufferPointer { x in y.withUnsafeMutableBufferPointer { projector.project(x: x, y: $0) } }
    let points = zip(x, y).map { SIMD2($0, $1) }
    guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      unplaced += 1
      return nil
    }
    return points
  }
}
