import Foundation
import Mesh
@testable import Pipeline
import Rasters
import TestSupport
import Testing

@Test(arguments: [false, true])
func `rain that was opened ahead is given as it was, and held only where a further run will ask`(keeping: Bool) throws {
  let folder = try ScratchFolder()
  let stations = try folder.write("id,lat,lon\nA,35.05,134.05\n", to: "stations.csv")
  let table = try folder.write("time_jst,A\n2023-08-15T01:00,1.5\n", to: "rain.csv")
  let input = RainInput(format: .stations, files: [table], stations: stations)
  let sources = RainSources(keeping: keeping)
  sources.openAhead(input)
  try FileManager.default.removeItem(atPath: table)
  #expect(try sources.source(input).hours == [#require(JSTHour("2023-08-15T01:00"))])
  if keeping {
    #expect(try sources.source(input).hours.count == 1)
  } else {
    #expect(throws: RasterError.self) { try sources.source(input) }
  }
}

@Test func `rain that cannot be opened says so when it is asked for, not ahead`() throws {
  let input = RainInput(format: .stations, files: ["/absent/rain.csv"], stations: "/absent/stations.csv")
  let sources = RainSources(keeping: false)
  sources.openAhead(input)
  #expect(throws: RasterError.self) { try sources.source(input) }
}
