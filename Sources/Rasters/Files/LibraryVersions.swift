import CGDAL
import CPROJ

/// Versions of the libraries that shape the output, for manifests.
package func libraryVersions() -> [String: String] {
  let proj = proj_info()
  return [
    "GDAL": String(cString: GDALVersionInfo("RELEASE_NAME")),
    "PROJ": proj.version.map { String(cString: $0) } ?? "unknown",
  ]
}
