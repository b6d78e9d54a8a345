package import Rasters

/// What `lsmap align` answers: the report with the files it is about, in one object.
///
/// `alignment.json` holds the report alone, since it lies beside them.
package struct AlignmentAnswer: Encodable, Sendable {
  package let report: AlignmentReport
  /// The static stack.
  package let file: String
  /// Quick-looks, if they were asked for.
  package let pictures: [String]

  package init(report: AlignmentReport, file: String, pictures: [String]) {
    self.report = report
    self.file = file
    self.pictures = pictures
  }

  private enum CodingKeys: CodingKey { case file, pictures }

  package func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var files = encoder.container(keyedBy: CodingKeys.self)
    try files.encode(file, forKey: .file)
    try files.encode(pictures, forKey: .pictures)
  }
}
