package import Foundation

/// The values of a tensor in a file.
package enum TensorValues: Equatable, Sendable {
  case float32([Float])
  case uint8([UInt8])
  case uint16([UInt16])
  case int32([Int32])

  package var count: Int {
    switch self {
    case .float32(let values): values.count
    case .uint8(let values): values.count
    case .uint16(let values): values.count
    case .int32(let values): values.count
    }
  }

  /// Name of the element type in the header.
  fileprivate var type: String {
    switch self {
    case .float32: "F32"
    case .uint8: "U8"
    case .uint16: "U16"
    case .int32: "I32"
    }
  }

  fileprivate func append(to data: inout Data) {
    switch self {
    case .float32(let values): values.withUnsafeBytes { data.append(contentsOf: $0) }
    case .uint8(let values): data.append(contentsOf: values)
    case .uint16(let values): values.withUnsafeBytes { data.append(contentsOf: $0) }
    case .int32(let values): values.withUnsafeBytes { data.append(contentsOf: $0) }
    }
  }
}

/// A named tensor, row-major.
package struct Tensor: Equatable, Sendable {
  package let name: String
  package let shape: [Int]
  package let values: TensorValues

  /// - Precondition: The shape holds as many values as there are.
  package init(_ name: String, shape: [Int], _ values: TensorValues) {
    precondition(shape.reduce(1, *) == values.count, "\(name): shape \(shape) for \(values.count) values")
    self.name = name
    self.shape = shape
    self.values = values
  }

  package init(_ name: String, shape: [Int], floats: [Float]) { self.init(name, shape: shape, .float32(floats)) }

  /// The values, when they are Float32.
  package var floats: [Float]? { if case .float32(let values) = values { values } else { nil } }
  /// The values, when they are UInt8.
  package var bytes: [UInt8]? { if case .uint8(let values) = values { values } else { nil } }
  /// The values, when they are UInt16.
  package var words: [UInt16]? { if case .uint16(let values) = values { values } else { nil } }
  /// The values, when they are Int32.
  package var integers: [Int32]? { if case .int32(let values) = values { values } else { nil } }
}

/// Named tensors and strings in the safetensors format, which Python's library of that name reads.
///
/// Eight bytes (little-endian) give the length of a JSON header that names type, shape and place of each tensor; the
/// values follow without gaps. Same contents, same bytes: tensors in their order, metadata sorted by key. A file that we
/// write holds one string more, `xxh64`, a checksum of its bytes; reading checks it where it is there and takes it away.
package struct Safetensors: Equatable, Sendable {
  package var tensors: [Tensor]
  package var metadata: [String: String]

  package init(_ tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  package func tensor(_ name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The bytes of the file.
  package var encoded: Data {
    var parts: [String] = []
    var strings = metadata
    strings[Self.checksumKey] = Self.blankChecksum
    let pairs = strings.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
    parts.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    var payload = Data()
    for tensor in tensors {
      let begin = payload.count
      tensor.values.append(to: &payload)
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      parts.append(
        "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.values.type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(begin),\(payload.count)]}")
    }
    var header = Data("{\(parts.joined(separator: ","))}".utf8)
    // The values begin at a multiple of 8 bytes.
    header.append(contentsOf: Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
    let digits = Self.checksumDigits(header: header, payload: payload)
    if let place = Self.checksumPlace(in: header, digits: Self.blankChecksum) {
      header.replaceSubrange(place, with: Data(digits.utf8))
    }
    var file = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(header)
    file.append(payload)
    return file
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
