import Foundation

/// Names of files beside a raster or shapefile from which GDAL would take its place, scale, mask, overviews, system or attributes.
///
/// - Parameter path: The file, real or by its name alone.
/// - Returns: What may be there, whether it is or not.
package func sideFileNames(of path: String) -> [String] {
  let file = path as NSString
  let (stem, ending) = (file.deletingPathExtension, file.pathExtension.lowercased())
  var endings = ["prj", "wld", "hdr", "tab", "aux", "aux.xml"]
  if let first = ending.first, let last = ending.last, ending.count >= 2 {
    endings += ["\(first)\(last)w", "\(ending)w"]
  }
  if ending == "shp" { endings += ["dbf", "shx", "cpg", "qpj"] }
  var names = [".aux.xml", ".ovr", ".msk", ".aux"].map { path + $0 }
  for ending in endings { names += ["\(stem).\(ending)", "\(stem).\(ending.uppercased())"] }
  return names.filter { $0 != path }
}

/// The side files of a file that are there: they are as much an input as the file itself.
package func sideFiles(of path: String) -> [String] {
  path.hasPrefix("/vsi") ? [] : sideFileNames(of: path).filter { FileManager.default.fileExists(atPath: $0) }
}
