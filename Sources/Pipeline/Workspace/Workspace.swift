import Foundation
import Mesh

/// Where the derived files of one area are: all of it can be deleted and is made again.
package struct Workspace: Sendable {
  /// Of the store: `work/tottori`, or `work/japan` for all areas that share it.
  package let folder: String
  /// The area within a store of several: it has a static stack and a past of its own.
  private let areaWithin: String?
  /// Name of a part of a large area: it has a static stack and a past of its own.
  package private(set) var part: String?
  /// Where a task keeps what changes from day to day, so that several may work on one area at a time; `nil` for the workspace
  /// itself.
  private var scratch: String?

  /// - Parameters:
  ///   - catalogue: Names the folder of all workspaces.
  ///   - store: Name of the store's folder.
  ///   - area: The area, where it is only one of those that share the store.
  init(catalogue: Catalogue, store: String, area: String?) {
    folder = (catalogue.workspace as NSString).appendingPathComponent(store)
    areaWithin = area
  }

  package var staticStack: String { partFile("static.tif") }
  package var alignmentReport: String { partFile("alignment.json") }
  package var rain: String { file("rain") }
  package var states: String { file("state") }
  /// Storages that the soil water begins with, where it was started from a file.
  package var warmStart: String { file("warm-start.tif") }
  package var soilWater: String { areaFile("soilwater") }
  package var quickLooks: String { areaFile("quicklooks") }
  /// What `soilwater fit` stored: one fit for the whole area, which each of its parts finds.
  package var climatology: String { areaFile("climatology.safetensors") }
  /// Past rain boiled down, and the last fit to it: kept for the next prediction.
  package var gatheredPast: String { ownFile("past.safetensors") }
  package var lastFit: String { ownFile("past-fit.safetensors") }
  /// What cells have survived, a file for the last day taken in.
  package var records: String { ownFile("record") }
  package var hashes: String { scratch.map { $0 + "/hashes.json" } ?? file("hashes.json") }

  /// The workspace of a part.
  package func of(part name: String) -> Workspace {
    var copy = self
    copy.part = name
    return copy
  }

  /// The same with a place of a task's own.
  func keepingDaily(in folder: String) -> Workspace {
    var copy = self
    copy.scratch = folder
    return copy
  }

  /// A path as it stands from the workspace, or from a task's own place.
  func shortPath(of path: String) -> String {
    for folder in [scratch, folder].compactMap(\.self) where path.hasPrefix(folder + "/") {
      return String(path.dropFirst(folder.count + 1))
    }
    return path
  }

  private func ownFile(_ name: String) -> String {
    scratch.map { "\($0)/\(part.map { "parts/\($0)/" } ?? "")\(name)" } ?? partFile(name)
  }

  private func partFile(_ name: String) -> String { areaFile(part.map { "parts/\($0)/\(name)" } ?? name) }

  private func areaFile(_ name: String) -> String { file(areaWithin.map { "areas/\($0)/\(name)" } ?? name) }

  package func file(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
}
