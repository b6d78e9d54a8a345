import CGDAL

/// The reference system of a source and the way from its coordinates to the lattice. A value: workers make their own
/// `LatticeProjector` of it, since PROJ objects belong to one thread.
struct SourceReference: Hashable, Sendable {
  /// The system as WKT.
  let definition: String
  /// `EPSG:2443 JGD2000 / Japan Plane Rectangular CS I`, for reports.
  let name: String
  let isGeographic: Bool
  let datum: DatumStep
  let tokyoGrid: TokyoGrid?

  /// Longitude and latitude of the source are those of the lattice: no call to PROJ is needed.
  var isLatticeDegrees: Bool {
    guard isGeographic, case .sameLattice = datum else { return false }
    return true
  }

  static func == (a: SourceReference, b: SourceReference) -> Bool { a.definition == b.definition && a.datum == b.datum }
  func hash(into hasher: inout Hasher) { hasher.combine(definition) }

  /// - Parameters:
  ///   - definition: EPSG code, WKT or PROJ string.
  ///   - path: The file, for errors.
  ///   - tokyoGrid: Shifts for Tokyo datum, if the user has them.
  /// - Throws: `badReferenceSystem`, or `malformed` when the datum cannot be told.
  init(_ definition: String, for path: String, tokyoGrid: TokyoGrid?) throws(RasterError) {
    let system = try ReferenceSystem(definition, for: path)
    OSRStripVertical(system.handle)
    let geographic = OSRIsGeographic(system.handle) != 0
    guard geographic || OSRIsProjected(system.handle) != 0 else {
      throw .badReferenceSystem(path: path, definition: "\(definition) as one of the Earth")
    }
    isGeographic = geographic
    self.definition = system.wellKnownText
    name = system.shortName
    let datumName = OSRGetAttrValue(system.handle, "DATUM", 0).map { String(cString: $0) } ?? "unknown datum"
    var offsets = [Double](repeating: 0, count: 7)
    let hasOffsets = OSRGetTOWGS84(system.handle, &offsets, 7) == OGRERR_NONE && offsets.contains { $0 != 0 }
    switch KnownDatum(name: datumName) {
    case .lattice(let datum) where !hasOffsets:
      self.datum = .sameLattice(datum: datum)
      self.tokyoGrid = nil
    case .tokyo:
      self.datum = tokyoGrid.map { .tokyoGrid(path: $0.path) } ?? .tokyoOffsets
      self.tokyoGrid = tokyoGrid
    case .other(let datum) where !hasOffsets && datum.lowercased().contains("bessel"):
      throw .malformed(
        path: path, reason: "its datum is not named (\(datum.replacing("_", with: " ")))",
        remedy: "name the reference system in the catalogue; old Japanese data are often crs: EPSG:4301 (Tokyo datum)")
    case .lattice(let datum), .other(let datum):
      self.datum = .chosenByPROJ(datum: datum)
      self.tokyoGrid = nil
    }
  }
}

extension ReferenceSystem {
  var wellKnownText: String {
    var text: UnsafeMutablePointer<CChar>?
    let options = ["FORMAT=WKT2_2019", "MULTILINE=NO"]
    let failed = withStringList(options) { list in
      OSRExportToWktEx(handle, &text, UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self))
    }
    defer { VSIFree(text) }
    guard failed == OGRERR_NONE, let text else { return "" }
    return String(cString: text)
  }

  /// Authority code and name.
  var shortName: String {
    let name = OSRGetName(handle).map { String(cString: $0) } ?? "unnamed"
    guard let authority = OSRGetAuthorityName(handle, nil), let code = OSRGetAuthorityCode(handle, nil) else {
      return name
    }
    return "\(String(cString: authority)):\(String(cString: code)) \(name)"
  }
}

extension SourceReference {
  /// Rough size of a coordinate unit, for choosing steps.
  var metresPerUnit: Double {
    guard !isGeographic, let system = try? ReferenceSystem(definition, for: "") else { return 111_320 }
    return OSRGetLinearUnits(system.handle, nil)
  }
}
