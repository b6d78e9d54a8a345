/// Where elevation, slope and aspect come from.
package enum ElevationInput: Sendable {
  /// A DEM of any reference system and resolution, in metres; `seaValues` are heights that mean sea.
  case raster(RasterInput, seaValues: [Float])
  /// Mean elevation by mesh code; slope and aspect are then rough ones at the resolution of the cells.
  case meshTable(MeshTableInput)
  /// KSJ G04-a files or globs; the reference system is that of the mesh codes, JGD2011 if `nil`.
  case ksjMesh([String], referenceSystem: String?)
}

/// Where shares of classes come from.
package enum ClassInput: Sendable {
  /// A raster of codes.
  case raster(RasterInput, Legend)
  /// Polygons with a code in an attribute; files and globs that are sheets of one map.
  case polygons([VectorInput], attribute: String, Legend)
  /// A code by mesh code.
  case meshTable(MeshTableInput, Legend)

  package var legend: Legend {
    switch self {
    case .raster(_, let legend), .polygons(_, _, let legend), .meshTable(_, let legend): legend
    }
  }
}

/// What `alignStatic` puts on the lattice; any part may be absent.
package struct StaticInputs: Sendable {
  package var elevation: ElevationInput?
  package var soil: ClassInput?
  package var vegetation: ClassInput?
  /// Least share of a cell that a source must cover; with less the cell has no value, and its cover is kept.
  package var minimumCoverage: Double
  /// Shifts for sources on Tokyo datum, such as TKY2JGD.par.
  package var tokyoGrid: String?

  package init(
    elevation: ElevationInput? = nil, soil: ClassInput? = nil, vegetation: ClassInput? = nil,
    minimumCoverage: Double = 0.05, tokyoGrid: String? = nil
  ) {
    self.elevation = elevation
    self.soil = soil
    self.vegetation = vegetation
    self.minimumCoverage = minimumCoverage
    self.tokyoGrid = tokyoGrid
  }
}
