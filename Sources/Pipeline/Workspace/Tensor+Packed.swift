import Mesh
import Neural
import Rasters

/// Tensors of the workspace's large files: packed bytes, which a reader of the format sees as such.
extension Tensor {
  init(_ name: String, packed bytes: [UInt8]) { self.init(name, shape: [bytes.count], .uint8(bytes)) }

  init(_ name: String, packing numbers: [some BitwiseCopyable]) {
    self.init(name, packed: PackedNumbers.pack(numbers))
  }

  /// Rows of a grid's cells, at the cells of a set alone.
  init(_ name: String, packing rows: [some BitwiseCopyable], at cells: CellSet) {
    self.init(name, packed: PackedNumbers.pack(rows, at: cells))
  }

  /// The numbers of a packed tensor; `nil` where there are not so many.
  func unpacked<Number: BitwiseCopyable>(count: Int, as type: Number.Type = Number.self) -> [Number]? {
    bytes.flatMap { PackedNumbers.unpack($0, count: count, as: type) }
  }

  /// Rows of the grid's cells, 0 outside of the set; `nil` where there are not so many.
  func unpacked<Number: BitwiseCopyable>(
    rows: Int, at cells: CellSet, as type: Number.Type = Number.self
  ) -> [Number]? {
    bytes.flatMap { PackedNumbers.unpack($0, rows: rows, at: cells, as: type) }
  }
}
