package import Foundation
import FoundationXML
import Mesh

/// A print layout as QGIS saves it (*Layout > Save as Template*, `.qpt`), before it knows a run: its labels name variables of the
/// project (`[% @lsmap_title %]`), its map has no view, its legend no layers.
package struct LayoutTemplate: Hashable, Sendable {
  let layout: Markup

  /// Why a template cannot serve, and what to do.
  package struct Fault: Error, Equatable {
    package let fact: String
    package let remedy: String
  }

  /// The program's own, `styles/layout.qpt`.
  package static let program: LayoutTemplate = {
    do { return try LayoutTemplate(Data(programText.utf8)) } catch { preconditionFailure("\(error)") }
  }()

  /// - Parameter document: Bytes of a `.qpt` file.
  /// - Throws: `Fault` for what is no layout, has no map, names a variable that no project has, or would print a map without its day
  ///   or without the notice that it is no official warning.
  package init(_ document: Data) throws(Fault) {
    let reading = MarkupReading()
    let parser = XMLParser(data: document)
    parser.delegate = reading
    guard parser.parse(), let root = reading.root else {
      throw Fault(fact: "it is no XML, line \(parser.lineNumber)", remedy: "save it again in QGIS (Save as Template)")
    }
    guard root.name == "Layout" else {
      throw Fault(
        fact: "\(root.name) is no print layout of QGIS", remedy: "save one in QGIS's layout window (Save as Template)")
    }
    layout = root
    guard largestMap != nil else {
      throw Fault(fact: "the layout has no map", remedy: "add one in QGIS's layout window")
    }
    let used = root.variables
    let known = LayoutVariable.allCases.map(\.rawValue)
    if let unknown = used.first(where: { $0.hasPrefix("lsmap_") && !known.contains($0) }) {
      throw Fault(
        fact: "no project has a variable @\(unknown)", remedy: "write one of @\(known.joined(separator: ", @"))")
    }
    func expect(_ variables: [LayoutVariable], _ fact: String) throws(Fault) {
      guard variables.allSatisfy({ !used.contains($0.rawValue) }) else { return }
      throw Fault(fact: fact, remedy: "add a label with [% @\(variables[0].rawValue) %]")
    }
    try expect([.title, .date], "the layout does not say its day")
    try expect([.notice, .noticeEnglish, .noticeJapanese], "the layout does not say that it is no official warning")
  }

  /// The layout of a run: the largest map shows the view, shrunk to its shape; legends list the layers; bars count round lengths.
  func filled(view: MeshGrid, layers: [QGISLayer]) -> Markup {
    guard let map = largestMap else { return layout }
    let identifier = map["uuid"] ?? ""
    let frame = map.size.fitting(
      (view.eastLongitude - view.westLongitude) / (view.northLatitude - view.southLatitude))
    let kilometres = MapFrame.kilometres(of: view).x / frame.width
    return layout.replacingChildren { item in
      switch LayoutItem(rawValue: item["type"] ?? "") {
      case .map where item == map:
        item.setting("size", to: frame.text).replacing("Extent", by: view.extent()).without("LayerSet")
          .setting("keepLayerSet", to: "false")
      case .map: item.without("LayerSet").setting("keepLayerSet", to: "false")
      case .legend: item.replacing("layer-tree-group", by: Self.tree(of: layers))
      case .scaleBar where (item["mapUuid"] ?? identifier) == identifier && item["unitType"] == "km":
        item.setting("numUnitsPerSegment", to: Self.segment(of: item, kilometres: kilometres))
      case .scaleBar, nil: item
      }
    }
  }

  /// Kilometres of a segment, so that the bar fills at most three quarters of its box with a round length.
  private static func segment(of bar: Markup, kilometres: Double) -> String {
    let segments = Double(bar["numSegments"] ?? "").flatMap { (1...100).contains($0) ? $0 : nil } ?? 2
    return decimals(roundLength(upTo: kilometres * bar.size.width * 0.75) / segments, 2)
  }

  private static func tree(of layers: [QGISLayer]) -> Markup {
    Markup("layer-tree-group", [Markup("customproperties")] + layers.map { $0.treeEntry(isShown: true) })
  }

  private var largestMap: Markup? {
    layout.children.filter { $0["type"] == LayoutItem.map.rawValue && $0.size.area > 0 }.max {
      $0.size.area < $1.size.area
    }
  }
}

/// Kinds of items by the numbers that QGIS gives them.
private enum LayoutItem: String {
  case map = "65639"
  case legend = "65642"
  case scaleBar = "65646"
}

/// Width and height of an item, `195.00,160.00,mm`, in millimetres.
private struct ItemSize {
  var width = 0.0
  var height = 0.0

  var area: Double { width * height }
  var text: String { "\(decimals(width, 2)),\(decimals(height, 2)),mm" }

  /// The largest of a shape within it: what QGIS itself makes of a frame of another shape.
  func fitting(_ shape: Double) -> ItemSize {
    shape > width / height
      ? ItemSize(width: width, height: width / shape) : ItemSize(width: height * shape, height: height)
  }
}

extension Markup {
  /// Nothing where an item has no size that paper could have.
  fileprivate var size: ItemSize {
    let millimetres = ["mm": 1, "cm": 10, "m": 1_000, "in": 25.4, "ft": 304.8, "pt": 25.4 / 72, "pc": 25.4 / 6]
    let parts = (self["size"] ?? "").split(separator: ",")
    guard parts.count == 3, let width = Double(parts[0]), let height = Double(parts[1]),
      let unit = millimetres[String(parts[2])], (0.1...10_000).contains(width * unit),
      (0.1...10_000).contains(height * unit)
    else { return ItemSize() }
    return ItemSize(width: width * unit, height: height * unit)
  }

  /// Names behind an `@` anywhere within.
  fileprivate var variables: Set<String> {
    let texts = attributes.map(\.value) + [text]
    return children.reduce(into: Set(texts.flatMap { $0.matches(of: /@([A-Za-z_]\w*)/).map { String($0.1) } })) {
      $0.formUnion($1.variables)
    }
  }
}

/// Elements as the parser meets them.
private final class MarkupReading: NSObject, XMLParserDelegate {
  private(set) var root: Markup?
  private var open: [Markup] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    // The parser does not tell their order.
    open.append(Markup(named: name, attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, []))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard var element = open.popLast() else { return }
    if !element.children.isEmpty || element.text.allSatisfy(\.isWhitespace) { element.text = "" }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }
}
