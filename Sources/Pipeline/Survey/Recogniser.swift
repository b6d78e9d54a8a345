import Rasters

/// One way to tell what files are, by the reader that would read them in a run.
struct Recogniser: Sendable {
  let name: String
  /// Cheap: by names and first bytes.
  let mayBe: @Sendable (FileGroup) -> Bool
  /// `nil` where it is something else after all. What it throws is told unless another recogniser knows the file.
  let recognise: @Sendable (FileGroup) throws -> FoundInput?

  /// All of them, the surest first. A new kind of input is a line here.
  static let all: [Recogniser] = [
    .ours, .tokyoGrid, .grib2, .binaries, .elevationTiles, .arrays, .text, .json, .rasters, .vectors, .arraysAgain,
  ]

  /// What a group is, by the first recogniser that knows it.
  static func tell(_ group: FileGroup) throws -> FoundInput {
    var trouble: (any ReportedError)?
    for recogniser in all where recogniser.mayBe(group) {
      do {
        if let found = try recogniser.recognise(group) { return found }
      } catch let error as any ReportedError { trouble = trouble ?? error }
    }
    var found = FoundInput(.unknown, group, "unknown")
    let told = FileSignature.refusal(of: group.first)?.description ?? trouble?.description
    let remark =
      told ?? "\(group.first): no input of lsmap by its name and first bytes; see CatalogueKeys.md for what is"
    found.remarks = [remark]
    return found
  }
}

extension FileGroup {
  func ends(in endings: String...) -> Bool { endings.contains(ending) }

  /// Whether the name hints at something, in English or Japanese.
  func hints(at words: String...) -> Bool { words.contains { first.lowercased().contains($0) } }
}
