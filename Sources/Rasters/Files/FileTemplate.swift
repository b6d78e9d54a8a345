import CGDAL
import Mesh

/// A path with holes: `rain/{YYYY}/{MM}/{DD}.tif`, `imerg-*.HDF5`. Wildcards are `*` and `?`, times `{YYYY} {MM} {DD} {HH}
/// {mm}`, `{YY}` for a year from 2000 on; both work on real and virtual (`/vsizip/`, `/vsis3/`) folders.
package struct FileTemplate: Sendable {
  private enum Piece: Equatable {
    case character(Character)
    case anything, anyCharacter
    case field(String)
  }

  /// A file that fits, with the digits of its time fields.
  package struct Match: Sendable, Equatable {
    package let path: String
    package let fields: [String: Int]

    /// Unix seconds of the time in the path, if it has year, month and day; `nil` otherwise.
    package func unixSeconds(zone: Int) -> Int? {
      guard let year = fields["YYYY"] ?? fields["YY"].map({ $0 + 2_000 }), let month = fields["MM"],
        let day = fields["DD"]
      else { return nil }
      let clock = [year, month, day, fields["HH"] ?? 0, fields["mm"] ?? 0].map(String.init)
      let padded = clock.map { $0.count < 2 ? "0" + $0 : $0 }
      return UniversalTime("\(padded[0])-\(padded[1])-\(padded[2])T\(padded[3]):\(padded[4])", zone: zone)?.unixSeconds
    }
  }

  private static let digits = ["YYYY": 4, "YY": 2, "MM": 2, "DD": 2, "HH": 2, "mm": 2]
  private let components: [[Piece]]
  /// What the path begins with: `/` or, as GDAL spells absolute paths inside virtual ones, `/vsizip//`.
  private let root: String
  package let text: String

  package init(_ text: String) {
    self.text = text
    let end = text.hasPrefix("/vsi") ? text.firstRange(of: "//")?.upperBound : nil
    root = end.map { String(text[..<$0]) } ?? (text.hasPrefix("/") ? "/" : "")
    components = text.dropFirst(root.count).split(separator: "/").map { component in
      var pieces: [Piece] = []
      var rest = component
      while let first = rest.first {
        if let name = Self.digits.keys.first(where: { rest.hasPrefix("{\($0)}") }) {
          pieces.append(.field(name))
          rest.removeFirst(name.count + 2)
          continue
        }
        pieces.append(first == "*" ? .anything : first == "?" ? .anyCharacter : .character(first))
        rest.removeFirst()
      }
      return pieces
    }
  }

  /// The path names the hour of its file.
  package var hasHour: Bool { text.contains("{HH}") }

  /// The files that fit, in the order of their names. A path without holes is given as it is, there or not.
  package func matches() -> [Match] {
    prepareGDAL()
    var found = [Match(path: root, fields: [:])]
    for component in components {
      let isPlain = component.allSatisfy { if case .character = $0 { true } else { false } }
      found = found.flatMap { parent -> [Match] in
        func child(_ name: String, _ fields: [String: Int]) -> Match {
          let path = parent.path.isEmpty || parent.path.hasSuffix("/") ? parent.path + name : parent.path + "/" + name
          return Match(path: path, fields: parent.fields.merging(fields) { first, _ in first })
        }
        if isPlain {
          let name = component.map { piece -> String in
            if case .character(let character) = piece { String(character) } else { "" }
          }
          return [child(name.joined(), [:])]
        }
        return Self.names(in: parent.path.isEmpty ? "." : parent.path).compactMap { name in
          Self.match(component[...], Array(name)[...], parent.fields).map { child(name, $0) }
        }
      }
    }
    return found
  }

  private static func names(in folder: String) -> [String] {
    guard let list = VSIReadDir(folder) else { return [] }
    defer { CSLDestroy(list) }
    return (0..<Int(CSLCount(list))).compactMap { list[$0].map { String(cString: $0) } }.filter { !$0.hasPrefix(".") }
      .sorted()
  }

  /// The time fields of a name that fits; a field that stands twice must say the same twice.
  private static func match(
    _ pieces: ArraySlice<Piece>, _ name: ArraySlice<Character>, _ fields: [String: Int]
  ) -> [String: Int]? {
    guard let piece = pieces.first else { return name.isEmpty ? fields : nil }
    let rest = pieces.dropFirst()
    switch piece {
    case .character(let character):
      return name.first == character ? match(rest, name.dropFirst(), fields) : nil
    case .anyCharacter: return name.isEmpty ? nil : match(rest, name.dropFirst(), fields)
    case .anything:
      for length in 0...name.count { if let found = match(rest, name.dropFirst(length), fields) { return found } }
      return nil
    case .field(let field):
      let count = digits[field] ?? 0
      let part = name.prefix(count)
      guard part.count == count, part.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(String(part)),
        fields[field] == nil || fields[field] == number
      else { return nil }
      return match(rest, name.dropFirst(count), fields.merging([field: number]) { first, _ in first })
    }
  }
}
