import CGDAL

/// Carries points from one reference system to another, axes in the order x, y (longitude, latitude).
///
/// For systems on one datum, or on JGD2000 and JGD2011, which share the lattice. The Tokyo datum needs the explicit pipeline
/// instead: PROJ's own choice is wrong in parts of Japan.
package struct CoordinateTransformation: ~Copyable {
  private let handle: OGRCoordinateTransformationH

  /// - Parameters:
  ///   - source: `EPSG:6668`, WKT or a PROJ string.
  ///   - target: The same.
  /// - Throws: `badReferenceSystem` when PROJ does not know one or finds no way between them.
  package init(from source: String, to target: String) throws(RasterError) {
    let from = try ReferenceSystem(source, for: source)
    let to = try ReferenceSystem(target, for: target)
    guard let made = OCTNewCoordinateTransformation(from.handle, to.handle) else {
      throw .badReferenceSystem(path: source, definition: target)
    }
    handle = made
  }

  deinit { OCTDestroyCoordinateTransformation(handle) }

  /// Transforms points in place; a point without an image becomes `NaN`.
  package func transform(x: inout [Double], y: inout [Double]) {
    precondition(x.count == y.count, "\(x.count) x, \(y.count) y")
    var succeeded = [Int32](repeating: 0, count: x.count)
    OCTTransformEx(handle, Int32(x.count), &x, &y, nil, &succeeded)
    for i in succeeded.indices where succeeded[i] == 0 { (x[i], y[i]) = (.nan, .nan) }
  }

  package func transform(x: Double, y: Double) -> (x: Double, y: Double) {
    var (xs, ys) = ([x], [y])
    transform(x: &xs, y: &ys)
    return (xs[0], ys[0])
  }
}
