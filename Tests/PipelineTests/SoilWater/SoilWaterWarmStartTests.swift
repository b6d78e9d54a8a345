import Foundation
import Mesh
@testable import Pipeline
import Rasters
import SoilWater
import TestSupport
import Testing

private let product = "jma-grib2/Z__C_RJTD_20170807170000_SRF_GPV_Ggis1km_Psw_Aper10min_ANAL_grib2.bin"

/// Typhoon Noru over central Japan: first meshes 5235 to 5437.
private let grid = MeshGrid(south: 4_160, west: 2_800, height: 240, width: 240)

@Test(.enabled(if: RealData.isPresent))
func `tanks start from JMA's own soil water and run on`() throws {
  let file = try Grib2File(RealData.path(product))
  let analysis = try file.soilWater(on: grid)
  let hour = try #require(JSTHour(endingAtUnixSeconds: analysis.validTime.unixSeconds))
  #expect(hour == JSTHour("2017-08-08T02:00"))
  let start = SoilWaterRun.warmState(
    soilWaterIndex: analysis.index, tank1: analysis.firstTank, tank2: analysis.secondTank,
    at: CellSet(grid), on: hour.day)

  // The storages add up to JMA's index wherever it has one. Levels of the index are 5 to 10 mm wide below 60 mm: there
  // the two tanks may exceed it by half of that, and no third tank is left; above 60 mm (2 mm wide) they never do.
  var (compared, wettest, tooFar) = (0, 0, 0)
  for cell in 0..<grid.count where !analysis.index.values[cell].isNaN {
    compared += 1
    let excess = start.soilWaterIndex[cell] - analysis.index.values[cell]
    if abs(excess) > (analysis.index.values[cell] < 60 ? 5 : 1e-3) { tooFar += 1 }
    if start.surface[cell] > start.surface[wettest] || start.surface[wettest].isNaN { wettest = cell }
  }
  #expect(compared > 10_000 && tooFar == 0)

  // A dry hour from the wettest first tank, then the rest of the day.
  let scratch = try ScratchFolder()
  let run = SoilWaterRun(grid: grid, field: TankField(), stateFolder: scratch.path)
  let dry = LayerStack<Float>(grid: grid, bands: 24, filledWith: 0)
  let state = try run.warmStart(start, at: hour, rain: { _ in dry })
  var exact = TankStorage<Double>(
    surface: Double(start.surface[wettest]), middle: Double(start.middle[wettest]), deep: Double(start.deep[wettest]))
  for _ in 2..<24 { exact = advanceHour(exact, rain: 0, by: .nationwide) }
  #expect(abs(Double(state.soilWaterIndex[wettest]) - exact.total) < 0.01)
  let next = try run.run(
    hour.day.advanced(by: 1)...hour.day.advanced(by: 2), coldStart: hour.day, rain: { _ in dry })
  #expect(next.startedFrom == hour.day && next.worstFlag == .invalid)  // cells at sea start empty
}
