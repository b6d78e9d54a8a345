import Foundation
import Mesh
import Testing

@testable import Pipeline

@Suite struct `The layers of a run` {
  private var rows: [OutputLayer] { OutputLayer.files.flatMap { $0 } }

  @Test func `have names of their own, and titles in both languages`() {
    #expect(Set(rows.map(\.description.name)).count == rows.count)
    for row in rows where row.description.name != LayerDescription.levelName {
      #expect(row.description.japanese != row.description.title, "\(row.description.name)")
    }
  }

  @Test func `are those of the README`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    for bands in OutputLayer.files {
      let line = OutputLayer.row(of: bands)
      #expect(readme.contains("\n" + line + "\n"), "README.md lacks the line\n\(line)")
    }
  }
}
