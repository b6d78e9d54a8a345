import Neural
import Rasters

/// Tensors of the workspace's large files: packed bytes, which a reader of the format sees as such.
extension Tensor {
  init(_ name: String, packing numbers: [some BitwiseCopyable]) {
    let bytes = PackedNumbers.pack(numbers)
    self.init(name, shape: [bytes.count], .uint8(bytes))
  }

  /// The numbers of a packed tensor; `nil` where there are not so many.
  func unpacked<Number: BitwiseCopyable>(count: Int, as type: Number.Type = Number.self) -> [Number]? {
    bytes.flatMap { PackedNumbers.unpack($0, count: count, as: type) }
  }
}
