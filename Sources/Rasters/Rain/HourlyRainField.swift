package import Mesh

/// A field that is the rain of one clock hour.
package struct HourlyRainField: Sendable {
  package let hour: JSTHour
  /// For an hour after the reference time.
  package let isForecast: Bool
  package let mosaic: Grib2Mosaic

  package var referenceTime: Grib2Moment { mosaic.product.referenceTime }

  /// mm in the hour on MESH3 cells; `NaN` where unknown.
  package func decode(on target: MeshGrid? = nil) throws(RasterError) -> Layer<Float> { try mosaic.decode(on: target) }

  /// The same at some cells only, one value a cell.
  package func decode(at cells: CellSet) throws(RasterError) -> [Float] { try mosaic.decode(at: cells) }
}

extension Grib2File {
  /// The hourly totals in the file that end on the hour, in its order.
  ///
  /// Totals are issued every 10 or 30 minutes and overlap: only those that end on the hour make the hours of a day. An
  /// intensity is never taken for a total, whatever time it stands for.
  ///
  /// - Returns: The hours; empty when the file's totals end between hours.
  /// - Throws: `malformed` when the file holds no hourly totals at all, saying what it holds instead, or when the times of a
  ///   total contradict each other.
  package func hourlyRain() throws(RasterError) -> [HourlyRainField] {
    let mosaics = self.mosaics
    let totals = mosaics.filter { $0.quantity == .rainTotal(minutes: 60) }
    guard !totals.isEmpty else {
      var held: [String] = []
      for mosaic in mosaics {
        let words = "\(mosaic.quantity.words(mosaic.product)) (category/parameter \(mosaic.product.code))"
        if !held.contains(words) { held.append(words) }
      }
      throw .malformed(
        path: path, reason: "holds no hourly rain totals but \(held.prefix(3).joined(separator: ", "))",
        remedy: "give the analysed rain (…Prr60lv…) or another product with totals of 60 minutes")
    }
    var result: [HourlyRainField] = []
    for mosaic in totals {
      guard let interval = mosaic.product.interval, interval.isConsistent else {
        throw mosaic.first.sections.product.malformed("gives a total whose start, length and end contradict each other")
      }
      guard let hour = JSTHour(endingAtUnixSeconds: interval.end.unixSeconds) else { continue }
      result.append(HourlyRainField(hour: hour, isForecast: mosaic.product.isForecast, mosaic: mosaic))
    }
    return result
  }
}

/// JMA's soil water index with the storages it is the sum of, mm.
package struct SoilWaterAnalysis: Sendable {
  package let validTime: Grib2Moment
  package let index: Layer<Float>
  package let firstTank: Layer<Float>
  package let secondTank: Layer<Float>
}

extension Grib2File {
  /// The soil water index and its tanks 1 and 2, as a warm start needs them; tank 3 is the rest.
  ///
  /// Levels of tank 2 carry a sign, dropped here: it tells whether the tank is falling (negative) or rising. In the analysis
  /// of 2017-08-07 17 UTC it turns where `0.12 T1 = 0.05 T2 + 0.05 (T2 − 15)⁺`, in 99 % of the 140,700 cells whose levels
  /// decide it, if level values are taken as upper edges; and index − tank 1 − |tank 2| is nowhere below zero beyond the
  /// width of the levels.
  ///
  /// - Parameter target: The cells wanted, `nil` for all.
  /// - Returns: The first analysis or forecast in the file.
  /// - Throws: `malformed` when one of the three fields is missing.
  package func soilWater(on target: MeshGrid? = nil) throws(RasterError) -> SoilWaterAnalysis {
    func first(_ quantity: Grib2Quantity, _ time: Grib2Moment?) throws(RasterError) -> Grib2Mosaic {
      guard
        let found = mosaics.first(where: { $0.quantity == quantity && (time == nil || $0.product.validTime == time) })
      else {
        throw .malformed(
          path: path, reason: "lacks a field that a warm start needs: \(quantity.words ?? "")",
          remedy: "give the soil water index product (…Psw…)")
      }
      return found
    }
    let index = try first(.soilWaterIndex, nil)
    let time = index.product.validTime
    let second = try first(.soilWaterTank(2), time).decode(on: target)
    return SoilWaterAnalysis(
      validTime: time ?? index.product.referenceTime, index: try index.decode(on: target),
      firstTank: try first(.soilWaterTank(1), time).decode(on: target), secondTank: second.map { abs($0) })
  }
}

extension Grib2Field {
  /// Place of the cells on the lattice.
  func lattice() throws(RasterError) -> EighthLattice {
    guard let lattice = try latitudeLongitudeGrid().lattice else {
      throw sections.grid.unsupported(
        "field \(index) lies on a grid whose cells do not fit MESH3 cells", remedy: "align it, as lsmap align does")
    }
    return lattice
  }
}
