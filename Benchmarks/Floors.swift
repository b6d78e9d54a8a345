import Foundation
import Neural

/// What the machine does at best, measured beside the work.
enum Floors {
  /// Multiply-adds of all threads at once, GFLOP/s in Float.
  static func peak(threads: Int) -> Double { multiplyAddPeak(threads: threads) }

  /// Seconds in which one thread fills so many bytes of memory that it has used before.
  static func secondsToFill(bytes: Int) -> Double {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
    defer { memory.deallocate() }
    guard let start = memory.baseAddress else { return .nan }
    return Timing(rounds: 10) { memset(start, 1, bytes) }.best
  }

  /// Seconds in which one thread reads the files and writes as many files of the sizes given, each synced to the disk.
  static func seconds(reading files: [String], writing sizes: [Int] = [], in folder: String) throws -> Double {
    var buffer = [UInt8](repeating: 1, count: 1 << 20)
    let seconds = try elapsed {
      for file in files {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        while read(handle.fileDescriptor, &buffer, buffer.count) > 0 {}
        try handle.close()
      }
      for (place, size) in sizes.enumerated() {
        let url = URL(fileURLWithPath: folder + "/floor-\(place)")
        try Data(count: size).write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        try handle.synchronize()
        try handle.close()
      }
    }
    for place in sizes.indices { try FileManager.default.removeItem(atPath: folder + "/floor-\(place)") }
    return seconds
  }
}

/// All files under a folder, with their sizes.
func filesAndSizes(under folder: String) throws -> [(path: String, size: Int)] {
  try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap { name in
    let path = folder + "/" + name
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    guard attributes[.type] as? FileAttributeType == .typeRegular else { return nil }
    return (path, attributes[.size] as? Int ?? 0)
  }
}
