import CGDAL
package import Foundation

/// Writes a zip archive atomically, through GDAL: deflated entries without times, so the same entries give the same bytes.
///
/// - Parameters:
///   - entries: Names and contents, in the archive's order.
///   - path: Replaced if it exists.
/// - Throws: `cannotWrite`; no file is left then.
package func writeZip(_ entries: [(name: String, contents: Data)], to path: String) throws(RasterError) {
  prepareGDAL()
  let memory = "/vsimem/\(UUID().uuidString).zip"
  defer { VSIUnlink(memory) }
  // GDAL appends to an archive only while it is open: hold it, then add the entries.
  guard let archive = VSIFOpenL("/vsizip/" + memory, "wb") else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
  var isWhole = true
  for (name, contents) in entries {
    guard let entry = VSIFOpenL("/vsizip/\(memory)/\(name)", "wb") else {
      isWhole = false
      break
    }
    let written = contents.withUnsafeBytes { VSIFWriteL($0.baseAddress, 1, $0.count, entry) }
    if VSIFCloseL(entry) != 0 || written != contents.count { isWhole = false }
  }
  if VSIFCloseL(archive) != 0 { isWhole = false }
  var length: vsi_l_offset = 0
  guard isWhole, let bytes = VSIGetMemFileBuffer(memory, &length, 0) else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
  try writeAtomically(Data(bytes: bytes, count: Int(length)), to: path)
}
