import Foundation
import Neural
import Rasters
import Statistics

/// Kinds of files that a workspace holds and that are made again at need, with the version of their contents.
///
/// A version goes up when the same inputs would give other contents: files of another version are made anew.
enum DerivedKind: String, CaseIterable {
  case staticStack = "static layers"
  case rainDay = "day of rain"
  case state = "soil water state"
  case gatheredPast = "gathered past"
  case fit = "fit of past rain"
  case survivedRecord = "record of what cells have survived"
  case soilWaterLayers = "soil water layers"

  var version: Int {
    switch self {
    case .soilWaterLayers: 2
    case .rainDay, .state: 3
    case .staticStack, .survivedRecord: 4
    case .gatheredPast: 6
    case .fit: 7
    }
  }

  /// What the file says of itself: `soil water state, version 2`.
  var title: String { "\(rawValue), version \(version)" }
}

/// A file of the workspace: where it is and what it must have been made from to be used.
struct DerivedFile {
  let kind: DerivedKind
  let path: String
  /// Kind, version, and a digest of all the file depends on: stands in the file.
  let key: String

  /// Tag of a GeoTIFF, and key among the metadata of a safetensors file, that holds `key`.
  static let keyTag = "LSMAP_KEY"

  /// - Parameters:
  ///   - kind: What it is.
  ///   - path: Where it is.
  ///   - parts: Everything its contents depend on.
  init(_ kind: DerivedKind, at path: String, from parts: [String]) {
    self.kind = kind
    self.path = path
    key = "\(kind.title): \(SHA256.hexadecimal(of: parts.joined(separator: "\n").utf8))"
  }

  /// How a file stands to what it should be, told without reading its values.
  enum Condition: String, Codable {
    case fresh
    case missing
    /// Made from something else, or by another version.
    case changed
    case damaged
  }

  var condition: Condition {
    guard FileManager.default.fileExists(atPath: path) else { return .missing }
    guard let stored = Self.key(in: path) else { return .damaged }
    return stored == key ? .fresh : .changed
  }

  /// The key in a file, empty for none; `nil` where the file cannot be opened. Its values are not looked at.
  static func key(in path: String) -> String? {
    guard path.hasSuffix(".safetensors") else { return (try? LayerFile.tags(of: path)).map { $0[keyTag] ?? "" } }
    guard let metadata = try? Safetensors.metadata({ try PlainFile.start(of: path, count: $0) }) else { return nil }
    return metadata[keyTag] ?? ""
  }
}

/// A value that a file of the workspace keeps: read where the file fits, else made, which writes the file.
struct Derived<Value> {
  let file: DerivedFile
  /// Reads the file; `nil` where its key is another. Throws for a damaged one, whose checksum does not fit or that lacks
  /// anything.
  let read: (DerivedFile) throws -> Value?
  /// Makes the value and writes it, with the file's key, atomically.
  let make: (DerivedFile) throws -> Value

  /// The value.
  ///
  /// - Parameters:
  ///   - anew: Makes it even where the file fits.
  ///   - console: Told of a damaged file.
  /// - Returns: What is in the file now.
  /// - Throws: What making it throws.
  func value(anew: Bool = false, telling console: Console) throws -> Value {
    if !anew, FileManager.default.fileExists(atPath: file.path) {
      do {
        if let value = try read(file) { return value }
      } catch {
        if let reported = error as? any ReportedError, reported.exitCode == .retryable { throw error }
        console.warn("\(file.path): made anew, it is damaged: \(error)")
      }
    }
    return try make(file)
  }
}
