import Foundation

/// An XML element in the making; attributes keep their order, so that the same element gives the same bytes.
struct Markup: Hashable, Sendable {
  struct Attribute: Hashable {
    let name: String
    var value: String
  }

  let name: String
  private(set) var attributes: [Attribute]
  var text: String
  var children: [Markup]

  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "", _ children: [Markup] = []
  ) {
    self.init(named: name, attributes.map { ($0.key, $0.value) }, text: text, children)
  }

  /// For attributes that are computed.
  init(named name: String, _ attributes: [(String, String)], text: String = "", _ children: [Markup]) {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0.0, value: $0.1) }
    self.text = text
    self.children = children
  }

  init(_ name: String, _ children: [Markup]) { self.init(name, [:], children) }

  /// The value of an attribute.
  subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

  /// With another value of an attribute.
  func setting(_ attribute: String, to value: String) -> Markup {
    var changed = self
    if let place = attributes.firstIndex(where: { $0.name == attribute }) {
      changed.attributes[place].value = value
    } else {
      changed.attributes.append(Attribute(name: attribute, value: value))
    }
    return changed
  }

  func replacingChildren(_ replacement: (Markup) -> Markup) -> Markup {
    var changed = self
    changed.children = children.map(replacement)
    return changed
  }

  /// With `element` in the place of all children of a name.
  func replacing(_ child: String, by element: Markup) -> Markup {
    var changed = without(child)
    changed.children.append(element)
    return changed
  }

  func without(_ child: String) -> Markup {
    var changed = self
    changed.children.removeAll { $0.name == child }
    return changed
  }

  /// The document with the declaration of QGIS files.
  var qgisDocument: Data {
    Data(("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + written(indent: "")).utf8)
  }

  /// The document with the declaration of XML.
  var document: Data { Data(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + written(indent: "")).utf8) }

  private func written(indent: String) -> String {
    let opening = indent + "<" + name + attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
    if children.isEmpty { return opening + (text.isEmpty ? "/>\n" : ">\(Self.escaped(text))</\(name)>\n") }
    return opening + ">\n" + children.map { $0.written(indent: indent + " ") }.joined() + indent + "</\(name)>\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // XML 1.0 has no other control characters.
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case _ where scalar.value < 32: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
