import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

@Suite struct PrefectureTests {
  @Test(arguments: [
    "31", "鳥取県", "鳥取", "tottori", "Tottori", "TOTTORI", " tottori ", "tottori-ken",
  ])
  func `Tottori is found by any of its names`(text: String) {
    #expect(Prefecture(text)?.code == 31)
  }

  @Test func `names that look alike are told apart`() {
    #expect(Prefecture("京都")?.code == 26)
    #expect(Prefecture("東京都")?.code == 13)
    #expect(Prefecture("kyoto-fu")?.code == 26)
    #expect(Prefecture("北海道")?.code == 1)
    #expect(Prefecture("1")?.code == 1 && Prefecture("01")?.code == 1)
    for wrong in ["", "0", "48", "031", "県", "tott", "5235", "京"] { #expect(Prefecture(wrong) == nil) }
  }

  @Test func `there are 47, in the order of their codes, each in Japan`() {
    #expect(Prefecture.all.map(\.code) == Array(1...47))
    #expect(Set(Prefecture.all.map(\.romaji)).count == 47)
    for prefecture in Prefecture.all {
      #expect(prefecture.south < prefecture.north && prefecture.west < prefecture.east)
      #expect(prefecture.south > 20 && prefecture.north < 46 && prefecture.west > 122 && prefecture.east < 154.1)
      #expect(Prefecture(prefecture.japaneseName) == prefecture)
      #expect(Prefecture(prefecture.shortJapaneseName) == prefecture)
      #expect(Prefecture(prefecture.twoDigits) == prefecture)
    }
  }

  @Test(.enabled(if: RealData.isPresent), arguments: Prefecture.all)
  func `the box of a prefecture holds its polygons, tightly`(prefecture: Prefecture) throws {
    let area = try AreaPolygons(
      VectorInput(
        RealData.path("japan-boundaries/n03_2021_prefectures_s0010.geojson.gz"), attribute: "N03_001",
        values: [prefecture.japaneseName]))
    let points = area.boundary.flatMap { $0 }
    let (west, east) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
    let (south, north) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    #expect(prefecture.west <= west && prefecture.east >= east && west - prefecture.west < 0.05)
    #expect(prefecture.south <= south && prefecture.north >= north && prefecture.north - north < 0.05)
    #expect(prefecture.grid.contains(area.cells.grid))
  }
}
