import Mesh
import Rasters

extension Recogniser {
  /// GRIB2 of JMA, packed or not: analysed rain, forecasts, and what else the agency makes.
  static let grib2 = Recogniser(
    name: "JMA GRIB2",
    mayBe: { group in
      let start = FileSignature.firstBytes(of: group.first, count: 4) ?? []
      return start.elementsEqual("GRIB".utf8)
        || ["xz", "tar", "gz"].contains(group.ending) && group.hints(at: "grib", "z__c_rjtd")
    }
  ) { group in
    let fields = try describe(gribFile: group.first, statistics: false).fields
    let what = Set(fields.map(\.what)).sorted().joined(separator: ", ")
    let place = Set(fields.compactMap { $0.grid?.cells }).sorted().joined(separator: ", ")
    var input = RainInput(format: .grib2, files: [group.glob])
    let words = "JMA GRIB2: \(what)" + (place.isEmpty ? "" : ", \(place)")
    guard fields.contains(where: { $0.hour != nil }) else {
      var found = FoundInput(.other, group, words)
      let isStart = fields.contains { $0.what == Grib2Quantity.soilWaterIndex.words }
      found.remarks = [
        isStart ? "lsmap soilwater run --warm-start takes it" : "no hourly totals of rain: no input of a run"
      ]
      return found
    }
    var source = try? openRainSource(input)
    var role = FoundInput.Role.rain
    if source?.hours.isEmpty ?? true {
      input.usesForecasts = true
      (source, role) = (try openRainSource(input), .forecastRain)
    }
    var found = FoundInput(role, group, words)
    found.credit = "気象庁"
    found.tell(try source ?? openRainSource(input), of: input)
    return found
  }

  /// NetCDF, HDF5 and Zarr with rain in them.
  static let arrays = Recogniser(
    name: "arrays of rain", mayBe: { $0.ends(in: "nc", "nc4", "h5", "hdf5", "he5", "zarr", "cdf", "") },
    recognise: rainArrays)

  /// What no reader of vectors knows: the climate data store packs NetCDF in zips.
  static let arraysAgain = Recogniser(
    name: "packed arrays of rain", mayBe: { $0.ends(in: "zip") }, recognise: rainArrays)

  /// Raw binaries with a control file of GrADS, and GSMaP's, which are handed out without.
  static let binaries = Recogniser(
    name: "raw binaries of rain",
    mayBe: { $0.ends(in: "ctl") || $0.name.hasPrefix("gsmap_") && $0.name.contains(".dat") }
  ) { group in
    let isGSMaP = group.name.hasPrefix("gsmap")
    let input = RainInput(
      format: .grads, files: [group.ending == "ctl" ? group.glob : group.template ?? group.glob],
      accumulation: .meanRate,
      stamp: isGSMaP ? .start : nil)
    let source = try openRainSource(input)
    var found = FoundInput(.rain, group, "\(isGSMaP ? "GSMaP" : source.name): hourly mean rates")
    found.tell(source, of: input)
    if isGSMaP { found.credit = "JAXA GSMaP" }
    return found
  }

  /// What must be said of products whose files do not say it, by the name of their variable.
  private struct Product {
    let what: String
    let variable: String?
    let accumulation: RainAccumulation?
    let stamp: RainStamp?
  }

  /// In the order they are tried: the first that opens is it.
  private static let products = [
    Product(what: "rain", variable: nil, accumulation: nil, stamp: nil),
    Product(
      what: "totals that run on from 00 UTC (ERA5-Land)", variable: nil, accumulation: .sinceMidnightUTC, stamp: nil),
    Product(what: "IMERG, mean rates", variable: "precipitation", accumulation: .meanRate, stamp: nil),
    Product(what: "IMERG V06, mean rates", variable: "precipitationCal", accumulation: .meanRate, stamp: nil),
    Product(what: "CMORPH, mean rates", variable: "cmorph", accumulation: .meanRate, stamp: nil),
    Product(what: "GSMaP, mean rates", variable: "hourlyPrecipRate", accumulation: .meanRate, stamp: .start),
    Product(what: "MSM of Kyoto RISH, rain of the hour before", variable: "r1h", accumulation: .meanRate, stamp: .end),
  ]

  @Sendable private static func rainArrays(_ group: FileGroup) throws -> FoundInput? {
    let isZarr = group.first.lowercased().hasSuffix(".zarr") || group.ending.isEmpty
    var trouble: RasterError?
    for product in products {
      for files in product.stamp == .start ? [group.template].compactMap({ $0 }) : [group.glob] {
        let input = RainInput(
          format: isZarr ? .zarr : .netcdf, files: [files], variable: product.variable,
          accumulation: product.accumulation,
          stamp: product.stamp)
        do throws(RasterError) {
          let source = try openRainSource(input)
          if product.accumulation == nil, try source.runsOn() { continue }
          var found = FoundInput(.rain, group, "\(source.name): \(product.what)")
          found.tell(source, of: input)
          return found
        } catch { trouble = trouble ?? error }
      }
    }
    if let trouble { throw trouble }
    return nil
  }
}

extension FoundInput {
  /// What an opened source of rain holds, and the keys that opened it.
  mutating func tell(_ source: any RainSource, of input: RainInput) {
    hours = source.hours
    weight = hours.count
    if let first = hours.first, let last = hours.last { period = "\(first.words) to \(last.words)" }
    keys = [("format", input.format.rawValue), ("files", input.files[0])]
    if let variable = input.variable { keys.append(("variable", variable)) }
    if let units = input.units { keys.append(("units", units)) }
    if let accumulation = input.accumulation { keys.append(("accumulation", accumulation.rawValue)) }
    if let stamp = input.stamp { keys.append(("stamp", stamp.rawValue)) }
    remarks += RainIrregularity.summed(source.irregularities).map(\.sentence)
  }
}

extension RainSource {
  /// Whether days of it look like totals since an hour of the day, along a line through the middle of Japan.
  fileprivate func runsOn() throws(RasterError) -> Bool {
    let line = MeshGrid(south: 4_260, west: 2_400, height: 1, width: 880)
    let days = Set(hours.map(\.day)).sorted().prefix(10)
    for day in days {
      var signs = RainSigns(day, wanted: Array(0..<line.count))
      for hour in day.hours {
        if let field = try field(ending: hour, on: line) { signs.add(field.rain.values[...]) }
      }
      if signs.findings(source: name).contains(where: { $0.kind == .runningTotals }) { return true }
    }
    return false
  }
}
