package import Evaluation
package import Foundation
import Rasters
import Statistics

/// What a run folder was made from and holds, so that anyone can check it later.
package struct Manifest: Codable, Sendable, Equatable {
  package struct File: Codable, Sendable, Equatable {
    package var path: String
    package var role: String
    package var bytes: Int
    package var sha256: String
  }

  /// A file of the workspace that the run rests on.
  package struct DerivedFile: Codable, Sendable, Equatable {
    /// Kind and version.
    package var what: String
    /// From the area's workspace.
    package var path: String
    /// What the file says it was made from: another key, other contents.
    package var key: String
  }

  package struct Gaps: Codable, Sendable, Equatable {
    /// Cells of the area by the worst flag of the day: observed, filled, degraded, not valid, no rain cover.
    package var cellsByFlag: [Int]
    /// Cells of the area without any risk value.
    package var cellsWithoutRisk: Int
    /// Cells whose past rain is unknown.
    package var cellsWithoutClimatology: Int
    /// In English; `japaneseNotes` say the same.
    package var notes: [String]
    package var japaneseNotes: [String]

    /// Whether cells have no risk, or one that rests on soil water that is not valid.
    package var isAny: Bool { cellsWithoutRisk > 0 || cellsByFlag[3] > 0 }
  }

  /// How much of a run a folder holds.
  package enum Extent: String, Codable, Sendable {
    /// Layers, sheet, project, tables.
    case whole
    /// Only the layers that years of days are joined from.
    case levels

    /// The layers of `levels`, by name.
    static let layersOfLevels: Set = ["level", "risk", "swi"]
  }

  package var tool: String
  package var libraries: [String: String]
  package var area: String
  package var date: String
  /// Last hour of the analysis, JST; `nil` for an observed day.
  package var asOf: String?
  /// The 24 hours of soil water and the network's window of rain end here.
  package var validTime: String
  /// What rain there was, in words: where the analysis ends, which hours are forecast and when they were issued.
  package var rain: String
  package var method: String
  package var model: String
  /// Whether anything it rests on, data or model, is made up.
  package var synthetic: Bool
  package var modelSHA256: String
  /// What the recalls of levels 2 to 5 may be of other landslides; `nil` where nobody measured them.
  package var recallIntervals: [ConfidenceInterval]?
  package var thresholds: [Float]
  package var thresholdsOrigin: String
  /// Whether the recalls of the levels were measured.
  package var thresholdsMeasured: Bool
  /// Days the climatology was fitted on.
  package var referenceDays: Int
  /// The last of them.
  package var pastThrough: String?
  /// How many of them are later than the map: 0 but in a hindcast of both sides.
  package var laterPastDays: Int?
  package var forecastHours: Int
  package var inputs: [File]
  /// What was derived from the inputs: rain of the days shown, states at their ends, ground, past. A state's key rests on all
  /// rain before it.
  package var derived: [DerivedFile]
  package var outputs: [File]
  /// `nil` for `whole`.
  package var extent: Extent?
  package var gaps: Gaps
  /// Seconds of each step; the only part that differs between equal runs.
  package var seconds: [String: Double]
  /// SHA-256 of the manifest's own text, with zeros in place of these digits.
  package var manifestSHA256 = Self.blankDigest

  package static let fileName = "manifest.json"
  private static let blankDigest = String(repeating: "0", count: 64)

  /// What a run folder of this extent holds beside its manifest; drivers only where a network was asked.
  package static func products(of extent: Extent) -> [String] {
    switch extent {
    case .levels: Extent.layersOfLevels.sorted().map { $0 + ".tif" }
    case .whole:
      ["risk", "level", "swi", "anomaly", "quality"].map { $0 + ".tif" }
        + ["map.png", "cells.gpkg", "lsmap.qgz", "item.json", "collection.json"]
    }
  }

  /// The text of the file.
  package func encoded() throws -> Data {
    var blank = self
    blank.manifestSHA256 = Self.blankDigest
    let text = try JSONText.data(blank)
    guard let place = Self.digestPlace(in: text, Self.blankDigest) else { return text }
    return text.replacing(place, with: SHA256.hexadecimal(of: text))
  }

  /// Where the manifest's own digest stands.
  private static func digestPlace(in text: Data, _ digest: String) -> Range<Data.Index>? {
    let end = text.range(of: Data("\"manifestSHA256\" : \"\(digest)\"".utf8))?.upperBound
    return end.map { $0 - 1 - digest.utf8.count..<$0 - 1 }
  }

  package static func read(_ folder: String) throws(ManifestError) -> Manifest {
    let path = (folder as NSString).appendingPathComponent(fileName)
    guard let data = try? PlainFile.contents(path, limit: 64 << 20) else { throw .absent(folder: folder) }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data),
      let place = digestPlace(in: data, manifest.manifestSHA256),
      SHA256.hexadecimal(of: data.replacing(place, with: blankDigest)) == manifest.manifestSHA256
    else { throw .damaged(path: path) }
    return manifest
  }
}

extension Data {
  fileprivate func replacing(_ place: Range<Data.Index>, with digits: String) -> Data {
    self[..<place.lowerBound] + Data(digits.utf8) + self[place.upperBound...]
  }
}

package enum ManifestError: ReportedError, Equatable {
  case absent(folder: String)
  case damaged(path: String)
  case differs(folder: String, files: [String])
  case otherVersion(folder: String)
  case levelsOnly(folder: String)

  package var exitCode: ExitCode { .badInput }
  package var description: String {
    switch self {
    case .absent(let folder): "\(folder): holds no manifest.json; name a run folder such as out/tottori/2023-08-15"
    case .damaged(let path): "\(path): is no manifest as lsmap writes it, or was changed; run the prediction again"
    case .differs(let folder, let files):
      "\(folder): not as it was written: \(files.joined(separator: ", ")); run the prediction again"
    case .otherVersion(let folder):
      "\(folder): written by another version of lsmap, with other layers; run the prediction again"
    case .levelsOnly(let folder):
      "\(folder): made with --levels-only, which leaves out what is asked for here; predict that day again without it"
    }
  }
}
