package import Foundation

extension Safetensors {
  /// Reads the bytes of a file. No size is believed before it is checked against what is there.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - path: Its name, for the error.
  /// - Throws: `badTensorFile` when the checksum does not fit, the header is not the format's, a tensor has another type than F32, U8, U16 or I32, or
  ///   the places of the tensors do not cover the values exactly.
  package init(reading data: Data, path: String) throws(NeuralError) {
    func bad(_ reason: String) -> NeuralError { .badTensorFile(path: path, reason: reason) }
    let data = Data(data)  // indices from 0
    guard data.count >= 8 else { throw bad("\(data.count) bytes") }
    guard let length = Self.headerLength(data), length <= data.count - 8 else {
      throw bad("a header of a wrong length")
    }
    let end = 8 + length
    guard let object = try? JSONSerialization.jsonObject(with: data[8..<end]),
      let header = object as? [String: Any]
    else { throw bad("the header is not JSON") }

    var metadata: [String: String] = [:]
    var places: [TensorPlace] = []
    for (name, value) in header {
      if name == "__metadata__" {
        guard let strings = value as? [String: String] else { throw bad("the metadata are not strings") }
        metadata = strings
        if let digits = metadata.removeValue(forKey: Self.checksumKey),
          digits != Self.checksumDigits(header: Self.blanked(data[8..<end], digits), payload: data[end...])
        {
          throw bad("is damaged, its bytes are not those written")
        }
      } else {
        guard let place = TensorPlace(name: name, header: value, available: data.count - end) else {
          throw bad("tensor \(name) has no valid type, shape and place")
        }
        places.append(place)
      }
    }
    places.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
    var next = 0
    for place in places {
      guard place.begin == next else { throw bad("tensor \(place.name) overlaps another or leaves a gap") }
      next = place.end
    }
    guard next == data.count - end else { throw bad("\(data.count - end - next) bytes follow the last tensor") }
    self.init(places.map { $0.tensor(in: data, after: end) }, metadata: metadata)
  }
}

extension Safetensors {
  /// The most a header may have, bytes.
  private static let headerLimit: UInt64 = 100_000_000

  /// The metadata of a file, of which only the beginning is read: whether its values are whole is not asked.
  ///
  /// - Parameter start: Gives so many bytes from the start of the file, fewer where it has no more.
  /// - Returns: `nil` where the file does not begin as the format has it.
  /// - Throws: What `start` throws.
  package static func metadata<Failure: Error>(
    _ start: (_ count: Int) throws(Failure) -> Data
  ) throws(Failure) -> [String: String]? {
    let size = Data(try start(8))
    guard size.count == 8, let length = headerLength(size) else { return nil }
    let header = Data(try start(8 + length)).dropFirst(8)
    guard header.count == length, let object = try? JSONSerialization.jsonObject(with: header) else { return nil }
    var metadata = (object as? [String: Any])?["__metadata__"] as? [String: String] ?? [:]
    metadata[checksumKey] = nil
    return metadata
  }

  /// What the first 8 bytes say; `nil` for more than a header may have.
  private static func headerLength(_ bytes: Data) -> Int? {
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return length <= headerLimit ? Int(length) : nil
  }
}

/// Where a tensor lies, checked.
private struct TensorPlace {
  let name: String
  let type: String
  let shape: [Int]
  let begin: Int
  let end: Int

  /// `nil` unless type, shape and place agree and fit into the `available` bytes.
  init?(name: String, header: Any, available: Int) {
    guard let fields = header as? [String: Any], let type = fields["dtype"] as? String,
      let shape = fields["shape"] as? [Int], let offsets = fields["data_offsets"] as? [Int], offsets.count == 2,
      let size = ["F32": 4, "U8": 1, "U16": 2, "I32": 4][type], shape.allSatisfy({ $0 >= 0 }),
      offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= available
    else { return nil }
    var bytes = size
    for edge in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: edge)
      guard !overflow else { return nil }
      bytes = product
    }
    guard bytes == offsets[1] - offsets[0] else { return nil }
    self.name = name
    self.type = type
    self.shape = shape
    begin = offsets[0]
    end = offsets[1]
  }

  func tensor(in data: Data, after base: Int) -> Tensor {
    let bytes = data[(base + begin)..<(base + end)]
    func values<Element>(_ zero: Element, _ size: Int) -> [Element] {
      [Element](unsafeUninitializedCapacity: bytes.count / size) { buffer, count in
        count = bytes.copyBytes(to: buffer) / size
      }
    }
    switch type {
    case "U8": return Tensor(name, shape: shape, .uint8(values(0, 1)))
    case "U16": return Tensor(name, shape: shape, .uint16(values(0, 2)))
    case "I32": return Tensor(name, shape: shape, .int32(values(0, 4)))
    default: return Tensor(name, shape: shape, .float32(values(0, 4)))
    }
  }
}
