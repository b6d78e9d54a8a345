import Foundation
import Mesh

/// Where the derived files of one area are: all of it can be deleted and is made again.
package struct Workspace: Sendable {
  /// `work/tottori`.
  package let folder: String

  package init(catalogue: Catalogue, areaKey: String) {
    folder = (catalogue.workspace as NSString).appendingPathComponent(areaKey)
  }

  package var staticStack: String { file("static.tif") }
  package var alignmentReport: String { file("alignment.json") }
  package var rain: String { file("rain") }
  package var states: String { file("state") }
  /// Storages that the soil water begins with, where it was started from a file.
  package var warmStart: String { file("warm-start.tif") }
  package var soilWater: String { file("soilwater") }
  package var climatology: String { file("climatology.safetensors") }
  /// Past rain boiled down, and the last fit to it: kept for the next prediction.
  package var gatheredPast: String { file("past.safetensors") }
  package var lastFit: String { file("past-fit.safetensors") }
  package var hashes: String { file("hashes.json") }

  package func file(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
}
