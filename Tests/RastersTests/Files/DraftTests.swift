import Foundation
import Rasters
import TestSupport
import Testing

private func names(_ folder: ScratchFolder) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}

@Test func `a written file has its bytes and leaves nothing beside it`() throws {
  let scratch = try ScratchFolder()
  try writeAtomically(Data("first".utf8), to: scratch.path + "/deep/a.txt")
  try writeAtomically(Data("second".utf8), to: scratch.path + "/deep/a.txt")
  #expect(FileManager.default.contents(atPath: scratch.path + "/deep/a.txt") == Data("second".utf8))
  #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/deep") == ["a.txt"])
}

@Test(arguments: [("a", ""), ("/", "/"), ("/a", "/"), ("a/b", "a"), ("/a/b/", "/a"), ("", ""), ("é", ""), ("{", "")])
func `the folder of a path is what stands before its last part, whatever its length`(path: String, folder: String) {
  #expect(parentFolder(of: path) == folder)
}

@Test func `drafts of processes that are no more go, those that somebody holds stay, whatever process that is`() throws
{
  let scratch = try ScratchFolder()
  for name in [".lsmap-dead", ".lsmap-alive", ".hidden"] { try scratch.write("half", to: name + "/a.tif") }
  // Another open file than the draft's own, as another process or container has it.
  let held = open(scratch.path + "/.lsmap-alive", O_RDONLY | O_DIRECTORY)
  defer { close(held) }
  #expect(flock(held, LOCK_EX) == 0)
  try writeAtomically(Data("y".utf8), to: scratch.path + "/c")
  #expect(try names(scratch) == [".hidden", ".lsmap-alive", "c"])
}

@Test func `a link of a draft's name is not followed`() throws {
  let scratch = try ScratchFolder()
  try scratch.write("mine", to: "precious/a.txt")
  try FileManager.default.createSymbolicLink(
    atPath: scratch.path + "/.lsmap-link", withDestinationPath: scratch.path + "/precious")
  try writeAtomically(Data("y".utf8), to: scratch.path + "/c")
  #expect(FileManager.default.fileExists(atPath: scratch.path + "/precious/a.txt"))
}

@Test func `a folder that was made for a draft that came to nothing goes with it, one that holds anything stays`()
  throws
{
  let scratch = try ScratchFolder()
  let folder = scratch.path
  func draftOfNothing(in parent: String) throws { _ = try Draft(in: parent) }
  let parent = folder + "/out/area"
  try draftOfNothing(in: parent)
  #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
  try makeFolder(parent)
  try draftOfNothing(in: parent)
  #expect(FileManager.default.fileExists(atPath: parent), "it was there before")
  try writeAtomically(Data([1]), to: folder + "/new/file")
  #expect(FileManager.default.fileExists(atPath: folder + "/new/file"))
}

@Test func `a draft that fails leaves the old file as it was`() throws {
  let scratch = try ScratchFolder()
  let path = try scratch.write("old", to: "a.tif")
  #expect(throws: RasterError.notFound(path: "x")) {
    try writeThroughMemory(to: path) { (_) throws(RasterError) in throw .notFound(path: "x") }
  }
  #expect(throws: RasterError.self) { try writeAtomically(Data("new".utf8), to: path + "/below") }
  #expect(try names(scratch) == ["a.tif"])
  #expect(FileManager.default.contents(atPath: path) == Data("old".utf8))
}
