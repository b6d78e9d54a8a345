import Foundation
import TestSupport
import Testing

@testable import Rasters

/// The parts of a small file of the classic formats, each of which a test may spoil.
private struct SmallNetCDF {
  var version: UInt8 = 1
  var dimensions = 2
  var lengths = [3, 2]
  var nameLength = 3
  var attributeType = 2
  var attributeCount = 2
  /// Letters behind those of the attribute.
  var moreLetters = 0
  var dimensionOfVariable = 1
  var variableTag = 11
  var begin = 400

  /// Counts and sizes have eight bytes in CDF-5, offsets also in CDF-2.
  var bytes: Data {
    var data = Data([0x43, 0x44, 0x46, version])
    func add(_ value: Int, _ width: Int) {
      for place in (0..<width).reversed() { data.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
    let wide = version == 5 ? 8 : 4
    func addName(_ name: String, _ length: Int? = nil) {
      add(length ?? name.utf8.count, wide)
      data += Data(name.utf8) + Data(count: (4 - name.utf8.count % 4) % 4)
    }
    add(0, wide)
    add(10, 4)
    add(dimensions, wide)
    for (name, length) in zip(["lat", "lon"], lengths) {
      addName(name, name == "lon" ? nameLength : nil)
      add(length, wide)
    }
    add(0, 4)
    add(0, wide)
    add(variableTag, 4)
    add(1, wide)
    addName("rain")
    add(2, wide)
    add(0, wide)
    add(dimensionOfVariable, wide)
    add(12, 4)
    add(1, wide)
    addName("units")
    add(attributeType, 4)
    add(attributeCount + moreLetters, wide)
    data += Data("mm".utf8) + Data(repeating: 0x20, count: (moreLetters + 5) / 4 * 4 - 2)
    add(5, 4)
    add(24, wide)
    add(begin, version == 1 ? 4 : 8)
    return data + Data(count: max(24, 424 - data.count))
  }
}

struct ClassicNetCDFTests {
  private func refusal(_ data: Data) throws -> String? {
    let folder = try ScratchFolder()
    let path = folder.path + "/a.nc"
    try data.write(to: URL(fileURLWithPath: path))
    return ClassicNetCDF.refusal(of: path)?.description
  }

  // CDF-5 is read by some builds of GDAL only.
  @Test(arguments: [1, 2] as [UInt8])
  func `a sound header is let through, and the library reads it`(version: UInt8) throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/a.nc"
    try SmallNetCDF(version: version).bytes.write(to: URL(fileURLWithPath: path))
    #expect(ClassicNetCDF.refusal(of: path) == nil)
    #expect(try ArrayStore(path).names.contains("/rain"))
  }

  @Test(
    arguments: [
      (\SmallNetCDF.dimensions, 0x3A00_0003, "dimensions in"), (\.nameLength, 5_000, "letters of a name"),
      (\.attributeType, 77, "type 77"), (\.attributeCount, 90_000, "values of an attribute"),
      (\.dimensionOfVariable, 7, "dimension 7 of 2"), (\.variableTag, 99, "mark 99"),
      (\.begin, 9_999, "at byte 9999"),
    ] as [(WritableKeyPath<SmallNetCDF, Int> & Sendable, Int, String)])
  fileprivate func `counts that the file cannot hold are refused before the library believes them`(
    part: WritableKeyPath<SmallNetCDF, Int> & Sendable, value: Int, word: String
  ) throws {
    for version: UInt8 in [1, 2, 5] {
      var file = SmallNetCDF(version: version)
      file[keyPath: part] = value
      let found = try refusal(file.bytes)
      #expect(found?.contains(word) == true, "CDF-\(version): \(found ?? "let through")")
    }
  }

  @Test func `a file cut within its header and two dimensions without end are refused`() throws {
    #expect(try refusal(SmallNetCDF().bytes.prefix(100))?.contains("ends within") == true)
    #expect(try refusal(SmallNetCDF(lengths: [0, 0]).bytes)?.contains("without end") == true)
    #expect(try refusal(SmallNetCDF(version: 5).bytes) == nil)
    // Longer than what is looked at first.
    let long = SmallNetCDF(moreLetters: 100_000)
    #expect(try refusal(long.bytes) == nil)
    #expect(try refusal(long.bytes.prefix(90_000))?.contains("values of an attribute") == true)
    #expect(try refusal(SmallNetCDF(moreLetters: 100_000, begin: 999_999).bytes)?.contains("at byte 999999") == true)
    #expect(try refusal(Data("CDF".utf8)) == nil && refusal(Data("text".utf8)) == nil)
  }
}
