import Foundation
package import Mesh

/// How each layer of a static stack came about: what is written to `alignment.json` and shown as a table.
package struct AlignmentReport: Codable, Sendable, Equatable {
  package struct UnknownCode: Codable, Sendable, Equatable {
    package var code: String
    /// Pixels, polygons or rows that carry it.
    package var count: Int

    package init(code: String, count: Int) {
      self.code = code
      self.count = count
    }
  }

  package struct Entry: Codable, Sendable, Equatable {
    /// `elevation`, `slope`, `aspect`, `soil`, `vegetation`.
    package var layer: String
    /// File, or `nil` when there was no input: the layer is empty then.
    package var source: String?
    package var referenceSystem: String?
    package var datumStep: String?
    package var accuracyMetres: Double?
    package var method: String
    /// Cells with a value, and all.
    package var cellsWithValue: Int
    package var cells: Int
    /// Mean share of the cells that the source covers.
    package var meanCoverage: Double
    package var minimum: Double?
    package var maximum: Double?
    /// Cells whose value is outside the layer's valid range; their values are kept.
    package var cellsOutOfRange: Int
    /// Cells with some cover, but less than the minimum: left without a value.
    package var cellsBelowMinimumCoverage: Int
    package var unknownCodes: [UnknownCode]
    /// Part of the covered area whose code the legend lacks; `nil` for layers without codes.
    package var meanUnknownShare: Double?
    /// Mean share of land over all cells.
    package var meanLandShare: Double?
    /// What was unusual about the source and how it was taken.
    package var recognised: [String]
  }

  package var south: Double
  package var west: Double
  package var north: Double
  package var east: Double
  package var width: Int
  package var height: Int
  package var minimumCoverage: Double
  package var entries: [Entry]

  package init(grid: MeshGrid, minimumCoverage: Double) {
    (south, west) = (grid.southLatitude, grid.westLongitude)
    (north, east) = (grid.northLatitude, grid.eastLongitude)
    (width, height) = (grid.width, grid.height)
    self.minimumCoverage = minimumCoverage
    entries = []
  }

  package func entry(_ layer: String) -> Entry? { entries.first { $0.layer == layer } }

  /// Shares of codes without a class above which the layer is doubted.
  package static let mostUnknown = 0.05

  /// No mean of a cell of the lattice reaches the highest point of Japan, m.
  static let summitOfJapan = 3_776.0

  /// What a user of the layers must hear, a sentence each.
  package func doubts(in language: Language = .english) -> [String] {
    entries.compactMap { entry in
      if let share = entry.meanUnknownShare, share > Self.mostUnknown {
        let codes = entry.unknownCodes.prefix(5).map(\.code).joined(separator: ", ")
        return language.say(.noteUnknownCodes, language.ground(entry.layer), percent(share), codes)
      }
      if entry.layer == "elevation", let top = entry.maximum, top > Self.summitOfJapan {
        return language.say(.noteFeet, "\(Int(saturating: top))")
      }
      return nil
    }
  }

  /// Writes `alignment.json` atomically; keys are sorted, so that equal reports are equal files.
  package func write(to path: String) throws(RasterError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(self) else {
      throw .cannotWrite(path: path, reason: "the report holds a number that JSON has no word for")
    }
    try writeAtomically(bytes + Data("\n".utf8), to: path)
  }

  package static func read(_ path: String) throws(RasterError) -> AlignmentReport {
    let bytes = try PlainFile.contents(path)
    guard let report = try? JSONDecoder().decode(AlignmentReport.self, from: bytes) else {
      throw .malformed(path: path, reason: "it is no alignment report", remedy: "make it anew with lsmap align")
    }
    return report
  }
}
