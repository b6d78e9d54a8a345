import CGDAL

/// A coordinate reference system, axes in the order x, y (longitude, latitude).
struct ReferenceSystem: ~Copyable {
  let handle: OGRSpatialReferenceH

  /// - Parameters:
  ///   - definition: `EPSG:6668`, WKT or a PROJ string.
  ///   - path: The file it is for, named in the error.
  /// - Throws: `badReferenceSystem` when PROJ does not know the definition.
  init(_ definition: String, for path: String) throws(RasterError) {
    prepareGDAL()
    guard let made = OSRNewSpatialReference(nil) else { throw .cannotOpen(path: path, reason: gdalReason()) }
    guard OSRSetFromUserInput(made, definition) == OGRERR_NONE else {
      OSRRelease(made)
      throw .badReferenceSystem(path: path, definition: definition)
    }
    OSRSetAxisMappingStrategy(made, OAMS_TRADITIONAL_GIS_ORDER)
    handle = made
  }

  deinit { OSRRelease(handle) }
}
