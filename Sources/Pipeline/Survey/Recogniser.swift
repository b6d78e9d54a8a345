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
    // What a reader says of a file that it opened tells more than its first bytes.
    let opened = trouble.flatMap { ($0 as? RasterError)?.isDamage ?? false ? nil : $0.description }
    let told = opened ?? FileSignature.refusal(of: group.first)?.description ?? trouble?.description
    let remark =
      told ?? "\(group.first): no input of lsmap by its name and first bytes; see CatalogueKeys.md for what is"
    found.remarks = [remark]
    return found
  }
}

extension FileGroup {
  func ends(in endings: String...) -> Bool { endings.contains(ending) }

  /// Whether the name of the files hints at something.
  func hints(at words: String...) -> Bool { words.contains(where: name.contains) }

  /// What the name says that the files are, else the name of their folder, in English or Japanese.
  var hintedRole: FoundInput.Role? {
    let hints: [(role: FoundInput.Role, words: [String])] = [
      (.terrain, ["dem", "dsm", "dtm", "elev", "srtm", "terrain", "height", "標高", "alos"]),
      (.soil, ["soil", "土壌", "dojo"]), (.vegetation, ["veg", "植生", "landcover", "land_cover", "lulc"]),
      (.rain, ["rain", "precip", "雨", "降水"]),
    ]
    return [name, lastPart(folder).lowercased()].lazy.compactMap { text in
      hints.first { $0.words.contains(where: text.contains) }?.role
    }.first
  }
}
