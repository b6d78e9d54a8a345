import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

@Suite struct AlignPolygonTests {
  private let grid = MeshGrid(south: 4_200, west: 2_720, height: 5, width: 6)
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func geoJSON(_ features: [(code: String, rings: [[[Double]]])]) throws -> String {
    let texts = features.map { feature in
      let rings = feature.rings.map { ring in
        "[" + ring.map { "[\($0[0]),\($0[1])]" }.joined(separator: ",") + "]"
      }
      return """
        {"type":"Feature","properties":{"soil":"\(feature.code)"},
         "geometry":{"type":"Polygon","coordinates":[\(rings.joined(separator: ","))]}}
        """
    }
    return try scratch.write(
      "{\"type\":\"FeatureCollection\",\"features\":[\(texts.joined(separator: ","))]}", to: "polygons.geojson")
  }

  /// Degrees of a place counted in cells from the grid's south-western corner.
  private func degrees(_ u: Double, _ v: Double) -> [Double] {
    [100 + (Double(grid.west) + u) / 80, (Double(grid.south) + v) / 120]
  }

  private func shares(_ path: String, _ legend: Legend, to cells: MeshGrid) throws -> (ClassShares, AlignmentReport) {
    let input = ClassInput.polygons([VectorInput(path)], attribute: "soil", legend)
    let (stack, report) = try alignStatic(StaticInputs(soil: input, minimumCoverage: 0), to: cells)
    return (stack.soil, report)
  }

  @Test func `a triangle, its hole and its rest share the cells exactly`() throws {
    let triangle = [degrees(0.5, 0.5), degrees(5.5, 0.5), degrees(0.5, 4.5), degrees(0.5, 0.5)]
    let hole = [degrees(1, 1), degrees(1, 2), degrees(2, 2), degrees(2, 1), degrees(1, 1)]
    let path = try geoJSON([("褐色森林土", [triangle, hole]), ("魔法の土", [hole])])
    let legend = Legend(path: "legend", classes: ["褐色森林土": 9])
    let (found, report) = try shares(path, legend, to: grid)
    let total = found.coverage.values.reduce(0.0) { $0 + Double($1) }
    #expect(abs(total - 10) < 1e-5)  // 5 x 4 / 2
    // Cell (1, 1) from the south-west is the hole; the cell at the corner has a quarter.
    #expect(found.unknown[3, 1] == 1 && found.majority[3, 1] == 0)
    #expect(abs(found.coverage[4, 0] - 0.25) < 1e-6 && found.majority[4, 0] == 9)
    #expect(found.coverage[0, 5] == 0 && found.majority[0, 5] == 0)
    #expect(report.entry("soil")?.unknownCodes == [AlignmentReport.UnknownCode(code: "魔法の土", count: 1)])
  }

  @Test func `random polygons have the area of brute force, in any window`() throws {
    var stream = RandomStream(seed: 21)
    for trial in 0..<5 {
      // A star around a point inside, so that the outline does not cross itself; direction either way.
      let corners = 5 + trial * 3
      var ring = (0..<corners).map { i in
        let (angle, radius) = (2 * Double.pi * Double(i) / Double(corners), 0.4 + 2 * stream.uniform())
        return degrees(3 + radius * cos(angle), 2.5 + radius * sin(angle))
      }
      if trial % 2 == 1 { ring.reverse() }
      let path = try geoJSON([("1", [ring + [ring[0]]])])
      let legend = Legend(path: "legend", classes: ["1": 1])
      let (whole, _) = try shares(path, legend, to: grid)
      let polygon = ring.map { SIMD2(($0[0] - 100) * 80, $0[1] * 120) }
      for index in 0..<grid.count {
        let code = grid.code(at: index)
        let expected = fanArea(of: polygon, column: code.column, row: code.row)
        #expect(abs(Double(whole.coverage.values[index]) - expected) < 1e-6)
        let cell = MeshGrid(south: code.row, west: code.column, height: 1, width: 1)
        #expect(try shares(path, legend, to: cell).0.coverage.values == [whole.coverage.values[index]])
      }
    }
  }

