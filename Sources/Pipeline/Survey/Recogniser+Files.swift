import Foundation
import Rasters

extension Recogniser {
  /// What lsmap wrote itself, and papers that go with data.
  static let ours = Recogniser(name: "files of lsmap", mayBe: { _ in true }) { group in
    switch group.ending {
    case "safetensors", "checkpoint":
      let inspection = try Inspection(of: group.first)
      guard case .model(let model) = inspection else { return FoundInput(.other, group, "samples or tensors of lsmap") }
      var found = FoundInput(.model, group, "model: \(model.title)")
      found.weight = 1
      return found
    case "yaml", "yml":
      let isOurs = (try? Catalogue.read(group.first)) != nil
      return FoundInput(.other, group, isOurs ? "catalogue of lsmap: --catalog takes it" : "settings")
    case "json" where group.name == "simulation.json":
      var found = FoundInput(.other, group, "record of lsmap simulate: the inputs beside it are synthetic")
      found.isSynthetic = true
      return found
    case "md", "pdf", "html", "htm", "doc", "docx", "rst", "log", "sh", "py", "lock":
      return FoundInput(.other, group, "for people to read")
    case "" where !group.files.contains { $0.contains(".zarr") } && FileSignature.isText(group.first):
      return FoundInput(.other, group, "for people to read")
    default: return nil
    }
  }

  static let tokyoGrid = Recogniser(name: "shifts of datum", mayBe: { $0.ends(in: "par") }) { group in
    _ = try TokyoGrid(reading: group.first)
    var found = FoundInput(.tokyoGrid, group, "shifts from Tokyo datum, as TKY2JGD.par")
    found.weight = 1
    return found
  }
}
