import CGDAL
import CGDALCalls
import Foundation

/// Drivers registered and GDAL's own printing stopped, once for the process.
private let gdalIsReady: Bool = {
  GDALAllRegister()
  lsmap_silence_gdal()
  // Rasters are read once, in whole blocks: GDAL's own limit, a twentieth of the memory, would only fill it.
  if CPLGetConfigOption("GDAL_CACHEMAX", nil) == nil { GDALSetCacheMax64(128 << 20) }
  // Without this every open lists the whole folder, which an archive of years pays again for each day. Side files are
  // still found, by their names.
  if CPLGetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", nil) == nil {
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE")
  }
  return true
}()

/// An open GDAL dataset, closed once when the value goes out of scope.
///
/// Not `Sendable`: GDAL lets one thread at a time use a dataset. Each worker opens its own.
package struct Dataset: ~Copyable {
  let handle: GDALDatasetH

  /// Opens a raster for reading; `path` may be one of GDAL's virtual paths.
  ///
  /// - Parameters:
  ///   - path: File, folder (Zarr), subdataset name or `/vsi...` path.
  ///   - vector: Opens an OGR source instead.
  ///   - options: Open options, `KEY=VALUE`.
  ///   - alone: Takes nothing from files beside it: one of ours says all that it is by itself.
  /// - Throws: `notFound`, `cannotOpen`, `malformed` or `failedDisk`.
  package init(
    reading path: String, vector: Bool = false, options: [String] = [], alone: Bool = false
  ) throws(RasterError) {
    precondition(gdalIsReady)
    try PlainFile.refusePipes(path)
    if let refusal = ClassicNetCDF.refusal(of: path) { throw refusal }
    let kind = vector ? GDAL_OF_VECTOR : GDAL_OF_RASTER
    // Without VERBOSE_ERROR the message stays empty.
    let flags = UInt32(kind | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
    CPLErrorReset()
    let opened = withStringList(options) { list in
      // GDAL looks for side files among the names it is told of.
      withStringList(alone ? [(path as NSString).lastPathComponent] : []) { siblings in
        GDALOpenEx(path, flags, nil, constant(list), constant(siblings))
      }
    }
    guard let opened else {
      // Of an archive that GDAL cannot open the file itself is there.
      if !path.contains(":"), lsmap_path_exists(path) == 0, lsmap_path_exists(FileSignature.plainPath(path)) == 0 {
        throw .notFound(path: path)
      }
      let reason = gdalReason()
      throw PlainFile.diskFailure(path) ?? FileSignature.refusal(of: path) ?? .cannotOpen(path: path, reason: reason)
    }
    handle = opened
  }

  /// Takes over an open dataset.
  init(owning handle: GDALDatasetH) {
    precondition(gdalIsReady)
    self.handle = handle
  }

  deinit { GDALClose(handle) }

  /// Completes the file and reports what `deinit` cannot: a full disk often shows only here.
  package consuming func close(_ path: String) throws(RasterError) {
    let handle = handle
    discard self
    CPLErrorReset()
    GDALClose(handle)
    if CPLGetLastErrorType() == CE_Failure { throw .cannotWrite(path: path, reason: gdalReason()) }
  }
}

private func constant(
  _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafePointer<UnsafePointer<CChar>?>? {
  UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
}

/// Makes GDAL ready for calls that do not go through a `Dataset`.
func prepareGDAL() { precondition(gdalIsReady) }

/// GDAL's words for its last failure, in one line.
func gdalReason() -> String {
  let message = String(cString: CPLGetLastErrorMsg()).split(whereSeparator: \.isNewline).joined(separator: " ")
  return message.isEmpty ? "GDAL gives no reason" : message
}

/// Calls `body` with a C list of strings that ends in `NULL`.
func withStringList<Result: ~Copyable, Failure: Error>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) throws(Failure) -> Result
) throws(Failure) -> Result {
  var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  for string in strings { list = CSLAddString(list, string) }
  defer { CSLDestroy(list) }
  return try body(list)
}
