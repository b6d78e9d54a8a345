import Foundation
import Mesh
import Rasters
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// A file of text whose length is what it holds at every cell.
private final class LengthFile: Sendable {
  let path: String
  let reads = Mutex(0)

  init(path: String) { self.path = path }

  func load(_ cells: CellSet) -> CellStack<Float>? {
    reads.withLock { $0 += 1 }
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return CellStack(cells: cells, bands: 1, values: [Float](repeating: Float(data.count), count: cells.count))
  }
}

private let grid = MeshGrid(south: 4_200, west: 2_400, height: 2, width: 3)
private let part = CellSet(MeshGrid(south: 4_201, west: 2_401, height: 1, width: 1))
private let day = JSTDay(daysSince1970: 19_584)

@Test func `a file of a day is read once for all parts, and again where it was replaced`() throws {
  let scratch = try ScratchFolder()
  let file = LengthFile(path: try scratch.write("abc", to: "a"))
  let files = DailyFiles()
  func value() -> Float? { files.contents(of: file.path, on: day, at: part) { file.load($0) }?.values.first }
  files.keep(day...day, at: CellSet(grid))
  #expect(value() == 3 && value() == 3 && file.reads.withLock { $0 } == 1 && files.holds(file.path))
  try scratch.write("abcdef", to: "b")
  try FileManager.default.removeItem(atPath: file.path)
  try FileManager.default.moveItem(atPath: scratch.path + "/b", toPath: file.path)
  #expect(!files.holds(file.path))
  #expect(value() == 6 && file.reads.withLock { $0 } == 2)
  try FileManager.default.removeItem(atPath: file.path)
  #expect(value() == nil && !files.holds(file.path))
}

@Test func `days outside those wanted, and a store of other cells, are not kept`() throws {
  let scratch = try ScratchFolder()
  let file = LengthFile(path: try scratch.write("abc", to: "a"))
  let files = DailyFiles()
  func read(_ other: JSTDay) { _ = files.contents(of: file.path, on: other, at: part) { file.load($0) } }
  files.keep(day...day, at: CellSet(grid))
  read(day.advanced(by: 1))
  #expect(!files.holds(file.path))
  read(day)
  files.keep(day.advanced(by: -1)...day, at: CellSet(grid))
  #expect(files.holds(file.path))
  files.keep(day...day, at: part)
  #expect(!files.holds(file.path))
  read(day)
  files.keep(day.advanced(by: 1)...day.advanced(by: 1), at: part)
  #expect(!files.holds(file.path))
}

@Test func `of records the two written last are kept, and the last of an earlier month`() throws {
  let scratch = try ScratchFolder()
  let first = JSTDay(daysSince1970: 19_600)  // 2023-08-31
  for offset in -3...5 {
    let path = try scratch.write("x", to: "\(first.advanced(by: offset)).safetensors")
    let written = Date(timeIntervalSince1970: 1e9 + Double(offset))
    try FileManager.default.setAttributes([.modificationDate: written], ofItemAtPath: path)
  }
  RecordFile.prune(scratch.path)
  #expect(RecordFile.days(in: scratch.path) == [0, 4, 5].map(first.advanced))
}
