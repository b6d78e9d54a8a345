import Mesh
import Rasters

/// How much of a part of an area the layers of the ground cover, and how they came about.
struct GroundCover {
  /// Cells of the part.
  let cells: Int
  /// Those of them that have a value.
  let elevation: Int
  let soil: Int
  let vegetation: Int
  let report: AlignmentReport

  /// - Parameters:
  ///   - part: The area cut to the part.
  ///   - stack: The static layers on its grid.
  ///   - report: How they came about.
  init(of part: Project, _ stack: StaticStack, _ report: AlignmentReport) {
    let wanted = CellSet(part.cells)
    cells = wanted.count
    elevation = wanted.gather(stack.elevation.values[...]).count { !$0.isNaN }
    soil = wanted.gather(stack.soil.majority.values[...]).count { $0 != 0 }
    vegetation = wanted.gather(stack.vegetation.majority.values[...]).count { $0 != 0 }
    self.report = report
  }
}
