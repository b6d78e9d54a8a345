import Synchronization

extension GriddedRain {
  /// Opens NetCDF, HDF5 or Zarr with CF coordinates.
  ///
  /// Dimensions may stand in any order and run either way; latitude and longitude without a stated reference system are
  /// WGS 84. Spans come from the time's bounds, else from the catalogue's `stamp`. Times without a zone are UTC.
  ///
  /// - Parameter input: Where the files are.
  /// - Throws: `notFound` when no file fits, `malformed` for files without axes, times or units, and what opening throws.
  init(arrays input: RainInput) throws(RasterError) {
    var paths: [String] = []
    var names: [String] = []
    var layouts: [ArrayFields.Layout] = []
    var steps: [RainStep] = []
    var stamped: [StampedValue] = []
    var meaning: (unit: RainUnit, accumulation: RainAccumulation)?
    var damaged: [RainIrregularity] = []
    let wanted = try input.matches()
    for (_, matches) in wanted {
      for match in matches {
        let path = match.path
        let file = paths.count
        let before = layouts.last
        let found: ArrayFields.Found
        do {
          found = try ArrayStore.exclusively { () throws(RasterError) in
            try ArrayFields.look(path, input, named: match.unixSeconds(zone: input.zone ?? 0), before: before)
          }
        } catch {
          guard wanted.count > 1 || matches.count > 1, error.isDamage else { throw error }
          damaged.append(RainIrregularity(.damaged, file: path, subject: error.description))
          continue
        }
        if let meaning, meaning != found.meaning {
          throw .malformed(
            path: path, reason: "its unit differs from that of the files before", remedy: "give files of one unit")
        }
        meaning = found.meaning
        paths.append(path)
        names.append(found.name)
        layouts.append(found.layout)
        switch found.times {
        case .spans(let starts, let ends) where found.meaning.accumulation != .sinceMidnightUTC:
          for (index, span) in zip(starts, ends).enumerated() {
            steps.append(RainStep(file: file, index: index, start: span.0, end: span.1))
          }
        case .spans(_, let times), .stamps(let times):
          for (index, time) in times.enumerated() {
            stamped.append(StampedValue(file: file, index: index, unixSeconds: time))
          }
        }
      }
    }
    guard let meaning, let first = paths.first else { throw .noneReadable(damaged) }
    if meaning.accumulation == .meanRate, input.stamp == nil, !stamped.isEmpty {
      throw .malformed(
        path: first, reason: "its rates have times without bounds",
        remedy: "say which moment of a step they name: stamp: start, centre or end in the catalogue")
    }
    steps += try RainStep.spans(stamped, input.stamp ?? .end, path: first)
    let fields = ArrayFields(paths: paths, names: names, layouts: layouts)
    try self.init(
      input.format == .zarr ? "Zarr" : "NetCDF", fields, steps: steps, unit: meaning.unit,
      accumulation: meaning.accumulation, irregularities: damaged)
  }
}

/// Variables of array files.
private final class ArrayFields: RainFields {
  /// How the numbers of a variable lie on the Earth.
  struct Layout: Sendable {
    let raster: PlacedRaster
    let dimensions: Int
    let time: Int?
    let step: (place: Int, size: Int)?
    let merged: (place: Int, size: Int)?
    let y: Int
    let x: Int
    let xs: [Double]
    let ys: [Double]
    let definition: String
  }

  let paths: [String]
  private let names: [String]
  private let layouts: [Layout]
  /// The variables used last, the latest at the end; touched only under `ArrayStore.exclusively`.
  nonisolated(unsafe) private var open: [(file: Int, store: ArrayStore, array: StoredArray)] = []

  init(paths: [String], names: [String], layouts: [Layout]) {
    (self.paths, self.names, self.layouts) = (paths, names, layouts)
  }

  var settings: String { names.first.map { "\($0) \(layouts[0].definition)" } ?? "" }

  func raster(of step: RainStep) -> PlacedRaster { layouts[step.file].raster }

