import Mesh
import Yams

/// A YAML mapping that knows which of its keys were asked for, so that the others can be refused with their line.
final class StrictMapping {
  private let pairs: [(key: String, line: Int, value: Node)]
  let file: String
  let name: String
  private var asked: [String] = []
  private let mistakes: Mistakes

  /// The first mistake of a document, shared by its mappings.
  private final class Mistakes { var first: CatalogueError? }

  var mistake: CatalogueError? { mistakes.first }

  convenience init(_ node: Node, file: String) throws(CatalogueError) {
    try self.init(node, file: file, name: "", mistakes: Mistakes())
  }

  private init(_ node: Node, file: String, name: String, mistakes: Mistakes) throws(CatalogueError) {
    guard let mapping = node.mapping else { throw .notAMapping(path: file, line: node.mark?.line ?? 1) }
    pairs = mapping.map { ($0.key.string ?? "?", $0.key.mark?.line ?? 1, $0.value) }
    self.file = file
    self.name = name
    self.mistakes = mistakes
  }

  private func node(_ key: String) -> (line: Int, value: Node)? {
    asked.append(key)
    return pairs.first { $0.key == key }.map { ($0.line, $0.value) }
  }

  func line(of key: String) -> Int { pairs.first { $0.key == key }?.line ?? 1 }

  func text(_ key: String) throws(CatalogueError) -> String? {
    guard let (line, value) = node(key) else { return nil }
    guard let text = value.scalar?.string, !text.isEmpty else {
      throw .badValue(path: file, line: line, key: full(key), expected: "a text")
    }
    return text
  }

  func require(_ key: String) throws(CatalogueError) -> String {
    guard let text = try text(key) else { throw .missingKey(path: file, section: name, key: key) }
    return text
  }

  /// One text or a list of texts; `nil` where the key is absent.
  func optionalTexts(_ key: String) throws(CatalogueError) -> [String]? {
    guard let (line, value) = node(key) else { return nil }
    if let one = value.scalar?.string, !one.isEmpty { return [one] }
    guard let many = value.sequence?.map({ $0.scalar?.string ?? "" }), !many.isEmpty, !many.contains("") else {
      throw .badValue(path: file, line: line, key: full(key), expected: "a text or a list of texts")
    }
    return many
  }

  /// One text or a list of texts.
  func texts(_ key: String) throws(CatalogueError) -> [String] {
    guard let texts = try optionalTexts(key) else { throw .missingKey(path: file, section: name, key: key) }
    return texts
  }

  func flag(_ key: String) throws(CatalogueError) -> Bool? {
    guard let (line, value) = node(key) else { return nil }
    guard let flag = value.bool else {
      throw .badValue(path: file, line: line, key: full(key), expected: "true or false")
    }
    return flag
  }

  func whole(_ key: String, in range: ClosedRange<Int>) throws(CatalogueError) -> Int? {
    guard let (line, value) = node(key) else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw .badValue(
        path: file, line: line, key: full(key),
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func number(_ key: String, in range: ClosedRange<Double>) throws(CatalogueError) -> Double? {
    guard let (line, value) = node(key) else { return nil }
    guard let number = value.float, range.contains(number) else {
      let isBounded = range.upperBound < .greatestFiniteMagnitude
      throw .badValue(
        path: file, line: line, key: full(key),
        expected: isBounded ? "a number from \(range.lowerBound) to \(range.upperBound)" : "a number")
    }
    return number
  }

  /// One number or a list of numbers.
  func numbers(_ key: String) throws(CatalogueError) -> [Float]? {
    guard let (line, value) = node(key) else { return nil }
    let list = value.sequence.map { $0.map(\.float) } ?? [value.float]
    let numbers = list.compactMap { $0 }.filter(\.isFinite).map { Float($0) }
    guard numbers.count == list.count, !numbers.isEmpty else {
      throw .badValue(path: file, line: line, key: full(key), expected: "a number or a list of numbers")
    }
    return numbers
  }

  /// One of a type's words.
  func choice<Choice>(_ key: String, of type: Choice.Type) throws(CatalogueError) -> Choice?
  where Choice: CaseIterable & RawRepresentable<String> {
    guard let text = try text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue)
      throw .badValue(
        path: file, line: line(of: key), key: full(key),
        expected: words.count == 2 ? words.joined(separator: " or ") : "one of " + words.joined(separator: ", "))
    }
    return choice
  }

  /// Some of a type's words, in the type's order.
  func choices<Choice>(_ key: String, of type: Choice.Type) throws(CatalogueError) -> [Choice]?
  where Choice: CaseIterable & RawRepresentable<String> {
    guard let texts = try optionalTexts(key) else { return nil }
    guard texts.allSatisfy({ Choice(rawValue: $0) != nil }) else {
      throw .badValue(
        path: file, line: line(of: key), key: full(key),
        expected: "a list of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return Choice.allCases.filter { texts.contains($0.rawValue) }
  }

  func day(_ key: String) throws(CatalogueError) -> JSTDay {
    let text = try require(key)
    guard let day = JSTDay(text) else {
      throw .badValue(path: file, line: line(of: key), key: full(key), expected: "a day like 2023-08-15")
    }
    return day
  }

  func mapping(_ key: String) throws(CatalogueError) -> StrictMapping? {
    guard let (_, value) = node(key) else { return nil }
    return try StrictMapping(value, file: file, name: full(key), mistakes: mistakes)
  }

  /// Notes the first key that nobody asked for.
  func finish() {
    guard mistakes.first == nil, let stranger = pairs.first(where: { !asked.contains($0.key) }) else { return }
    mistakes.first = .unknownKey(
      path: file, line: stranger.line, key: full(stranger.key), known: Array(Set(asked)).sorted())
  }

  func full(_ key: String) -> String { name.isEmpty ? key : name + "." + key }
}

extension Optional where Wrapped == StrictMapping {
  /// `Optional.map` keeps no typed error.
  func map<Result>(
    _ transform: (StrictMapping) throws(CatalogueError) -> Result
  ) throws(CatalogueError) -> Result? {
    guard let self else { return nil }
    return try transform(self)
  }
}
