import CGDAL

/// Numbers packed to the bit: their bytes by place, all first bytes, then all second ones, compressed by Zstandard.
///
/// What cells remember packs to a quarter so, at the speed of a copy (level 1, measured).
package enum PackedNumbers {
  private static let level = "1"

  /// - Parameter numbers: Of any size that is a whole number of bytes.
  /// - Returns: The packed bytes: the same for the same numbers.
  package static func pack<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] {
    guard !numbers.isEmpty else { return [] }
    let planes = planes(of: numbers)
    // A bound on what Zstandard makes of bytes that it cannot compress.
    let bound = planes.count + planes.count / 128 + 1_024
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      var start = UnsafeMutableRawPointer(output.baseAddress)
      var size = bound
      let isDone = planes.withUnsafeBytes { bytes in
        withStringList(["LEVEL=\(level)"]) { options in
          zstandard(CPLGetCompressor, bytes, &start, &size, options)
        }
      }
      precondition(isDone, "Zstandard cannot pack \(planes.count) bytes")
      count = size
    }
  }

  /// - Parameters:
  ///   - bytes: From `pack`.
  ///   - count: How many numbers there must be.
  ///   - type: Their type.
  /// - Returns: The numbers; `nil` where the bytes hold anything else.
  package static func unpack<Number: BitwiseCopyable>(_ bytes: [UInt8], count: Int, as type: Number.Type) -> [Number]? {
    let length = count * MemoryLayout<Number>.stride
    guard length > 0 else { return bytes.isEmpty ? [] : nil }
    var planes = [UInt8](repeating: 0, count: length)
    let isWhole = planes.withUnsafeMutableBytes { output in
      bytes.withUnsafeBytes { bytes in
        var start = output.baseAddress
        var size = length
        return !bytes.isEmpty && zstandard(CPLGetDecompressor, bytes, &start, &size, nil) && size == length
      }
    }
    return isWhole ? numbers(of: planes, count: count) : nil
  }

  private static func zstandard(
    _ find: (UnsafePointer<CChar>) -> UnsafePointer<CPLCompressor>?, _ input: UnsafeRawBufferPointer,
    _ output: inout UnsafeMutableRawPointer?, _ size: inout Int,
    _ options: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> Bool {
    guard let codec = find("zstd") else { preconditionFailure("GDAL was built without Zstandard") }
    return codec.pointee.pfnFunc(input.baseAddress, input.count, &output, &size, options, codec.pointee.user_data)
  }

  private static func planes<Number: BitwiseCopyable>(of numbers: [Number]) -> [UInt8] {
    let (size, count) = (MemoryLayout<Number>.stride, numbers.count)
    return [UInt8](unsafeUninitializedCapacity: size * count) { planes, filled in
      numbers.withUnsafeBytes { bytes in
        for plane in 0..<size {
          for place in 0..<count { planes[plane * count + place] = bytes[place * size + plane] }
        }
      }
      filled = size * count
    }
  }

  private static func numbers<Number: BitwiseCopyable>(of planes: [UInt8], count: Int) -> [Number] {
    let size = MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: count) { numbers, filled in
      let bytes = UnsafeMutableRawBufferPointer(numbers)
      planes.withUnsafeBufferPointer { planes in
        for plane in 0..<size {
          for place in 0..<count { bytes[place * size + plane] = planes[plane * count + place] }
        }
      }
      filled = count
    }
  }
}
