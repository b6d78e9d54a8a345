extension RasterError {
  /// No file of a source can be read.
  static func noneReadable(_ damaged: [RainIrregularity]) -> RasterError {
    guard let first = damaged.first else { return .notFound(path: "rain") }
    return .malformed(
      path: first.file, reason: "none of the \(damaged.count) files can be read", remedy: "fetch them again")
  }
}
