import ArgumentParser
import Mesh
import Pipeline

struct MeshCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "mesh",
    abstract: "Codes, bounds and look-ups of the MESH3 grid (JIS X 0410).",
    discussion: """
      Examples:
        lsmap mesh 53394611              bounds and centre of a cell
        lsmap mesh 35.681236,139.767125  the cell of a point (latitude,longitude)
        lsmap mesh 5339 --json           the same of a first mesh, for machines
      """)

  @Argument(help: "Mesh codes of 4, 6 or 8 digits, or points latitude,longitude.")
  var places: [String]

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let found = try places.map { place in
      guard let found = MeshLookup(place) else { throw ValidationError("\(place) is no mesh code and no point") }
      return found
    }
    try talk.print(found, words: found.map(\.words).joined(separator: "\n"))
    return .done
  }
}
