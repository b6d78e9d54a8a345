import Foundation
import TestSupport
import Testing

@testable import Rasters

/// A round island of so many points, and its file.
private func island(_ points: Int, in folder: ScratchFolder) throws -> String {
  let ring = (0...points).map { step in
    let angle = 2 * Double.pi * Double(step % points) / Double(points)
    return "[\(134 + 0.1 * cos(angle)),\(35 + 0.1 * sin(angle))]"
  }
  return try folder.write(
    """
    {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"島"},
    "geometry":{"type":"Polygon","coordinates":[[\(ring.joined(separator: ","))]]}}]}
    """, to: "island.geojson")
}

@Test func `boundaries of many points are kept to the bit, until their file changes or the kept one is damaged`() throws
{
  let folder = try ScratchFolder()
  let (path, work) = (try island(12_000, in: folder), folder.path + "/work")
  try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
  let file = try BoundaryFile.read(path, keepingIn: work)
  func kept() -> BoundaryFile? { KeptBoundaries(of: path, stamp: FileStamp(path).description, in: work).read() }
  let read = try #require(kept())
  #expect(read.rings == file.rings && read.fields == ["name"] && read.features.map(\.texts) == [["島"]])
  #expect(read.features.map { $0.polygons.map(\.rings) } == file.features.map { $0.polygons.map(\.rings) })
  #expect(try read.whole().cells == file.whole().cells)

  let names = try FileManager.default.contentsOfDirectory(atPath: work)
  let place = URL(fileURLWithPath: "\(work)/\(try #require(names.first))")
  var bytes = try Data(contentsOf: place)
  bytes[bytes.count / 2] ^= 1
  try bytes.write(to: place)
  #expect(kept() == nil)
  KeptBoundaries(of: path, stamp: FileStamp(path).description, in: work).write(file)
  #expect(kept() != nil)
  _ = try island(11_000, in: folder)
  #expect(kept() == nil)
}

@Test(arguments: [(points: 100, folder: ""), (points: 12_000, folder: "/work")])
func `boundaries that are read as fast as a kept file are not kept, nor any before there is a workspace`(
  points: Int, folder name: String
) throws {
  let folder = try ScratchFolder()
  _ = try BoundaryFile.read(try island(points, in: folder), keepingIn: folder.path + name)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["island.geojson"])
}
