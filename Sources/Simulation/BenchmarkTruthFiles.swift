import Foundation
import Mesh
package import Rasters

extension BenchmarkTruth {
  /// Writes `regions.csv`, `slopes.csv`, `failures.csv` and `water_table.nc`: enough to recompute every safety factor of
  /// the sample days; `failures.csv` has the lived years too.
  package func write(to folder: String) throws(RasterError) {
    try table(
      "region,redraws,wetness,delay_h,drainage_per_h,cohesion_offset_kpa",
      regions.map {
        "\($0.id),\($0.redraws),\($0.wetness),\($0.hydraulics.delay),\($0.hydraulics.drainage),\(cohesionOffset)"
      }, to: folder + "/regions.csv")
    try table(
      "region,slope,steepness_deg,depth_m,conductivity_mm_h,delay_h,drainage_per_h,porosity,weathered_cohesion_kpa,cohesion_kpa",
      regions.flatMap { region in
        region.slopes.enumerated().map { number, history in
          let slope = history.slope
          return "\(region.id),\(number),\(slope.steepness),\(slope.depth),\(slope.conductivity),\(slope.delay),"
            + "\(slope.drainage),\(slope.porosity),\(region.weatheredCohesion[number]),\(region.cohesion[number])"
        }
      }, to: folder + "/slopes.csv")
    try table(
      "region,slope,date,hour,water_table_m,cohesion_kpa",
      regions.flatMap { region in
        region.failures.map { failure in
          let history = region.slopes[failure.slope]
          return "\(region.id),\(failure.slope),\(livedFrom.advanced(by: failure.day)),\(history.hour[failure.day]),"
            + "\(history.waterTable[failure.day]),\(failure.cohesion)"
        }
      }, to: folder + "/failures.csv")
    guard let slopes = regions.first?.slopes, let days = slopes.first.map({ $0.waterTable.count - livedDays }) else {
      return
    }
    try ArrayFile.write(
      [
        NamedArray(
          "water_table", ["region", "slope", "day"],
          .float64(regions.flatMap { $0.slopes.flatMap { $0.waterTable.dropFirst(livedDays) } }),
          attributes: [
            ("long_name", .text("highest perched water table of the day")), ("units", .text("m")),
            ("first_day", .text(firstDay.description)),
          ], block: [1, slopes.count, days])
      ],
      dimensions: [
        ArrayDimension("region", regions.count), ArrayDimension("slope", slopes.count), ArrayDimension("day", days),
      ], to: folder + "/water_table.nc")
  }
}
