import Neural

/// The two convolutions of a branch over one tile, with the memory they need: input maps with a halo in, centre and mean
/// of what is left of the patch out, for every cell.
///
/// A halo of `h` cells leaves `2 h` more rows and columns than there are cells; each convolution takes 2 of them, so the
/// mean is over squares of edge `2 h - 3`.
///
/// One worker's: it is written by every tile.
final class ConvolutionBranch {
  private let convolutions: [LaneConvolution]
  /// Rows and columns that the halo adds to a tile, both sides together: `2 h`.
  private let margin: Int
  private let middle: LaneMemory
  private let outer: LaneMemory
  private let line: LaneMemory
  /// Planes `(channels, height + 2 h, inputRow(width))`; what lies beyond `width + 2 h` in a row need only be finite.
  let input: LaneMemory
  /// Shape `(2 x channels, stride(width x height))`: centres, then means.
  let features: LaneMemory

  init(_ convolutions: [LaneConvolution], halo: Int, width: Int, height: Int) {
    self.convolutions = convolutions
    margin = 2 * halo
    let channels = convolutions[1].outputs
    let rows = Rows(width, margin: margin)
    input = LaneMemory(convolutions[0].inputs * rows.input * (height + margin))
    middle = LaneMemory(convolutions[0].outputs * rows.middle * (height + margin - 2))
    outer = LaneMemory(channels * rows.outer * (height + margin - 4))
    line = LaneMemory(width * (height + margin - 4))
    features = LaneMemory(2 * channels * Self.stride(cells: width * height))
  }

  /// Lengths of the rows of the three maps, with the slack that blocks of 24 columns need.
  private struct Rows {
    let input: Int
    let middle: Int
    let outer: Int

    init(_ width: Int, margin: Int) {
      let (first, second) = (width + margin - 2, width + margin - 4)
      input = LaneConvolution.inputRow(forOutputWidth: first)
      middle = max(LaneConvolution.paddedWidth(first), LaneConvolution.inputRow(forOutputWidth: second))
      outer = LaneConvolution.paddedWidth(second)
    }
  }

  /// Length of a row of `input`.
  func inputRow(_ width: Int) -> Int { Rows(width, margin: margin).input }
  /// Distance of two features: whole blocks of 24 cells.
  static func stride(cells: Int) -> Int { LaneConvolution.paddedWidth(cells) }

  /// Fills `features` from `input` for a tile no larger than the memory was made for.
  func evaluate(width: Int, height: Int) {
    let rows = Rows(width, margin: margin)
    // What the first and the second convolution leave.
    let (width1, height1, width2, height2) = (
      width + margin - 2, height + margin - 2, width + margin - 4, height + margin - 4
    )
    convolutions[0](
      input.start, row: rows.input, plane: rows.input * (height + margin), into: middle.start, row: rows.middle,
      plane: rows.middle * height1, width: width1, height: height1)
    convolutions[1](
      middle.start, row: rows.middle, plane: rows.middle * height1, into: outer.start, row: rows.outer,
      plane: rows.outer * height2, width: width2, height: height2)
    summariseMaps(
      outer.start, row: rows.outer, plane: rows.outer * height2, channels: convolutions[1].outputs, edge: margin - 3,
      width: width, height: height, into: features.start, featureStride: Self.stride(cells: width * height),
      line: line.start)
  }
}
