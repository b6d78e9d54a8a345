import CGDAL

/// The header of a NetCDF file of the classic formats (CDF-1, 2 and 5), looked at before the library does: that one believes
/// every count, and counts of a damaged file end it with the process.
///
/// - Source: "NetCDF File Format Specifications", Unidata, the grammar of the classic formats.
enum ClassicNetCDF {
  /// So much of a file is looked at, more where the header goes on; one that goes on behind all is left to the library.
  private static let lengths = [1 << 16, 1 << 24]

  /// - Parameter opened: Any path that is about to be opened.
  /// - Returns: What is wrong with the header; `nil` for a sound one and for all other files.
  static func refusal(of opened: String) -> RasterError? {
    let path = file(of: opened)
    guard let file = VSIFOpenL(path, "rb") else { return nil }
    defer { VSIFCloseL(file) }
    var start = [UInt8](repeating: 0, count: 4)
    guard VSIFReadL(&start, 1, 4, file) == 4, start.starts(with: [0x43, 0x44, 0x46]), [1, 2, 5].contains(start[3]),
      VSIFSeekL(file, 0, SEEK_END) == 0
    else { return nil }
    let size = Int(VSIFTellL(file))
    for length in lengths {
      var bytes = [UInt8](repeating: 0, count: min(size, length))
      guard VSIFSeekL(file, 0, SEEK_SET) == 0, VSIFReadL(&bytes, 1, bytes.count, file) == bytes.count else {
        return nil
      }
      var header = Header(bytes: bytes, fileSize: size, version: start[3])
      do {
        try header.read()
        return nil
      } catch {
        switch error {
        case .longer where size > length: continue
        case .longer: return .damaged(path, "ends within its NetCDF header")
        case .wrong(let reason): return .damaged(path, "has a NetCDF header with \(reason)")
        }
      }
    }
    return nil
  }

  /// The file of a path as GDAL names arrays in it, `NETCDF:"file":array`.
  private static func file(of opened: String) -> String {
    guard opened.uppercased().hasPrefix("NETCDF:") else { return opened }
    let parts = opened.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.count > 2
      ? String(parts[1]) : opened.split(separator: ":").dropFirst().first.map(String.init) ?? opened
  }

  private enum Fault: Error {
    /// The bytes at hand end first.
    case longer
    case wrong(String)
  }

  /// A walk over the header, in the order of its grammar.
  private struct Header {
    let bytes: [UInt8]
    let fileSize: Int
    let version: UInt8
    private var place = 4

    init(bytes: [UInt8], fileSize: Int, version: UInt8) {
      (self.bytes, self.fileSize, self.version) = (bytes, fileSize, version)
    }

    private static let (dimensionTag, variableTag, attributeTag) = (0x0A, 0x0B, 0x0C)
    /// Bytes of a value by type: byte, char, short, int, float, double, and of CDF-5 the unsigned and the long ones.
    private var widths: [Int] { version == 5 ? [1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8] : [1, 1, 2, 4, 4, 8] }

    mutating func read() throws(Fault) {
      // The number of records; all bits set in a file that is still written.
      try skip(version == 5 ? 8 : 4)
      let dimensions = try list(Self.dimensionTag, "dimensions")
      var records = 0
      for _ in 0..<dimensions {
        try skipName()
        if try size() == 0 { records += 1 }
      }
      guard records < 2 else { throw .wrong("\(records) dimensions without end") }
      try skipAttributes()
      for _ in 0..<(try list(Self.variableTag, "variables")) {
        try skipName()
        for _ in 0..<(try count("dimensions of a variable", each: version == 5 ? 8 : 4)) {
          let dimension = try size()
          guard dimension < dimensions else { throw .wrong("dimension \(dimension) of \(dimensions)") }
        }
        try skipAttributes()
        _ = try width()
        _ = try size()
        let begin = try number(version == 1 ? 4 : 8)
        guard begin <= fileSize else { throw .wrong("values at byte \(begin) of \(fileSize)") }
      }
    }

    private mutating func skipAttributes() throws(Fault) {
      for _ in 0..<(try list(Self.attributeTag, "attributes")) {
        try skipName()
        let each = try width()
        try skipPadded(each * (try count("values of an attribute", each: each)))
      }
    }

    private mutating func skipName() throws(Fault) { try skipPadded(try count("letters of a name", each: 1)) }

    private mutating func width() throws(Fault) -> Int {
      let type = try number(4)
      guard (1...widths.count).contains(type) else { throw .wrong("a value of type \(type)") }
      return widths[type - 1]
    }

    /// The number of entries of a list, each of which has a name of four bytes at least.
    private mutating func list(_ tag: Int, _ what: String) throws(Fault) -> Int {
      let found = try number(4)
      let entries = try count(what, each: 8)
      guard found == tag || (found == 0 && entries == 0) else { throw .wrong("mark \(found) where \(what) begin") }
      return entries
    }

    /// A count of things that the rest of the file must hold.
    private mutating func count(_ what: String, each bytes: Int) throws(Fault) -> Int {
      let count = try size()
      guard count <= (fileSize - place) / bytes else { throw .wrong("\(count) \(what) in \(fileSize) bytes") }
      return count
    }

    private mutating func size() throws(Fault) -> Int { try number(version == 5 ? 8 : 4) }

    private mutating func number(_ width: Int) throws(Fault) -> Int {
      guard bytes.count - place >= width else { throw .longer }
      let value = bytes[place..<place + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      place += width
      guard let value = Int(exactly: value) else { throw .wrong("the number \(value)") }
      return value
    }

    private mutating func skipPadded(_ count: Int) throws(Fault) { try skip((count + 3) / 4 * 4) }

    private mutating func skip(_ count: Int) throws(Fault) {
      guard count <= bytes.count - place else { throw .longer }
      place += count
    }
  }
}
