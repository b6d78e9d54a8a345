/// A raster band as the user names it: where it is and what the file itself does not say.
package struct RasterInput: Hashable, Sendable, Encodable {
  /// How the file's coordinates are tied to its pixels.
  package enum Registration: String, Hashable, Sendable, Codable, CaseIterable {
    /// As the file says, except where a half-cell shift is evident (see `PlacedRaster`).
    case automatic
    /// As the file says, whatever it looks like.
    case asStated = "as-stated"
    /// The file gives the centre of its first pixel where the corner belongs.
    case centres
  }

  /// Files and globs that are read as one raster, a later one over an earlier one.
  package var paths: [String]
  /// Replaces the file's own reference system: `EPSG:4301`, WKT or a PROJ string.
  package var referenceSystem: String?
  /// Counted from 1.
  package var band: Int
  /// Replaces the file's own nodata value.
  package var nodata: Double?
  package var registration: Registration
  /// GDAL open options, `KEY=VALUE`.
  package var openOptions: [String]
  /// Of tiles whose colours stand for heights.
  package var coding: ElevationCoding?

  /// What messages call it.
  package var path: String { paths.count > 1 ? "\(paths[0]) and \(paths.count - 1) more" : paths.first ?? "" }

  package init(_ paths: [String]) {
    self.init("")
    self.paths = paths
  }

  package init(
    _ path: String, referenceSystem: String? = nil, band: Int = 1, nodata: Double? = nil,
    registration: Registration = .automatic, openOptions: [String] = []
  ) {
    paths = [path]
    self.referenceSystem = referenceSystem
    self.band = band
    self.nodata = nodata
    self.registration = registration
    self.openOptions = openOptions
  }
}

/// The path GDAL needs for a compressed or packed file: `.gz`, `.zip`, `.tar` and `.tgz` are read in place.
package func virtualPath(_ path: String) -> String {
  guard !path.hasPrefix("/vsi") else { return path }
  let lower = path.lowercased()
  if lower.hasSuffix(".tar.gz") || lower.hasSuffix(".tgz") || lower.hasSuffix(".tar") { return "/vsitar/" + path }
  if lower.hasSuffix(".gz") { return "/vsigzip/" + path }
  if lower.hasSuffix(".zip") { return "/vsizip/" + path }
  return path
}
