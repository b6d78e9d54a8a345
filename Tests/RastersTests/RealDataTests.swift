import TestSupport
import Testing

@Test(.enabled(if: RealData.stated != nil, "LSMAP_DATA is not set"))
func `the real data is where the environment says it is`() throws {
  let stated = try #require(RealData.stated)
  #expect(RealData.isPresent, "LSMAP_DATA names \(stated), which does not exist: its tests would be skipped")
}
