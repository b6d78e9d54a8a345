import CGDAL

/// Turns a source's coordinates into lattice coordinates, in cells: `u = 80 (longitude − 100)`, `v = 120 latitude`.
///
/// Each point is transformed by itself, so that no result depends on its neighbours. Belongs to one thread.
final class LatticeProjector {
  private let inverseProjection: OGRCoordinateTransformationH?
  private let datumShift: OGRCoordinateTransformationH?
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
    case .tokyoOffsets, .tokyoGrid:
      let options = OCTNewCoordinateTransformationOptions()
      defer { OCTDestroyCoordinateTransformationOptions(options) }
      OCTCoordinateTransformationOptionsSetOperation(options, DatumStep.tokyoPipeline, 0)
      let tokyo = try ReferenceSystem("EPSG:4301", for: path)
      datumShift = OCTNewCoordinateTransformationEx(tokyo.handle, target.handle, options)
      if datumShift == nil {
        OCTDestroyCoordinateTransformation(inverseProjection)
        throw .badReferenceSystem(path: path, definition: "the pipeline for Tokyo datum")
      }
    case .sameLattice, .chosenByPROJ: datumShift = nil
    }
  }

  deinit {
    OCTDestroyCoordinateTransformation(inverseProjection)
    OCTDestroyCoordinateTransformation(datumShift)
  }

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
      for i in outside { _ = OCTTransform(datumShift, 1, xs + i, ys + i, nil) }
    } else if let datumShift {
      _ = OCTTransform(datumShift, Int32(x.count), xs, ys, nil)
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