  func values(
    of step: RainStep, in raster: PlacedRaster, rows: Range<Int>, columns: Range<Int>
  ) throws(RasterError) -> [Float] {
    let layout = layouts[step.file]
    var start = [Int](repeating: 0, count: layout.dimensions)
    var count = [Int](repeating: 1, count: layout.dimensions)
    var strides = [Int](repeating: 0, count: layout.dimensions)
    let steps = layout.step?.size ?? 1
    if let time = layout.time { start[time] = step.index / steps }
    if let place = layout.step?.place { start[place] = step.index % steps }
    (start[layout.y], count[layout.y], strides[layout.y]) = (rows.lowerBound, rows.count, columns.count)
    (start[layout.x], count[layout.x], strides[layout.x]) = (columns.lowerBound, columns.count, 1)
    let (first, counts, distances) = (start, count, strides)
    return try ArrayStore.exclusively { () throws(RasterError) in
      let array = try variable(step.file)
      guard let merged = layout.merged else {
        return try array.read(start: first, count: counts, strides: distances).map { Float($0) }
      }
      // Each slice lacks what the other has: the first that is not missing counts.
      var result: [Float] = []
      for slice in 0..<merged.size {
        var start = first
        start[merged.place] = slice
        let values = try array.read(start: start, count: counts, strides: distances).map { Float($0) }
        result = result.isEmpty ? values : zip(result, values).map { $0.isNaN ? $1 : $0 }
      }
      return result
    }
  }

  /// The file's variable, opened unless it is among the last four.
  private func variable(_ file: Int) throws(RasterError) -> StoredArray {
    if let place = open.firstIndex(where: { $0.file == file }) {
      open.append(open.remove(at: place))
    } else {
      let store = try ArrayStore(paths[file])
      guard let array = store.array(names[file]) else {
        throw .cannotRead(path: paths[file], reason: "\(names[file]) is gone")
      }
      if open.count == 4 { open.removeFirst() }
      open.append((file, store, array))
    }
    return open[open.count - 1].array
  }
}

extension ArrayFields {
  fileprivate struct Found: Sendable {
    let name: String
    let layout: Layout
    let times: CFAxes.Times
    let meaning: (unit: RainUnit, accumulation: RainAccumulation)
  }

  /// What a file holds; files of one product share the layout of the one before.
  fileprivate static func look(
    _ path: String, _ input: RainInput, named: Int?, before: Layout?
  ) throws(RasterError) -> Found {
    let store = try ArrayStore(path)
    let array = try choose(in: store, input)
    let axes = try CFAxes(of: array, in: store, zone: input.zone ?? 0, named: named)
    let isMean = (array.text("cell_methods") ?? "").contains("time: mean")
    let meaning = try input.meaning(stated: array.unit, isMean: isMean, path: path)
    guard
      let definition = input.referenceSystem ?? array.referenceDefinition ?? (axes.isGeographic ? "EPSG:4326" : nil)
    else { throw .noReferenceSystem(path: path) }
    let layout: Layout
    if let before, before.xs == axes.xs, before.ys == axes.ys, before.definition == definition,
      before.dimensions == array.dimensions.count, before.time == axes.time, before.y == axes.y,
      before.step?.size == axes.step?.size, before.merged?.size == axes.merged?.size
    {
      layout = before
    } else {
      let reference = try SourceReference(definition, for: path, tokyoGrid: nil)
      var affine = try axes.affine(path: path)
      let (width, height) = (axes.xs.count, axes.ys.count)
      _ = affine.setRight(
        width: width, height: height, isGeographic: reference.isGeographic, registration: .asStated, isPoint: false)
      let a = affine
      let raster = try PlacedRaster(
        numbers: [Float](repeating: 0, count: width * height), width: width, height: height,
        geotransform: [a.x0, a.xPerColumn, a.xPerRow, a.y0, a.yPerColumn, a.yPerRow], referenceSystem: definition,
        name: path)
      layout = Layout(
        raster: raster, dimensions: array.dimensions.count, time: axes.time, step: axes.step, merged: axes.merged,
        y: axes.y, x: axes.x, xs: axes.xs, ys: axes.ys, definition: definition)
    }
    return Found(name: array.fullName, layout: layout, times: axes.times, meaning: meaning)
  }

  /// The array the catalogue names, or the only one in a unit of rain.
  private static func choose(in store: ArrayStore, _ input: RainInput) throws(RasterError) -> StoredArray {
    let fits: [String]
    if let wanted = input.variable {
      fits = store.names.filter { $0 == wanted || $0.hasSuffix("/" + wanted) }
    } else {
      fits = store.names.filter { name in
        guard let array = store.array(name), array.dimensions.count >= 2 else { return false }
        return RainUnit(array.unit) != nil
      }
    }
    guard fits.count == 1, let name = fits.first, let array = store.array(name) else {
      let what = input.variable.map { "an array \($0)" } ?? "one array in a unit of rain"
      throw .malformed(
        path: store.path, reason: "it does not have \(what) among \(store.names.joined(separator: ", "))",
        remedy: "name it as variable: in the catalogue")
    }
    return array
  }
}
