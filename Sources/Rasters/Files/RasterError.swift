/// What can be wrong with a file: each sentence names the file, the fact and the remedy.
package enum RasterError: Error, Equatable {
  case notFound(path: String)
  case cannotOpen(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  /// The system, not the content, is to blame: an I/O error, too many open files.
  case failedDisk(path: String, reason: String)
  case malformed(path: String, reason: String, remedy: String)
  /// A file of ours that other bytes stand in than were written.
  case notAsWritten(path: String)
  case noReferenceSystem(path: String)
  case badReferenceSystem(path: String, definition: String)
  case cannotWrite(path: String, reason: String)
}

extension RasterError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file; check the path, on the command line or in the catalogue"
    case .cannotOpen(let path, let reason): "\(path): cannot be opened: \(reason); check that the file is complete"
    case .cannotRead(let path, let reason): "\(path): cannot be read: \(reason); check that the file is complete"
    case .failedDisk(let path, let reason): "\(path): \(reason); check the disk or the network and try again"
    case .malformed(let path, let reason, let remedy): "\(path): \(reason); \(remedy)"
    case .notAsWritten(let path): "\(path): is damaged, its bytes are not those written; delete it: it is made again"
    case .noReferenceSystem(let path):
      "\(path): no reference system; name one in the catalogue, as crs: EPSG:6668"
    case .badReferenceSystem(let path, let definition):
      "\(path): PROJ does not know the reference system \(definition); name one as crs: EPSG:6668"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason); check permission and free space"
    }
  }
}

extension RasterError {
  /// The file itself is cut, empty or garbled: among others of its kind it can be left out, which a wrong setting cannot.
  package var isDamage: Bool {
    switch self {
    case .cannotOpen, .cannotRead: true
    case .malformed(_, _, let remedy): remedy.hasSuffix(Self.fetchAgain)
    default: false
    }
  }

  /// What is to be done about a damaged file.
  static let fetchAgain = "fetch it again"

  /// No file of a source can be read.
  static func noneReadable(_ damaged: [RainIrregularity]) -> RasterError {
    guard let first = damaged.first else { return .notFound(path: "rain") }
    return .malformed(
      path: first.file, reason: "none of the \(damaged.count) files can be read", remedy: "fetch them again")
  }

  /// Whether a file is there and cannot be used: one of ours is made anew then.
  package var isUnusable: Bool {
    switch self {
    case .cannotOpen, .cannotRead, .malformed, .notAsWritten: true
    case .notFound, .noReferenceSystem, .badReferenceSystem, .cannotWrite, .failedDisk: false
    }
  }
}
