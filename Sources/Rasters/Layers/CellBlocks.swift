import CGDAL
import Mesh
import Statistics

/// The blocks of a tiled raster that hold cells of a set, and where in them the cells lie.
///
/// Blocks without any cell are neither read nor written, so that the sea around an area costs nothing.
struct CellBlocks: Sendable {
  /// Neighbouring cells of one row of a block.
  struct Piece {
    /// First pixel, from the block's north-west corner.
    let offset: Int
    /// First cell of the set.
    let place: Int
    let count: Int
  }

  struct Block {
    let x: Int32
    let y: Int32
    var pieces: [Piece] = []
  }

  let cells: CellSet
  let pixelsOfBlock: Int
  /// Rows of blocks from the north, each from the west.
  let blocks: [Block]

  /// - Parameters:
  ///   - cells: What is wanted; cells outside the raster are in no block.
  ///   - stored: The raster's cells.
  ///   - width: Columns of a block.
  ///   - height: Rows of a block.
  init(of cells: CellSet, in stored: MeshGrid, width: Int, height: Int) {
    self.cells = cells
    pixelsOfBlock = width * height
    let (down, right) = (stored.north - cells.grid.north, cells.grid.west - stored.west)
    let across = (stored.width + width - 1) / width
    var blocks: [Block] = []
    for top in stride(from: 0, to: stored.height, by: height) {
      var line = (0..<across).map { Block(x: Int32($0), y: Int32(top / height)) }
      for run in cells.runs(inRows: top - down..<min(top + height, stored.height) - down) {
        let first = run.column + right
        var column = max(first, 0)
        let end = min(first + run.count, stored.width)
        while column < end {
          let block = column / width
          let count = min(end, (block + 1) * width) - column
          line[block].pieces.append(
            Piece(
              offset: (run.row + down - top) * width + column - block * width, place: run.place + column - first,
              count: count))
          column += count
        }
      }
      blocks += line.filter { !$0.pieces.isEmpty }
    }
    self.blocks = blocks
  }

  init(of cells: CellSet, in stored: MeshGrid, of dataset: borrowing Dataset) {
    var (width, height): (Int32, Int32) = (0, 0)
    GDALGetBlockSize(GDALGetRasterBand(dataset.handle, 1), &width, &height)
    self.init(of: cells, in: stored, width: Int(width), height: Int(height))
  }

  /// Writes a band block by block, past GDAL's cache, which would write in an order of its own.
  ///
  /// - Parameters:
  ///   - values: One a cell; `NaN` becomes nodata, and a block of nothing else is left out.
  ///   - band: From 1.
  ///   - dataset: Open for writing.
  ///   - nodata: The band's.
  ///   - path: What errors name.
  /// - Throws: `cannotWrite`.
  func write(
    _ values: ArraySlice<Float>, to band: Int, of dataset: borrowing Dataset, nodata: Float, path: String
  ) throws(RasterError) {
    let raster = GDALGetRasterBand(dataset.handle, Int32(band))
    var buffer = [Float](repeating: nodata, count: pixelsOfBlock)
    let values = values.span
    for block in blocks {
      var isEmpty = true
      var pixels = buffer.mutableSpan
      for piece in block.pieces {
        for i in 0..<piece.count {
          let value = values[piece.place + i]
          pixels[piece.offset + i] = value.isNaN ? nodata : value
          if !value.isNaN { isEmpty = false }
        }
      }
      if !isEmpty, GDALWriteBlock(raster, block.x, block.y, &buffer) != CE_None {
        throw .cannotWrite(path: path, reason: gdalReason())
      }
      pixels = buffer.mutableSpan
      for piece in block.pieces { for i in 0..<piece.count { pixels[piece.offset + i] = nodata } }
    }
  }

  /// Reads all bands of a raster of 32-bit values at the cells.
  ///
  /// - Parameters:
  ///   - path: The raster; each thread opens it for itself.
  ///   - bands: How many it has.
  ///   - threads: Blocks are read side by side.
  /// - Returns: Shape `(bands, cells)`; nodata and cells outside are `NaN`.
  /// - Throws: `cannotOpen`, `cannotRead`.
  func read(_ path: String, bands: Int, threads: Int) throws(RasterError) -> [Float] {
    var result = [Float](repeating: .nan, count: bands * cells.count)
    try result.withUnsafeMutableBufferPointer { (result) throws(RasterError) in
      nonisolated(unsafe) let result = result
      try inParallel(
        blocks.count, threads: threads,
        workspace: { () throws(RasterError) in try BlockReader(path, pixels: pixelsOfBlock) }
      ) { (index, reader) throws(RasterError) in
        for band in 0..<bands {
          try reader.read(blocks[index], band)
          copy(blocks[index], reader.pixels.span, nodata: reader.nodata(of: band), to: result, band)
        }
      }
    }
    return result
  }

  private func copy(
    _ block: Block, _ pixels: Span<Float>, nodata: Float, to result: UnsafeMutableBufferPointer<Float>, _ band: Int
  ) {
    for piece in block.pieces {
      let start = band * cells.count + piece.place
      for i in 0..<piece.count {
        let value = pixels[piece.offset + i]
        result[start + i] = value == nodata ? .nan : value
      }
    }
  }

  /// A raster that one thread reads block by block.
  private struct BlockReader: ~Copyable {
    private let dataset: Dataset
    private let path: String
    /// Of the block read last.
    private(set) var pixels: [Float]

    init(_ path: String, pixels count: Int) throws(RasterError) {
      pixels = [Float](repeating: 0, count: count)
      self.path = path
      dataset = try Dataset(reading: path, alone: true)
    }

    mutating func read(_ block: Block, _ band: Int) throws(RasterError) {
      CPLErrorReset()
      guard GDALReadBlock(raster(band), block.x, block.y, &pixels) == CE_None else {
        throw .unread(path)
      }
    }

    /// `NaN`, equal to nothing, where the band declares none.
    func nodata(of band: Int) -> Float {
      var isThere: Int32 = 0
      let value = GDALGetRasterNoDataValue(raster(band), &isThere)
      return isThere == 0 ? .nan : Float(value)
    }

    private func raster(_ band: Int) -> GDALRasterBandH? { GDALGetRasterBand(dataset.handle, Int32(band + 1)) }
  }
}
