import Foundation

/// Arrays by name as NumPy's `load` reads them: a zip archive of `.npy` members, stored unpacked.
///
/// The same arrays give the same bytes: members carry the oldest date that zip knows.
/// - Source: NumPy's format 1.0; PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
struct NumpyArchive {
  private var members = Data()
  private var directory = Data()
  private var count: UInt16 = 0

  mutating func add(_ name: String, _ values: [Float], shape: [Int]) { add(name, values, type: "<f4", shape) }
  mutating func add(_ name: String, _ values: [Int32], shape: [Int]) { add(name, values, type: "<i4", shape) }
  mutating func add(_ name: String, _ values: [Int8], shape: [Int]) { add(name, values, type: "|i1", shape) }

  /// Texts as bytes in UTF-8, which `numpy.char.decode` turns into strings.
  mutating func add(_ name: String, _ values: [String]) {
    let width = max(values.map(\.utf8.count).max() ?? 1, 1)
    let bytes = values.flatMap { Array($0.utf8) + Array(repeating: 0, count: width - $0.utf8.count) }
    add(name, Data(bytes), type: "|S\(width)", [values.count])
  }

  private mutating func add<Value: BitwiseCopyable>(_ name: String, _ values: [Value], type: String, _ shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "\(name): \(values.count) values in the shape \(shape)")
    add(name, values.withUnsafeBytes { Data($0) }, type: type, shape)
  }

  private mutating func add(_ name: String, _ values: Data, type: String, _ shape: [Int]) {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    let words = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    // Magic, version, length and header fill whole lines of 64 bytes.
    let length = (10 + words.utf8.count + 1 + 63) / 64 * 64 - 10
    let padding = String(repeating: " ", count: length - words.utf8.count - 1)
    var file = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    file.append(littleEndian: UInt16(length))
    file.append(contentsOf: Array((words + padding + "\n").utf8))
    file.append(values)
    append(file, named: name + ".npy")
  }

  private mutating func append(_ file: Data, named name: String) {
    var fields = Data()
    // Version 2.0, no flags, stored, 1980-01-01.
    for field in [20, 0, 0, 0, 0x21] as [UInt16] { fields.append(littleEndian: field) }
    fields.append(littleEndian: crc32(file))
    fields.append(littleEndian: UInt32(file.count))
    fields.append(littleEndian: UInt32(file.count))
    fields.append(littleEndian: UInt16(name.utf8.count))
    fields.append(littleEndian: UInt16(0))
    directory.append(littleEndian: UInt32(0x0201_4b50))
    directory.append(littleEndian: UInt16(20))
    directory.append(fields)
    for field in [0, 0, 0] as [UInt16] { directory.append(littleEndian: field) }
    directory.append(littleEndian: UInt32(0))
    directory.append(littleEndian: UInt32(members.count))
    directory.append(contentsOf: Array(name.utf8))
    members.append(littleEndian: UInt32(0x0403_4b50))
    members.append(fields)
    members.append(contentsOf: Array(name.utf8))
    members.append(file)
    count += 1
  }

  /// The bytes of the file.
  /// - Precondition: Below 4 GiB, which this form of zip can address.
  var encoded: Data {
    precondition(members.count + directory.count < Int(UInt32.max), "\(members.count) bytes in a zip without zip64")
    var end = Data()
    end.append(littleEndian: UInt32(0x0605_4b50))
    for field in [0, 0, count, count] { end.append(littleEndian: field) }
    end.append(littleEndian: UInt32(directory.count))
    end.append(littleEndian: UInt32(members.count))
    end.append(littleEndian: UInt16(0))
    return members + directory + end
  }
}

extension Data {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

/// The checksum of zip: CRC-32 of ISO 3309, reflected, polynomial EDB88320.
func crc32(_ data: Data) -> UInt32 {
  let polynomial: UInt32 = 0xEDB8_8320
  let table = (0..<256).map { byte -> UInt32 in
    var sum = UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ polynomial : sum >> 1 }
    return sum
  }
  var sum = ~UInt32(0)
  for byte in data { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
  return ~sum
}
