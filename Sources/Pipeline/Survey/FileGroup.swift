import Foundation
import Rasters

/// Files that belong together: one file, or those of a folder whose names differ in nothing but long numbers.
struct FileGroup: Sendable, Equatable {
  /// Absolute paths in the order of their names; at least one.
  let files: [String]

  var first: String { files[0] }
  var folder: String { parentFolder(of: first) }
  /// Name of the first file in lower case, without `.gz`.
  var name: String {
    let name = (first as NSString).lastPathComponent.lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
  /// What follows the last dot of `name`.
  var ending: String { (name as NSString).pathExtension }

  /// What stands for all of them in a catalogue: the path of one, else a glob.
  var glob: String { files.count == 1 ? first : pattern { $1 ? "*" : nil } }

  /// The path with the time in the names as a template; `nil` where they name no day.
  var template: String? {
    var (hasDay, hasHour) = (false, false)
    let text = pattern { digits, differs in
      if !hasDay, let shape = Self.dayShape(digits) {
        (hasDay, hasHour) = (true, shape.contains("{HH}"))
        return shape
      }
      if hasDay, !hasHour, digits.count == 4 || digits.count == 6, let clock = Int(digits.prefix(4)), clock < 2_400 {
        hasHour = true
        return "{HH}{mm}" + (digits.count == 6 ? "??" : "")
      }
      return differs ? "*" : nil
    }
    return hasDay ? text : nil
  }

  /// The fields of a number that is a day, or a day and a clock; `nil` for any other.
  private static func dayShape(_ digits: Substring) -> String? {
    let hasCentury = digits.hasPrefix("19") || digits.hasPrefix("20")
    let fields =
      switch (digits.count, hasCentury) {
      case (8, true): "{YYYY}{MM}{DD}"
      case (10, true): "{YYYY}{MM}{DD}{HH}"
      case (12, true): "{YYYY}{MM}{DD}{HH}{mm}"
      case (10, false): "{YY}{MM}{DD}{HH}{mm}"
      default: ""
      }
    let rest = digits.dropFirst(hasCentury ? 4 : 2)
    guard !fields.isEmpty, let month = Int(rest.prefix(2)), let day = Int(rest.dropFirst(2).prefix(2)),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return fields
  }

  /// The path with long numbers replaced, each told whether it differs among the files.
  private func pattern(_ replacement: (Substring, Bool) -> String?) -> String {
    let all = files.map { Self.pieces((($0 as NSString).lastPathComponent)) }
    let name = all[0].enumerated().map { place, piece in
      guard piece.isLongNumber else { return String(piece) }
      return replacement(piece, all.contains { $0[place] != piece }) ?? String(piece)
    }
    return (folder as NSString).appendingPathComponent(name.joined())
  }

  /// Runs of digits and what is between them.
  private static func pieces(_ name: String) -> [Substring] {
    var pieces: [Substring] = []
    var rest = name[...]
    while let first = rest.first {
      let piece = rest.prefix { $0.isDigit == first.isDigit }
      pieces.append(piece)
      rest = rest[piece.endIndex...]
    }
    return pieces
  }

  /// Groups the files of folders, subfolders included; hidden files and what stands beside another file are left out.
  ///
  /// - Parameter paths: Files and folders, real or virtual.
  /// - Returns: Groups in the order of the paths and names.
  /// - Throws: `notFound`.
  static func groups(in paths: [String]) throws(RasterError) -> [FileGroup] {
    var files: [String] = []
    for path in paths { files += try Self.files(in: path) }
    var order: [String] = []
    var members: [String: [String]] = [:]
    for file in files {
      let key = parentFolder(of: file) + "/" + keyed((file as NSString).lastPathComponent)
      if members[key] == nil { order.append(key) }
      if members[key]?.contains(file) != true { members[key, default: []].append(file) }
    }
    return order.compactMap { members[$0].map { FileGroup(files: $0) } }
  }

  private static func keyed(_ name: String) -> String {
    pieces(name).map { $0.isLongNumber ? String(repeating: "#", count: $0.count) : String($0) }.joined()
  }

  private static func files(in path: String) throws(RasterError) -> [String] {
    if path.hasPrefix("/vsi") { return [path] }
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder) else { throw .notFound(path: path) }
    guard isFolder.boolValue, !isStore(absolute) else { return [absolute] }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: absolute)) ?? []).sorted()
    guard !isDerived(names) else { return [] }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") && !isCompanion(name, among: names) {
      found += try files(in: (absolute as NSString).appendingPathComponent(name))
    }
    return found
  }

  /// Whether a folder is an area's workspace or a run: what lsmap derived is no input.
  private static func isDerived(_ names: [String]) -> Bool {
    let marks = [
      ["hashes.json"], ["static.tif", "alignment.json"], ["past.safetensors"], ["manifest.json", "level.tif"],
    ]
    return marks.contains { $0.allSatisfy(names.contains) }
  }

  /// Folders that are one file to their readers.
  private static func isStore(_ path: String) -> Bool {
    [".zgroup", ".zarray", "zarr.json"].contains { FileManager.default.fileExists(atPath: path + "/" + $0) }
  }

  /// Whether a file only says more about another one beside it.
  private static func isCompanion(_ name: String, among names: [String]) -> Bool {
    let lower = name.lowercased()
    let stem = (name as NSString).deletingPathExtension
    if [".aux.xml", ".shp.xml", ".qml", ".qmd", ".ovr", ".msk"].contains(where: lower.hasSuffix) { return true }
    func has(_ ending: String) -> Bool { names.contains { $0.lowercased() == (stem + ending).lowercased() } }
    if ["dbf", "shx", "prj", "cpg", "sbn", "sbx"].contains((lower as NSString).pathExtension) { return has(".shp") }
    if lower.hasSuffix(".tfw") || lower.hasSuffix(".hdr") {
      return names.contains { $0 != name && $0.hasPrefix(stem) }
    }
    return false
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
}

extension Substring {
  /// A number of four digits or more tells times and meshes apart; shorter ones (`rain_1h`, `rain_24h`) tell kinds.
  fileprivate var isLongNumber: Bool { count >= 4 && allSatisfy(\.isDigit) }
}
