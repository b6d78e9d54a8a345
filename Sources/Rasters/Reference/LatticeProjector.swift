import CGDAL
import CPROJ

/// Turns a source's coordinates into lattice coordinates, in cells: `u = 80 (longitude − 100)`, `v = 120 latitude`.
///
/// Each point is transformed by itself, so that no result depends on its neighbours. Belongs to one thread.
final class LatticeProjector {
  private let inverseProjection: OGRCoordinateTransformationH?
  private let datumShift: DatumPipeline?
  private let tokyoGrid: TokyoGrid?

  init(_ reference: SourceReference, for path: String) throws(RasterError) {
    let source = try ReferenceSystem(reference.definition, for: path)
    let target = try ReferenceSystem("EPSG:6668", for: path)
    tokyoGrid = reference.tokyoGrid
    switch reference.datum {
    case .chosenByPROJ:
      inverseProjection = OCTNewCoordinateTransformation(source.handle, target.handle)
      datumShift = nil
      guard inverseProjection != nil else {
        throw .badReferenceSystem(path: path, definition: reference.name)
      }
      return
    case .sameLattice, .tokyoOffsets, .tokyoGrid: break
    }
    if reference.isGeographic {
      inverseProjection = nil
    } else {
      let degrees = OSRCloneGeogCS(source.handle)
      defer { OSRRelease(degrees) }
      OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER)
      inverseProjection = OCTNewCoordinateTransformation(source.handle, degrees)
      guard inverseProjection != nil else { throw .badReferenceSystem(path: path, definition: reference.name) }
    }
    switch reference.datum {
    case .tokyoOffsets, .tokyoGrid: datumShift = try DatumPipeline(DatumStep.tokyoPipeline, for: path)
    case .sameLattice, .chosenByPROJ: datumShift = nil
    }
  }

  deinit { OCTDestroyCoordinateTransformation(inverseProjection) }

  /// Replaces source coordinates by lattice coordinates; a point that cannot be transformed becomes `NaN`.
  func project(x: UnsafeMutableBufferPointer<Double>, y: UnsafeMutableBufferPointer<Double>) {
    guard let xs = x.baseAddress, let ys = y.baseAddress else { return }
    if let inverseProjection { _ = OCTTransform(inverseProjection, Int32(x.count), xs, ys, nil) }
    if let tokyoGrid {
      var outside: [Int] = []
      for i in x.indices {
        guard let shifted = tokyoGrid.shifted(longitude: x[i], latitude: y[i]) else {
          outside.append(i)
          continue
        }
        (x[i], y[i]) = (shifted.longitude, shifted.latitude)
      }
      for i in outside { datumShift?.transform(x: xs + i, y: ys + i, count: 1) }
    } else if let datumShift {
      datumShift.transform(x: xs, y: ys, count: x.count)
    }
    for i in x.indices {
      guard x[i].isFinite, y[i].isFinite else {
        (x[i], y[i]) = (.nan, .nan)
        continue
      }
      // The lattice begins at 100° E: a file that counts to the west of it means the other way round.
      let longitude = x[i] < -80 ? x[i] + 360 : x[i]
      x[i] = (longitude - 100) * 80
      y[i] *= 120
    }
  }

  /// One point, for tests and areas.
  func project(x: Double, y: Double) -> (u: Double, v: Double) {
    var (xs, ys) = ([x], [y])
    xs.withUnsafeMutableBufferPointer { xs in ys.withUnsafeMutableBufferPointer { project(x: xs, y: $0) } }
    return (xs[0], ys[0])
  }
}

/// A pipeline of PROJ taken word for word: no axis order, no choice of PROJ's own. Belongs to one thread.
private final class DatumPipeline {
  private let context: OpaquePointer?
  private let pipeline: OpaquePointer

  init(_ definition: String, for path: String) throws(RasterError) {
    context = proj_context_create()
    guard let made = proj_create(context, definition) else {
      proj_context_destroy(context)
      throw .badReferenceSystem(path: path, definition: definition)
    }
    pipeline = made
  }

  deinit {
    proj_destroy(pipeline)
    proj_context_destroy(context)
  }

  func transform(x: UnsafeMutablePointer<Double>, y: UnsafeMutablePointer<Double>, count: Int) {
    let stride = MemoryLayout<Double>.stride
    _ = proj_trans_generic(pipeline, PJ_FWD, x, stride, count, y, stride, count, nil, 0, 0, nil, 0, 0)
  }
}

/// Longitude and latitude on the lattice (JGD2011) of a point in any reference system, degrees.
///
/// - Parameters:
///   - x: Easting or longitude.
///   - y: Northing or latitude.
///   - referenceSystem: EPSG code, WKT or PROJ string.
///   - tokyoGrid: Shifts for Tokyo datum.
/// - Returns: Degrees; `NaN` where the point cannot be transformed.
/// - Throws: `badReferenceSystem` or `malformed`.
package func latticeDegrees(
  x: Double, y: Double, referenceSystem: String, tokyoGrid: TokyoGrid? = nil
) throws(RasterError) -> (longitude: Double, latitude: Double) {
  let reference = try SourceReference(referenceSystem, for: "point", tokyoGrid: tokyoGrid)
  let point = try LatticeProjector(reference, for: "point").project(x: x, y: y)
  return (point.u / 80 + 100, point.v / 120)
}
