import Neural

/// The two convolutions of a branch over one tile, with the memory they need: input maps with a halo of 4 cells in,
/// centre and 5 x 5 mean of every cell out.
///
/// One worker's: it is written by every tile.
final class ConvolutionBranch {
  private let convolutions: [LaneConvolution]
  private let middle: LaneMemory
  private let outer: LaneMemory
  private let line: LaneMemory
  /// Planes `(channels, height + 8, row(width))`; what lies beyond `width + 8` in a row need only be finite.
  let input: LaneMemory
  /// Shape `(2 x channels, stride(width x height))`: centres, then means.
  let features: LaneMemory

  init(_ convolutions: [LaneConvolution], width: Int, height: Int) {
    self.convolutions = convolutions
    let channels = convolutions[1].outputs
    input = LaneMemory(convolutions[0].inputs * Self.inputRow(width) * (height + 8))
    middle = LaneMemory(convolutions[0].outputs * Self.middleRow(width) * (height + 6))
    outer = LaneMemory(channels * Self.outerRow(width) * (height + 4))
    line = LaneMemory(width * (height + 4))
    features = LaneMemory(2 * channels * Self.stride(cells: width * height))
  }

  static func inputRow(_ width: Int) -> Int { LaneConvolution.inputRow(forOutputWidth: width + 6) }
  private static func middleRow(_ width: Int) -> Int {
    max(LaneConvolution.paddedWidth(width + 6), LaneConvolution.inputRow(forOutputWidth: width + 4))
  }
  private static func outerRow(_ width: Int) -> Int { LaneConvolution.paddedWidth(width + 4) }
  /// Distance of two features: whole blocks of 24 cells.
  static func stride(cells: Int) -> Int { LaneConvolution.paddedWidth(cells) }

  /// Fills `features` from `input` for a tile no larger than the memory was made for.
  func evaluate(width: Int, height: Int) {
    let (row0, row1, row2) = (Self.inputRow(width), Self.middleRow(width), Self.outerRow(width))
    convolutions[0](
      input.start, row: row0, plane: row0 * (height + 8), into: middle.start, row: row1, plane: row1 * (height + 6),
      width: width + 6, height: height + 6)
    convolutions[1](
      middle.start, row: row1, plane: row1 * (height + 6), into: outer.start, row: row2, plane: row2 * (height + 4),
      width: width + 4, height: height + 4)
    summariseMaps(
      outer.start, row: row2, plane: row2 * (height + 4), channels: convolutions[1].outputs, width: width,
      height: height, into: features.start, featureStride: Self.stride(cells: width * height), line: line.start)
  }
}
