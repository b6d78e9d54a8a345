import Foundation
import Neural
import Testing

struct SafetensorsTests {
  static let file = Safetensors(
    [
      Tensor("a", shape: [2, 3], floats: [1, 2, 3, 4, 5, -0.5]), Tensor("empty", shape: [0, 4], floats: []),
      Tensor("w", shape: [3], .uint16([1, 2, 65_535])), Tensor("i", shape: [1], .int32([-7])),
    ], metadata: ["title": "a \"quoted\"\nline \\ 崖", "b": ""])

  @Test func `what was written is read`() throws {
    let found = try Safetensors(reading: Self.file.encoded, path: "x")
    #expect(found.metadata == Self.file.metadata)
    for tensor in Self.file.tensors { #expect(found.tensor(tensor.name) == tensor) }
    #expect(Self.file.encoded == Self.file.encoded)
  }

  @Test(arguments: [0, 7, 8, 40, 200])
  func `a file cut short is refused`(length: Int) {
    #expect(throws: NeuralError.self) { try Safetensors(reading: Self.file.encoded.prefix(length), path: "x") }
  }

  @Test func `every flipped bit is noticed, but in the word that names the checksum`() throws {
    let bytes = Self.file.encoded
    let word = try #require(bytes.range(of: Data("xxh64".utf8)))
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        let found = try? Safetensors(reading: changed, path: "x")
        #expect(found == nil || word.contains(place) && found?.tensors == Self.file.tensors)
      }
    }
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, #"[1]"#, #"{"__metadata__":{"a":1}}"#,
  ])
  func `a header that does not fit eight bytes of values is refused`(header: String) {
    var data = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    data.append(contentsOf: [UInt8](repeating: 0, count: 8))
    #expect(throws: NeuralError.self) { try Safetensors(reading: data, path: "x") }
  }
}

@Test func `the metadata of a file are read from its beginning alone`() throws {
  let whole = Safetensors([Tensor("a", shape: [2], floats: [1, 2])], metadata: ["kind": "test"]).encoded
  var asked: [Int] = []
  let found = Safetensors.metadata { count in
    asked.append(count)
    return whole.prefix(count)
  }
  #expect(found == ["kind": "test"] && asked.count == 2 && asked[1] < whole.count)
  for length in [0, 7, 8, 20] { #expect(Safetensors.metadata { whole.prefix(min($0, length)) } == nil) }
  #expect(Safetensors.metadata { Data(repeating: 0xFF, count: $0) } == nil)
}
