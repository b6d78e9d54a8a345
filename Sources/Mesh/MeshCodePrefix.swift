/// A code of the first (4 digits), second (6) or third mesh (8), and the cells it stands for.
package struct MeshCodePrefix: Hashable, Sendable {
  package let digits: String
  package let grid: MeshGrid

  /// `nil` unless `text` is a valid code of four, six or eight digits.
  package init?(_ text: some StringProtocol) {
    let padding: String
    let cells: Int
    switch text.utf8.count {
    case 4: (padding, cells) = ("0000", 80)
    case 6: (padding, cells) = ("00", 10)
    case 8: (padding, cells) = ("", 1)
    default: return nil
    }
    guard let corner = Mesh3Code(String(text) + padding) else { return nil }
    digits = String(text)
    grid = MeshGrid(south: corner.row, west: corner.column, height: cells, width: cells)
  }
}
