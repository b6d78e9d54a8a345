/// The axes of a CF array: which dimension is time, y and x, and their coordinates.
struct CFAxes {
  /// Place of the time dimension; `nil` where the array has one time and no dimension for it.
  let time: Int?
  /// Place and size of the dimension of forecast steps (cfgrib's `step`): times run over time, then step.
  let step: (place: Int, size: Int)?
  /// Place and size of a dimension whose slices complete each other (`expver` of ERA5: final and preliminary values).
  let merged: (place: Int, size: Int)?
  let y: Int
  let x: Int
  /// Centres.
  let ys: [Double]
  let xs: [Double]
  let isGeographic: Bool
  /// Spans or stamps of the times.
  let times: Times

  enum Times: Equatable {
    /// Unix seconds of both ends, from the bounds.
    case spans([Int], [Int])
    /// Unix seconds.
    case stamps([Int])
  }

  /// - Parameters:
  ///   - array: The variable.
  ///   - store: The file it lies in.
  ///   - zone: Seconds east of Greenwich of times without a zone.
  ///   - named: Unix seconds that the file's name tells, for an array without a time.
  /// - Throws: `malformed` when an axis is missing, irregular, or a dimension more has several values.
  init(of array: StoredArray, in store: ArrayStore, zone: Int, named: Int? = nil) throws(RasterError) {
    func fail(_ reason: String, _ remedy: String) -> RasterError {
      .malformed(path: store.path, reason: "\(array.name) \(reason)", remedy: remedy)
    }
    // Old HDF5 files name their dimensions in an attribute only.
    let stated = array.text("DimensionNames")?.split(separator: ",").map { String($0) } ?? []
    var (time, y, x): (Int?, Int?, Int?)
    var coordinates: [Int: StoredArray] = [:]
    for (place, dimension) in array.dimensions.enumerated() {
      let name = stated.count == array.dimensions.count ? stated[place] : dimension.name
      guard let variable = store.array(array.folder + name) ?? store.array("/" + name) else { continue }
      coordinates[place] = variable
      let role = Role(of: variable)
      if role == .time, time == nil { time = place }
      if role == .y, y == nil { y = place }
      if role == .x, x == nil { x = place }
    }
    let flat = y == nil && x == nil ? try FlatCoordinates(of: array, in: store) : nil
    if let flat { (y, x) = (flat.y, flat.x) }
    guard let y, let x else {
      throw fail(
        "has no coordinates of latitude and longitude (or y and x) along its dimensions "
          + array.dimensions.map(\.name).joined(separator: ", "), "regrid it to a regular grid, as cdo remapcon does")
    }
    var (step, merged): ((place: Int, size: Int)?, (place: Int, size: Int)?)
    for (place, dimension) in array.dimensions.enumerated()
    where place != y && place != x && place != time && dimension.size != 1 {
      switch dimension.name.lowercased() {
      case "step", "leadtime", "forecast_period": step = (place, dimension.size)
      case "expver": merged = (place, dimension.size)
      default:
        throw fail(
          "has \(dimension.size) values along \(dimension.name)",
          "each is rain of its own: split the file by them, as cdo splitdim does, and name the part wanted")
      }
    }
    (self.time, self.step, self.merged, self.y, self.x) = (time, step, merged, y, x)
    if let flat {
      (ys, xs, isGeographic) = (flat.ys, flat.xs, true)
    } else {
      ys = try coordinates[y]?.readAll() ?? []
      xs = try coordinates[x]?.readAll() ?? []
      isGeographic = [y, x].allSatisfy { coordinates[$0]?.unit.lowercased().hasPrefix("degree") ?? false }
    }
    let single = ["time", "valid_time"].lazy.compactMap { store.array(array.folder + $0) }.first
    guard let timeVariable = time.flatMap({ coordinates[$0] }) ?? single else {
      guard let named, step == nil else {
        throw fail(
          "has no time",
          "name the files by a template such as rain_{YYYY}{MM}{DD}{HH}.h5 ({YY} for two digits of the year), or give files with a CF "
            + "time coordinate")
      }
      times = .stamps([named])
      return
    }
    guard let step else {
      times = try Self.times(timeVariable, in: store, zone: zone)
      return
    }
    let count = (time.map { array.dimensions[$0].size } ?? 1) * step.size
    if let valid = store.array(array.folder + "valid_time"), valid.dimensions.reduce(1, { $0 * $1.size }) == count {
      times = try Self.times(valid, in: store, zone: zone)
    } else {
      times = try Self.times(timeVariable, steps: coordinates[step.place], count: step.size, in: store, zone: zone)
    }
  }

  /// Times of forecast steps: each start plus each lead.
  private static func times(
    _ starts: StoredArray, steps: StoredArray?, count: Int, in store: ArrayStore, zone: Int
  ) throws(RasterError) -> Times {
    guard let steps, case .stamps(let origins) = try times(starts, in: store, zone: zone),
      let clock = CFTime("\(steps.unit) since 1970-01-01"), case let leads = try steps.readAll(), leads.count == count
    else {
      throw .malformed(
        path: store.path, reason: "its forecast steps do not say how long they are",
        remedy: "write valid_time beside them, as cfgrib does")
    }
    let seconds = leads.compactMap { clock.unixSeconds($0) }
    guard seconds.count == leads.count else {
      throw .malformed(path: store.path, reason: "it has steps that are missing", remedy: "remove those steps")
    }
    return .stamps(origins.flatMap { origin in seconds.map { origin + $0 } })
  }

