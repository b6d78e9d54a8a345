import CGDAL
import Foundation
import Synchronization

/// One raster made of many files, as elevation models are published: a description in memory that GDAL reads tile by tile.
package enum RasterMosaic {
  private static let made = Mutex<[[String]: String]>([:])

  /// The files that paths and globs stand for, in the order given.
  package static func files(_ paths: [String]) throws(RasterError) -> [String] {
    var files: [String] = []
    for path in paths { files += try Self.files(path) }
    return files
  }

  /// The files a path with `*`, `?` or `[...]` stands for, in the order of their names; the path itself without them.
  ///
  /// - Parameter path: A real path; virtual ones are taken as they are.
  /// - Returns: At least one path.
  /// - Throws: `notFound` when no file fits.
  static func files(_ path: String) throws(RasterError) -> [String] {
    guard !path.hasPrefix("/vsi"), path.contains(where: { "*?[".contains($0) }),
      !FileManager.default.fileExists(atPath: path)
    else { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(path, 0, nil, &found) == 0, let list = found.gl_pathv else { throw .notFound(path: path) }
    return (0..<Int(found.gl_pathc)).compactMap { list[$0].map { String(cString: $0) } }.sorted()
  }

  /// The path to open for some files: the file itself, or a mosaic in memory, made once a process.
  ///
  /// - Parameters:
  ///   - files: In the order they are laid; a later one covers an earlier one.
  ///   - path: What the user named, for errors.
  /// - Returns: A path GDAL opens from any thread.
  /// - Throws: `malformed` when the files do not fit together.
  static func path(of files: [String], named path: String) throws(RasterError) -> String {
    guard files.count != 1 else { return virtualPath(files[0]) }
    prepareGDAL()
    return try made.withLock { (known) throws(RasterError) in
      if let already = known[files] { return already }
      let target = "/vsimem/lsmap-mosaic-\(known.count).vrt"
      // Without -strict a file of another kind is left out with a warning.
      let options = withStringList(["-strict"]) { GDALBuildVRTOptionsNew($0, nil) }
      defer { GDALBuildVRTOptionsFree(options) }
      CPLErrorReset()
      let built = withStringList(files.map(virtualPath)) { names in
        GDALBuildVRT(
          target, Int32(files.count), nil,
          UnsafeRawPointer(names)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self), options, nil)
      }
      guard let built else {
        throw RasterError.malformed(
          path: path, reason: "its \(files.count) files do not make one raster: \(gdalReason())",
          remedy: "give files of one reference system and kind, or join them with gdalwarp")
      }
      GDALClose(built)
      known[files] = target
      return target
    }
  }
}
