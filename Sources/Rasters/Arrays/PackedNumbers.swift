import CGDAL
package import Mesh

/// Numbers packed to the bit: their bytes by place, all last bytes, then all second last ones, compressed by Zstandard.
///
/// What cells remember packs to a quarter so, at the speed of a copy (level 1, measured).
package enum PackedNumbers {
  private static let level = "1"

  /// - Parameter numbers: Of two or four bytes.
  /// - Returns: The packed bytes: the same for the same numbers.
  package static func pack<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] {
    pack(numbers, [0..<numbers.count])
  }

  /// - Parameters:
  ///   - rows: Rows of a grid's cells, of numbers of two or four bytes.
  ///   - cells: On that grid.
  /// - Returns: The packed numbers of the cells, row after row.
  package static func pack<Number: BitwiseCopyable>(_ rows: [Number], at cells: CellSet) -> [UInt8] {
    pack(rows, pieces(of: cells, rows: rows.count / max(cells.grid.count, 1)))
  }

  /// - Parameters:
  ///   - bytes: From `pack`.
  ///   - count: How many numbers there must be.
  ///   - type: Theirs.
  /// - Returns: The numbers; `nil` where the bytes hold anything else.
  package static func unpack<Number: BitwiseCopyable>(_ bytes: [UInt8], count: Int, as type: Number.Type) -> [Number]? {
    unpack(bytes, to: count, [0..<count])
  }

  /// - Parameters:
  ///   - bytes: From `pack(_:at:)`.
  ///   - rows: How many there must be.
  ///   - cells: Those that were packed.
  ///   - type: Of the numbers.
  /// - Returns: Rows of the grid's cells, 0 elsewhere; `nil` where the bytes hold anything else.
  package static func unpack<Number: BitwiseCopyable>(
    _ bytes: [UInt8], rows: Int, at cells: CellSet, as type: Number.Type
  ) -> [Number]? {
    unpack(bytes, to: rows * cells.grid.count, pieces(of: cells, rows: rows))
  }

  private static func pieces(of cells: CellSet, rows: Int) -> [Range<Int>] {
    let runs = cells.runs.map { run in
      run.row * cells.grid.width + run.column..<run.row * cells.grid.width + run.column + run.count
    }
    return (0..<rows).flatMap { row in
      runs.map { $0.lowerBound + row * cells.grid.count..<$0.upperBound + row * cells.grid.count }
    }
  }

  private static func pack<Number: BitwiseCopyable>(_ numbers: [Number], _ pieces: [Range<Int>]) -> [UInt8] {
    let (size, count) = (MemoryLayout<Number>.size, pieces.reduce(0) { $0 + $1.count })
    precondition(size == 2 || size == 4, "numbers of \(size) bytes")
    guard count > 0 else { return [] }
    let planes = [UInt8](unsafeUninitializedCapacity: size * count) { planes, filled in
      numbers.withUnsafeBytes { bytes in
        if size == 2 {
          split(bytes.assumingMemoryBound(to: UInt16.self), pieces, planes, count)
        } else {
          split(bytes.assumingMemoryBound(to: UInt32.self), pieces, planes, count)
        }
      }
      filled = size * count
    }
    // A bound on what Zstandard makes of bytes that it cannot compress.
    let bound = planes.count + planes.count / 128 + 1_024
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      let size = planes.withUnsafeBytes { bytes in
        withStringList(["LEVEL=\(level)"]) {
          zstandard(CPLGetCompressor, bytes, UnsafeMutableRawBufferPointer(output), $0)
        }
      }
      guard let size else { preconditionFailure("Zstandard cannot pack \(planes.count) bytes") }
      count = size
    }
  }

  private static func unpack<Number: BitwiseCopyable>(
    _ bytes: [UInt8], to length: Int, _ pieces: [Range<Int>]
  ) -> [Number]? {
    let (size, count) = (MemoryLayout<Number>.size, pieces.reduce(0) { $0 + $1.count })
    precondition(size == 2 || size == 4, "numbers of \(size) bytes")
    // Before room is made for a count that a file claims.
    let unpacked = bytes.isEmpty ? 0 : bytes.withUnsafeBytes { zstandard(CPLGetDecompressor, $0, nil, nil) }
    guard unpacked == size * count else { return nil }
    let planes = [UInt8](unsafeUninitializedCapacity: size * count) { planes, filled in
      guard count > 0 else { return }
      filled =
        bytes.withUnsafeBytes { zstandard(CPLGetDecompressor, $0, UnsafeMutableRawBufferPointer(planes), nil) } ?? 0
    }
    guard planes.count == size * count else { return nil }
    return [Number](unsafeUninitializedCapacity: length) { numbers, filled in
      let output = UnsafeMutableRawBufferPointer(numbers)
      output.initializeMemory(as: UInt8.self, repeating: 0)
      planes.withUnsafeBufferPointer { planes in
        if size == 2 {
          join(planes, count, pieces, output.assumingMemoryBound(to: UInt16.self))
        } else {
          join(planes, count, pieces, output.assumingMemoryBound(to: UInt32.self))
        }
      }
      filled = length
    }
  }

  /// How many bytes come out, or would where no output is given; `nil` for a failure.
  private static func zstandard(
    _ find: (UnsafePointer<CChar>) -> UnsafePointer<CPLCompressor>?, _ input: UnsafeRawBufferPointer,
    _ output: UnsafeMutableRawBufferPointer?, _ options: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> Int? {
    guard let codec = find("zstd") else { preconditionFailure("GDAL was built without Zstandard") }
    let (code, data) = (codec.pointee.pfnFunc, codec.pointee.user_data)
    guard let output else {
      var size = 0
      return code?(input.baseAddress, input.count, nil, &size, options, data) == true ? size : nil
    }
    var (start, size) = (output.baseAddress, output.count)
    return code?(input.baseAddress, input.count, &start, &size, options, data) == true ? size : nil
  }

  @inline(__always) private static func split<Word: FixedWidthInteger>(
    _ words: UnsafeBufferPointer<Word>, _ pieces: [Range<Int>], _ planes: UnsafeMutableBufferPointer<UInt8>,
    _ count: Int
  ) {
    var place = 0
    for piece in pieces {
      for plane in 0..<Word.bitWidth / 8 {
        let to = plane * count + place - piece.lowerBound
        for i in piece { planes[to + i] = UInt8(truncatingIfNeeded: words[i] >> Word(8 * plane)) }
      }
      place += piece.count
    }
  }

  @inline(__always) private static func join<Word: FixedWidthInteger>(
    _ planes: UnsafeBufferPointer<UInt8>, _ count: Int, _ pieces: [Range<Int>],
    _ words: UnsafeMutableBufferPointer<Word>
  ) {
    var place = 0
    for piece in pieces {
      for plane in 0..<Word.bitWidth / 8 {
        let from = plane * count + place - piece.lowerBound
        for i in piece { words[i] |= Word(planes[from + i]) << Word(8 * plane) }
      }
      place += piece.count
    }
  }
}