  private enum Role {
    case time, y, x, other

    init(of variable: StoredArray) {
      let unit = variable.unit.lowercased()
      let name = variable.name.lowercased()
      let standard = variable.text("standard_name") ?? ""
      let axis = variable.text("axis") ?? ""
      if unit.contains(" since ") {
        self = .time
      } else if unit.hasPrefix("degrees_n") || ["latitude", "projection_y_coordinate"].contains(standard) || axis == "Y"
        || ["lat", "latitude", "y"].contains(name)
      {
        self = .y
      } else if unit.hasPrefix("degrees_e") || ["longitude", "projection_x_coordinate"].contains(standard)
        || axis == "X"
        || ["lon", "longitude", "x"].contains(name)
      {
        self = .x
      } else {
        self = .other
      }
    }
  }

  /// Moments, Unix seconds, from 1901 to 2099: calendars by Julius and Gregory have the same leap years, so that a day counted in
  /// one from such a moment has the same date in the other. IMERG's times are said to be Julian.
  private static let sameLeapYears = -2_177_452_800.0...4_102_444_799

  private static func times(_ variable: StoredArray, in store: ArrayStore, zone: Int) throws(RasterError) -> Times {
    let calendar = (variable.text("calendar") ?? "standard").lowercased()
    guard ["standard", "gregorian", "proleptic_gregorian", "julian"].contains(calendar) else {
      throw .malformed(
        path: store.path, reason: "its calendar is \(calendar)", remedy: "give times of the Gregorian calendar")
    }
    guard let clock = CFTime(variable.unit, zone: zone),
      calendar != "julian" || Self.sameLeapYears.contains(clock.origin)
    else {
      throw .malformed(
        path: store.path, reason: "its times are in \"\(variable.unit)\"",
        remedy: "give seconds, minutes, hours or days since a moment")
    }
    func seconds(_ values: [Double]) throws(RasterError) -> [Int] {
      let whole = values.compactMap { clock.unixSeconds($0) }
      guard whole.count == values.count else {
        throw .malformed(path: store.path, reason: "it has times that are missing", remedy: "remove those steps")
      }
      return whole
    }
    let stamps = try seconds(try variable.readAll())
    guard let name = variable.text("bounds"), let bounds = store.array(variable.folder + name) else {
      return .stamps(stamps)
    }
    // Bounds are in the units of their variable; climatologists leave theirs out.
    let ends = try seconds(try bounds.readAll())
    guard ends.count == 2 * stamps.count else { return .stamps(stamps) }
    // Some give the last second of a step and not its end.
    return .spans(
      stamps.indices.map { ends[2 * $0] },
      stamps.indices.map { (ends[2 * $0 + 1] + 1) % 60 == 0 ? ends[2 * $0 + 1] + 1 : ends[2 * $0 + 1] })
  }
}

extension CFAxes {
  /// Pixel edges of both axes: centres must be evenly spaced, as far as 32-bit coordinates can say.
  func affine(path: String) throws(RasterError) -> PixelAffine {
    let across = try Self.spacing(xs, isGeographic, "x", path)
    let down = try Self.spacing(ys, isGeographic, "y", path)
    return PixelAffine(
      x0: across.edge, xPerColumn: across.step, xPerRow: 0, y0: down.edge, yPerColumn: 0, yPerRow: down.step)
  }

  private static func spacing(
    _ centres: [Double], _ isGeographic: Bool, _ axis: String, _ path: String
  ) throws(RasterError) -> (edge: Double, step: Double) {
    guard centres.count > 1, let first = centres.first, let last = centres.last else {
      throw .malformed(path: path, reason: "it has one row or column only", remedy: "give at least two of each")
    }
    var step = (last - first) / Double(centres.count - 1)
    let rounding = max(abs(first), abs(last)) * 0x1p-22
    let isRegular =
      step != 0
      && centres.indices.allSatisfy {
        abs(centres[$0] - first - Double($0) * step) < max(1e-3 * abs(step), rounding)
      }
    guard isRegular else {
      throw .malformed(
        path: path, reason: "its \(axis) coordinates are not evenly spaced", remedy: "regrid it, as cdo remapcon does")
    }
    var start = first
    if isGeographic {
      // Coordinates of 32 bits are some metres off: steps are whole parts of a degree or whole steps, edges half steps.
      let parts = (1 / abs(step)).rounded()
      let whole = parts >= 1 ? 1 / parts : abs(step).rounded()
      if abs(whole - abs(step)) * Double(centres.count) < 2 * rounding { step = step < 0 ? -whole : whole }
      let halves = (start / (step / 2)).rounded()
      if abs(halves * step / 2 - start) < 2 * rounding { start = halves * step / 2 }
    }
    return (start - step / 2, step)
  }
}
