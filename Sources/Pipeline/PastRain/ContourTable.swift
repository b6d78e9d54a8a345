import Foundation
import Mesh
import Rasters
import SoilWater

extension Project {
  /// Writes the contours of every unit as polylines in the plane of soil water and rain (METHOD 2.4), a corner a row.
  ///
  /// CSV: `unit` (code of its south-west cell), `latitude` and `longitude` of its middle, `cover`, `critical` (1 for the
  /// critical line of the area), `events_per_year` of the unit that reach the cover, `point` from 0, `swi_mm`, `rain_mm_h`.
  func writeContours(of climatology: Climatology, to path: String) throws(RasterError) {
    let critical = climatology.criticalLine().level
    let units = climatology.units
    var text = "unit,latitude,longitude,cover,critical,events_per_year,point,swi_mm,rain_mm_h\n"
    func decimals(_ value: Float, _ digits: Int) -> String { String(format: "%.\(digits)f", Double(value)) }
    for (place, unit) in climatology.members.enumerated() where unit.hasClimatology {
      let row = (units.south + place / units.width) * units.blockCells
      let column = (units.west + place % units.width) * units.blockCells
      let code = Mesh3Code(row: row, column: column)
      let middle = Double(units.blockCells) / 2
      let position = String(format: "%.6f,%.6f", (Double(row) + middle) / 120, 100 + (Double(column) + middle) / 80)
      let surface = climatology.surface(ofUnit: place)
      for line in climatology.contours(of: [place]) {
        let head =
          "\(code),\(position),\(line.level),\(line.level == critical ? 1 : 0),"
          + decimals(Float(line.exceedances), 3)
        for (number, point) in surface.contour(level: line.level).enumerated() {
          text += "\(head),\(number),\(decimals(point.soilWater, 2)),\(decimals(point.rain, 2))\n"
        }
      }
    }
    try writeAtomically(Data(text.utf8), to: path)
  }
}