  /// Area in a cell as signed triangles from the first corner, each cut with the cell.
  private func fanArea(of polygon: [SIMD2<Double>], column: Int, row: Int) -> Double {
    var total = 0.0
    for i in 1..<polygon.count - 1 {
      let triangle = [polygon[0], polygon[i], polygon[i + 1]]
      let (a, b) = (triangle[1] - triangle[0], triangle[2] - triangle[0])
      let inside = shoelace(cut(triangle, toColumn: Double(column), row: Double(row)))
      total += a.x * b.y > a.y * b.x ? inside : -inside
    }
    return abs(total)
  }

  @Test(arguments: [
    // A bow tie, the same with a corner doubled, and a triangle drawn twice.
    [(1.0, 1.0), (2.0, 2.0), (2.0, 1.0), (1.0, 2.0)],
    [(1.0, 1.0), (1.0, 1.0), (2.0, 2.0), (2.0, 1.0), (1.0, 2.0)],
    [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0), (2.0, 1.0), (2.0, 2.0)],
  ])
  func `a ring that crosses itself counts with all its lobes, and is noticed`(corners: [(Double, Double)]) throws {
    let tie = (corners + [corners[0]]).map { degrees($0.0, $0.1) }
    let ground = [degrees(0, 0), degrees(6, 0), degrees(6, 5), degrees(0, 5), degrees(0, 0)]
    let path = try geoJSON([("tie", [tie]), ("ground", [ground])])
    let (found, report) = try shares(path, Legend(path: "legend", classes: ["tie": 1, "ground": 2]), to: grid)
    // Half a cell beside the whole one of the ground: parts of their sum.
    #expect(abs(found.shares.band(0)[3, 1] - 1 / 3) < 1e-6)
    #expect(abs(found.shares.band(1)[3, 1] - 2 / 3) < 1e-6)
    #expect(report.entry("soil")?.recognised.contains { $0.hasPrefix("1 polygons cross themselves") } == true)
  }

  @Test func `holes are taken away from a ring that crosses itself`() throws {
    let tie = [degrees(1, 1), degrees(3, 3), degrees(3, 1), degrees(1, 3), degrees(1, 1)]
    // Half in the western lobe, half outside of everything.
    let hole = [degrees(0.5, 1.9), degrees(1.5, 1.9), degrees(1.5, 2.1), degrees(0.5, 2.1), degrees(0.5, 1.9)]
    let path = try geoJSON([("tie", [tie, hole])])
    let (found, _) = try shares(path, Legend(path: "legend", classes: ["tie": 1]), to: grid)
    #expect(abs(found.coverage.values.reduce(0) { $0 + $1 } - 1.9) < 1e-6)
  }

  @Test func `cells are in an area by their centre, and neighbours share none`() throws {
    let left = [degrees(0, 0), degrees(3.5, 0), degrees(2.2, 5), degrees(0, 5), degrees(0, 0)]
    let right = [degrees(6, 0), degrees(6, 5), degrees(2.2, 5), degrees(3.5, 0), degrees(6, 0)]
    let path = try geoJSON([("west", [left]), ("east", [right])])
    let west = try AreaPolygons(VectorInput(path, attribute: "soil", values: ["west"])).cells
    let east = try AreaPolygons(VectorInput(path, filter: "soil = 'east'")).cells
    let (a, b) = (west.cropped(to: grid, fill: false).values, east.cropped(to: grid, fill: false).values)
    #expect(zip(a, b).allSatisfy { $0 != $1 })
    #expect(a[0..<6] == [true, true, false, false, false, false])
    #expect(try AreaPolygons(VectorInput(path)).cells.grid == grid)
    #expect(throws: RasterError.self) { try AreaPolygons(VectorInput(path, filter: "soil = 'north'")) }
    #expect(throws: RasterError.self) { try AreaPolygons(VectorInput(path, filter: "nonsense = 'north'")) }
  }

  @Test(.enabled(if: RealData.isPresent))
  func `Tottori has its cells and its outline`() throws {
    let input = VectorInput(
      RealData.path("japan-boundaries/n03_2021_prefectures_s0010.geojson.gz"), attribute: "N03_001", values: ["鳥取県"])
    let area = try AreaPolygons(input)
    let count = area.cells.values.count { $0 }
    // 3,507 km² at about 1.05 km² a cell.
    #expect((3_200...3_500).contains(count))
    #expect(area.boundary.allSatisfy { $0.allSatisfy { (133...135).contains($0.x) && (35...36).contains($0.y) } })
  }
}
