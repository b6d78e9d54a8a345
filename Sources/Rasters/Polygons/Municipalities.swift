package import Mesh

/// A municipality as the administrative boundaries of 国土数値情報 (N03) give it, as far as it lies on a grid.
package struct Municipality: Sendable {
  /// Of five digits, `31201`; empty where the file has none.
  package let code: String
  package let prefecture: String
  /// `広島市中区`, `智頭町`.
  package let name: String
  /// Each an outline and its holes, longitude and latitude in degrees.
  package fileprivate(set) var polygons: [[[SIMD2<Double>]]] = []
  /// Row-major indices of its cells on the grid, rising; a cell belongs to one municipality.
  package fileprivate(set) var cells: [Int] = []
}

/// The municipalities of a grid, in the order of the file.
///
/// A cell belongs to the municipality that holds its centre; an island that holds no centre has the cell that holds most of
/// it, unless that is another's.
///
/// - Parameters:
///   - file: Polygons with the attributes of N03 as they come, of any year.
///   - grid: The cells.
/// - Returns: Those with a cell on the grid; `nil` where the file has no names of municipalities (`N03_004`).
package func municipalities(of file: BoundaryFile, on grid: MeshGrid) -> [Municipality]? {
  guard file.namesMunicipalities, let columns = MunicipalityColumns(file.fields) else { return nil }
  var found: [Municipality] = []
  var placeOf: [String: Int] = [:]
  var owner = [Int](repeating: -1, count: grid.count)
  var islands: [(town: Int, cell: Int)] = []
  for feature in file.features {
    let texts = columns.places.map { feature.texts[$0] }
    let near = feature.polygons.compactMap { polygon in polygon.box.intersection(grid).map { (polygon, $0) } }
    guard !near.isEmpty, !texts[4].isEmpty else { continue }
    let town = columns.municipality(texts)
    let key = [town.prefecture, town.code, town.name].joined(separator: "/")
    let place = placeOf[key] ?? found.count
    if place == found.count {
      placeOf[key] = place
      found.append(town)
    }
    for (polygon, box) in near {
      found[place].polygons.append(polygon.degrees)
      var inside = Layer<UInt8>(grid: box, filledWith: 0)
      markCellsInside(polygon, on: &inside)
      for (cell, mark) in inside.values.enumerated() where mark == 1 {
        if let index = grid.index(of: box.code(at: cell)), owner[index] < 0 { owner[index] = place }
      }
      if let cell = polygon.cellOfSmallIsland, let index = grid.index(of: Mesh3Code(row: cell.y, column: cell.x)) {
        islands.append((place, index))
      }
    }
  }
  for (town, cell) in islands where owner[cell] < 0 { owner[cell] = town }
  for (cell, town) in owner.enumerated() where town >= 0 { found[town].cells.append(cell) }
  return found.filter { !$0.cells.isEmpty }
}

extension BoundaryFile {
  /// Whether it has names of municipalities: boundaries of prefectures alone may have the column and nothing in it.
  package var namesMunicipalities: Bool {
    guard let name = MunicipalityColumns(fields)?.places.last else { return false }
    return features.contains { !$0.texts[name].isEmpty }
  }
}

/// Where a file of N03 keeps what is wanted: years differ in the wards of cities.
private struct MunicipalityColumns {
  /// Code, prefecture, city or county, ward, municipality; those that the file lacks repeat the last.
  let places: [Int]
  private let known: [Bool]

  init?(_ fields: [String]) {
    let names = fields.map { $0.uppercased() }
    guard let town = names.firstIndex(of: "N03_004") else { return nil }
    let optional = ["N03_007", "N03_001", "N03_003", "N03_005"].map { names.firstIndex(of: $0) }
    known = optional.map { $0 != nil }
    places = optional.map { $0 ?? town } + [town]
  }

  /// Until 2023 a ward stands in N03_004 with its city in N03_003, later in N03_005 with its city in N03_004.
  func municipality(_ texts: [String]) -> Municipality {
    func text(_ place: Int) -> String { known[place] ? texts[place] : "" }
    let city = text(2).hasSuffix("市") ? text(2) : ""
    return Municipality(code: text(0), prefecture: text(1), name: city + texts[4] + text(3))
  }
}

extension LatticePolygon {
  /// The cells that the outline's bounding box touches.
  fileprivate var box: MeshGrid {
    let points = rings.first ?? []
    guard let first = points.first else { return MeshGrid(south: 0, west: 0, height: 1, width: 1) }
    let low = points.reduce(first) { pointwiseMin($0, $1) }.rounded(.down)
    let high = points.reduce(first) { pointwiseMax($0, $1) }.rounded(.down)
    let (south, west) = (Int(saturating: low.y), Int(saturating: low.x))
    return MeshGrid(
      south: south, west: west, height: Int(saturating: high.y) - south + 1, width: Int(saturating: high.x) - west + 1)
  }
}
