import Foundation
import Mesh

/// The strip of small level maps below the sheet's other maps: how the risk moves from hour to hour in a run as of a time.
struct RiskMapLeadStrip {
  let content: RiskMapContent

  private static let most = 8
  private static let gap = 12.0
  private static let caption = 20.0

  /// The hours that are shown: all, or so many evenly, the first and the last among them.
  var leads: [RiskMapContent.Lead] {
    let all = content.leads
    guard all.count > Self.most else { return all }
    return (0..<Self.most).map { all[$0 * (all.count - 1) / (Self.most - 1)] }
  }

  /// Boxes side by side, each a caption over a window of a shape (height to width).
  func boxes(left: Double, top: Double, width: Double, shape: Double) -> [Box] {
    let count = Double(leads.count)
    let each = min(250, (width - Self.gap * (count - 1)) / count).rounded(.down)
    let height = min(260, max(60, (each * shape).rounded())) + Self.caption
    return leads.indices.map { Box(x: left + Double($0) * (each + Self.gap), y: top, width: each, height: height) }
  }

  /// Draws the level of each hour into its box.
  func draw(in boxes: [Box], showing extent: MeshGrid, on canvas: borrowing Canvas) {
    guard let first = boxes.first else { return }
    let heading = content.language.say(.leadStrip)
    canvas.text(heading, at: [first.x, first.y - 10], TextStyle(size: 14, bold: true))
    for (lead, box) in zip(leads, boxes) {
      let style = TextStyle(size: 13)
      canvas.text(lead.words, at: [box.x, box.y + 14], canvas.shrunk(style, for: lead.words, within: box.width))
      let window = Box(x: box.x, y: box.y + Self.caption, width: box.width, height: box.height - Self.caption)
      var hour = content
      hour.level = lead.level
      hour.elevation = nil
      drawMap(hour, marking: nil, outline: [], MapFrame(showing: extent, in: window), on: canvas)
      canvas.stroke(window, .ink, width: 1)
    }
  }
}
