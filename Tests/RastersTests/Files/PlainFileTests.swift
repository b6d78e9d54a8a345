import Foundation
import Rasters
import TestSupport
import Testing

private func pipe(in scratch: ScratchFolder, _ name: String) -> String {
  let path = scratch.path + "/" + name
  mkfifo(path, 0o600)
  return path
}

@Test(.timeLimit(.minutes(10)), arguments: ["a.tif", "a.nc", "a.csv", "a.csv.gz", "a.geojson", "a.bin", "a.zip"])
func `a pipe is refused by every reader without waiting for a writer`(name: String) throws {
  let scratch = try ScratchFolder()
  let path = pipe(in: scratch, name)
  let readers: [(String) throws -> Void] = [
    { _ = try PlainFile.contents($0) },
    { _ = try Dataset(reading: $0) },
    { _ = try Dataset(reading: $0, vector: true) },
    { _ = try Dataset(reading: "/vsizip/" + $0 + "/inner.tif") },
    { _ = try Dataset(reading: "/vsizip/{" + $0 + "}/inner.tif") },
    { _ = try VirtualFile.bytes(of: $0) },
    { _ = try DelimitedText(reading: $0) },
    { _ = try Grib2File($0) },
    { _ = try openRainSource(RainInput(format: .netcdf, files: [$0])) },
    { _ = try openRainSource(RainInput(format: .grib2, files: [$0])) },
    { _ = try Legend(reading: $0, classCount: 3) },
  ]
  for read in readers {
    let error = #expect(throws: RasterError.self) { try read(path) }
    #expect(error?.description.contains("is a pipe") == true, "\(error?.description ?? "")")
  }
}

@Test(arguments: [("/dev/zero", "is a device"), ("/", "is a folder")])
func `devices and folders are no files`(path: String, words: String) {
  let error = #expect(throws: RasterError.self) { try PlainFile.contents(path) }
  #expect(error?.description.contains(words) == true)
}

@Test func `no more is read than allowed, whatever the size says`() throws {
  let scratch = try ScratchFolder()
  let path = try scratch.write(String(repeating: "x", count: 5_000), to: "a")
  #expect(try PlainFile.contents(path).count == 5_000)
  #expect(throws: RasterError.self) { try PlainFile.contents(path, limit: 4_999) }
  // A file of a terabyte that takes no room.
  truncate(path, 1 << 40)
  #expect(throws: RasterError.self) { try PlainFile.contents(path) }
}

@Test func `what lies beside a file belongs to it`() throws {
  let scratch = try ScratchFolder()
  let path = try scratch.write("x", to: "dem.tif")
  for name in ["dem.tif.aux.xml", "dem.tfw", "dem.tif.ovr", "dem.tif.msk", "dem.prj", "other.tfw", "dem.txt"] {
    try scratch.write("x", to: name)
  }
  #expect(
    sideFiles(of: path).map { ($0 as NSString).lastPathComponent }.sorted() == [
      "dem.prj", "dem.tfw", "dem.tif.aux.xml", "dem.tif.msk", "dem.tif.ovr",
    ])
}
