import Mesh
import Testing

@Test(arguments: [
  (35.681236, 139.767125, "53394611"), (35.1186, 139.0790, "52395046"), (34.3853, 132.4553, "51324366"),
  (26.2124, 127.6809, "39272554"),
])
func `known places have known codes`(latitude: Double, longitude: Double, expected: String) {
  #expect(Mesh3Code(latitude: latitude, longitude: longitude)?.description == expected)
}

@Test func `Tokyo station has the row and column of the 1-km grid`() throws {
  let code = try #require(Mesh3Code("53394611"))
  #expect(5_759 - code.row == 1_478)
  #expect(code.column - 1_440 == 1_741)
}

@Test func `every code of a first mesh reads back as itself and its centre lies in it`() throws {
  let grid = try #require(MeshCodePrefix("5339")).grid
  for index in 0..<grid.count {
    let code = grid.code(at: index)
    #expect(Mesh3Code(code.description) == code)
    #expect(Mesh3Code(latitude: code.centreLatitude, longitude: code.centreLongitude) == code)
    #expect(Mesh3Code(latitude: code.southLatitude, longitude: code.westLongitude) == code)
    #expect(grid.index(of: code) == index)
  }
}

@Test(arguments: ["5339461", "533946111", "53398611", "53394811", "5339461x", "", "５３３９４６１１"])
func `what is not a code is refused`(text: String) {
  #expect(Mesh3Code(text) == nil)
}
