import Foundation

/// An XML element in the making; attributes keep their order, so that the same element gives the same bytes.
struct Markup: Sendable {
  let name: String
  let attributes: [(name: String, value: String)]
  let text: String
  let children: [Markup]

  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "", _ children: [Markup] = []
  ) {
    self.init(named: name, attributes.map { ($0.key, $0.value) }, text: text, children)
  }

  /// For attributes that are computed.
  init(named name: String, _ attributes: [(String, String)], text: String = "", _ children: [Markup]) {
    self.name = name
    self.attributes = attributes.map { (name: $0.0, value: $0.1) }
    self.text = text
    self.children = children
  }

  init(_ name: String, _ children: [Markup]) { self.init(name, [:], children) }

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
