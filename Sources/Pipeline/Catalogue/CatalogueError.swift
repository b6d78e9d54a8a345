package import Rasters

/// What can be wrong with a catalogue: the file, the line, and what to write instead.
package enum CatalogueError: ReportedError, Equatable {
  case noCatalogue(path: String)
  case unreadable(RasterError)
  case notYAML(path: String, reason: String)
  case notAMapping(path: String, line: Int)
  case unknownKey(path: String, line: Int, key: String, known: [String])
  case missingKey(path: String, section: String, key: String)
  case badValue(path: String, line: Int, key: String, expected: String)
  case missingSection(path: String, section: String, purpose: String)
  /// Of a folder of styles.
  case badStyles(place: String, fact: String, remedy: String)

  package var exitCode: ExitCode {
    if case .unreadable(let error) = self { error.exitCode } else { .badInput }
  }

  package var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .noCatalogue(let path): "\(path): no such catalogue; name one with --catalog"
    case .notYAML(let path, let reason): "\(path): not YAML: \(reason); mend the file"
    case .notAMapping(let path, let line):
      "\(path):\(line): keys and values are expected here; see the README's example"
    case .unknownKey(let path, let line, let key, let known):
      "\(path):\(line): unknown key \(key); known here: \(known.joined(separator: ", "))"
    case .missingKey(let path, let section, let key):
      "\(path): \(section.isEmpty ? "" : section + ": ")the key \(key) is missing; add it"
    case .badValue(let path, let line, let key, let expected): "\(path):\(line): \(key) must be \(expected)"
    case .missingSection(let path, let section, let purpose):
      "\(path): the section \(section) is missing; \(purpose) needs it"
    case .badStyles(let place, let fact, let remedy): "\(place): \(fact); \(remedy)"
    }
  }
}
