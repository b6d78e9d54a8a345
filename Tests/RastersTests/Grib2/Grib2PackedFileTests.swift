import Foundation
import Rasters
import TestSupport
import Testing

/// Gives `body` the path of a file with these bytes in a folder of its own.
func withFile(_ bytes: [UInt8], _ name: String, _ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  if !bytes.isEmpty { try Data(bytes).write(to: file) }
  try body(file.path)
}

func withFiles(_ contents: [[UInt8]], _ body: ([String]) throws -> Void) throws {
  try withFile([], "0.bin") { first in
    let folder = (first as NSString).deletingLastPathComponent
    let paths = contents.indices.map { "\(folder)/\($0).bin" }
    for (path, bytes) in zip(paths, contents) { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    try body(paths)
  }
}

private func run(_ command: [String], in folder: String) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  try process.run()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(command)")
}

private func exists(_ tool: String) -> Bool {
  ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
}

private let levels = randomLevels(1_200, highest: 40, seed: 12)
private let plain = Grib2Encoder().message([
  .init(
    grid: .lattice(north: 4_300, west: 3_100, rows: 40, columns: 30),
    values: .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8))
])

private let ways: [(file: String, commands: [[String]], fields: Int)] = [
  ("a.bin", [], 1),
  ("a.bin.gz", [["gzip", "a.bin"]], 1),
  ("a.bin.xz", [["xz", "a.bin"]], 1),
  ("both.tar", [["cp", "a.bin", "b.bin"], ["tar", "cf", "both.tar", "a.bin", "b.bin"]], 2),
  ("both.tar.gz", [["cp", "a.bin", "b.bin"], ["tar", "czf", "both.tar.gz", "a.bin", "b.bin"]], 2),
  ("both.tar.xz", [["cp", "a.bin", "b.bin"], ["tar", "cJf", "both.tar.xz", "a.bin", "b.bin"]], 2),
  ("in.tar", [["gzip", "a.bin"], ["tar", "cf", "in.tar", "a.bin.gz"]], 1),
]

@Test(.enabled(if: exists("xz") && exists("tar") && exists("gzip")), arguments: ways.indices)
func `packed files and archives give the fields of the plain file`(way: Int) throws {
  let (name, commands, fields) = ways[way]
  try withFile(plain, "a.bin") { path in
    let folder = (path as NSString).deletingLastPathComponent
    for command in commands { try run(command, in: folder) }
    let packed = folder + "/" + name
    let file = try Grib2File(packed)
    #expect(file.fields.count == fields)
    for field in file.fields {
      #expect(try field.levels() == levels.map(UInt16.init))
      #expect(field.path.hasPrefix(packed))
    }
    // Cut at 20 places the file is an error, whatever it is packed in; a tar may end early only in its padding.
    let whole = try Data(contentsOf: URL(fileURLWithPath: packed))
    for part in 1..<20 where !name.contains("tar") || name.hasSuffix("z") {
      try whole.prefix(whole.count * part / 20).write(to: URL(fileURLWithPath: folder + "/cut"))
      #expect(throws: RasterError.self, "\(name) cut at \(part)/20") { try Grib2File(folder + "/cut") }
    }
  }
}

@Test(.enabled(if: exists("tar")), arguments: ["gnu", "ustar", "pax"])
func `a tar archive that was cut between two members is noticed`(format: String) throws {
  try withFile(plain, "a.bin") { path in
    let folder = (path as NSString).deletingLastPathComponent
    try run(["cp", "a.bin", "b.bin"], in: folder)
    try run(["tar", "--format=\(format)", "-cf", "both.tar", "a.bin", "b.bin"], in: folder)
    let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/both.tar")))
    func fields(of bytes: some Sequence<UInt8>) throws -> Int {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/cut.tar"))
      return try Grib2File(folder + "/cut.tar").fields.count
    }
    // One block of zeros is an end too; nothing after the last member, or only the first member, is none.
    let content = (whole.lastIndex { $0 != 0 } ?? 0) / 512 * 512 + 512
    #expect(try fields(of: whole[..<(content + 512)]) == 2)
    #expect(throws: RasterError.self) { try fields(of: whole[..<content]) }
    #expect(throws: RasterError.self) { try fields(of: whole[..<(content - 512)]) }
    let second = try #require(whole[512...].firstRange(of: Array("b.bin".utf8))?.lowerBound) / 512 * 512
    let error = #expect(throws: RasterError.self) { try fields(of: whole[..<second]) }
    #expect(error?.description.contains("is cut") == true)
    var flipped = whole
    flipped[second + 130] ^= 1
    #expect(throws: RasterError.self) { try fields(of: flipped) }
  }
}

@Test func `virtual paths are read`() throws {
  try withFile(plain, "a.bin") { path in
    // The file from its first byte on, as one of GDAL's own file systems shows it.
    let file = try Grib2File("/vsisubfile/0_\(plain.count),\(path)")
    #expect(file.fields.count == 1)
  }
}

@Test func `a file that is not there is named`() {
  #expect(throws: RasterError.notFound(path: "/nowhere/x.bin")) { try Grib2File("/nowhere/x.bin") }
}
