/// The regular files of a tar archive (POSIX ustar, pax, GNU) that is in memory.
///
/// Read here and not by GDAL because GDAL takes an archive that was cut between two members for a whole one: hours would be
/// missing without a word. The end is two blocks of zeros; without one the archive is refused.
struct TarArchive {
  struct Member {
    let name: String
    let range: Range<Int>
  }

  let members: [Member]

  private static let block = 512

  /// Whether bytes begin as a tar archive does.
  static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= block && bytes[257..<262].elementsEqual("ustar".utf8)
  }

  /// - Parameter archive: The whole archive.
  /// - Throws: `malformed` when a header is damaged, a member is cut, or the end is missing.
  init(_ archive: FileBytes) throws(RasterError) {
    let bytes = archive.bytes
    var members: [Member] = []
    var place = 0
    while true {
      guard place + Self.block <= bytes.count else {
        throw .damaged(archive.path, "is cut: the blocks that end a tar archive are missing after \(bytes.count) bytes")
      }
      let header = bytes[place..<place + Self.block]
      if header.allSatisfy({ $0 == 0 }) { break }
      guard Self.checksum(of: header) == Self.octal(header, 148, 8) else {
        throw .damaged(archive.path, "has a damaged tar header at byte \(place)")
      }
      let kind = header[place + 156]
      // Links, devices and folders have no content, whatever size they state.
      let hasContent = !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind)
      guard let size = hasContent ? Self.octal(header, 124, 12) : 0 else {
        throw .damaged(archive.path, "has a tar header without a size at byte \(place)")
      }
      let start = place + Self.block
      guard size <= bytes.count - start else {
        throw .damaged(archive.path, "is cut inside the member at byte \(place)")
      }
      if [0, UInt8(ascii: "0"), UInt8(ascii: "7")].contains(kind) {
        members.append(Member(name: Self.name(header), range: start..<start + size))
      }
      place = start + (size + Self.block - 1) / Self.block * Self.block
    }
    self.members = members
  }

  /// Sum of a header's bytes with blanks in place of the sum itself.
  private static func checksum(of header: ArraySlice<UInt8>) -> Int {
    let field = header.startIndex + 148..<header.startIndex + 156
    return header.indices.reduce(0) { $0 + (field.contains($1) ? 32 : Int(header[$1])) }
  }

  /// An octal number in text; `nil` where there is none. Sizes above 8 GiB, which are written otherwise, are not read.
  private static func octal(_ header: ArraySlice<UInt8>, _ offset: Int, _ length: Int) -> Int? {
    let start = header.startIndex + offset
    let digits = header[start..<start + length].drop { $0 == 32 }.prefix { $0 != 0 && $0 != 32 }
    return digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  private static func name(_ header: ArraySlice<UInt8>) -> String {
    func text(_ offset: Int, _ length: Int) -> String {
      let start = header.startIndex + offset
      return String(decoding: header[start..<start + length].prefix { $0 != 0 }, as: UTF8.self)
    }
    // GNU's own format keeps times where POSIX has the folder.
    let isPOSIX = header[header.startIndex + 262] == 0
    let folder = isPOSIX ? text(345, 155) : ""
    return folder.isEmpty ? text(0, 100) : folder + "/" + text(0, 100)
  }
}
