import CGDALCalls
import Synchronization

extension GriddedRain {
  /// Opens raw binaries that a GrADS control file describes, and GSMaP's hourly files, with or without it.
  ///
  /// Values below zero are marks of missing ones, as GSMaP has them (-4, -8, -99), and so is `UNDEF`. Times are UTC.
  ///
  /// - Parameter input: `.ctl` files, or a template of GSMaP's `gsmap_*.dat.gz`.
  /// - Throws: `notFound` when no file fits, `malformed` for what is not read here.
  init(grads input: RainInput) throws(RasterError) {
    var files: [GradsFields.File] = []
    var steps: [StampedValue] = []
    var meaning: (unit: RainUnit, accumulation: RainAccumulation)?
    for pattern in input.files {
      for (control, path) in try Self.controls(pattern) {
        let variable = try control.variable(input, path: path)
        let own = try input.meaning(
          stated: control.unit(of: variable), isMean: false, path: path)
        if let meaning, meaning != own {
          throw .malformed(
            path: path, reason: "its unit differs from that of the files before", remedy: "give files of one unit")
        }
        meaning = own
        let matches = [control.files, control.files + ".gz"].flatMap { name in
          FileTemplate(name).matches().filter { lsmap_path_exists($0.path) != 0 }
        }
        guard !matches.isEmpty else { throw .notFound(path: control.files) }
        for match in matches {
          guard let start = match.unixSeconds(zone: 0) ?? control.origin else {
            throw .malformed(
              path: match.path, reason: "does not say its time", remedy: "name files by {YYYY}{MM}{DD} and {HH}")
          }
          for place in 0..<control.timesPerFile {
            steps.append(
              StampedValue(file: files.count, index: place, unixSeconds: start + place * control.secondsPerTime))
          }
          files.append(GradsFields.File(path: match.path, control: control, variable: variable))
        }
      }
    }
    guard let meaning, let first = files.first else { throw .notFound(path: input.files.first ?? "rain") }
    if meaning.accumulation == .meanRate, input.stamp == nil {
      throw .malformed(
        path: first.path, reason: "its rates have times without bounds",
        remedy: "say which moment of a step they name: stamp: start (GSMaP), centre or end in the catalogue")
    }
    try self.init(
      "GrADS binary", try GradsFields(files, input),
      steps: try RainStep.spans(steps, input.stamp ?? .end, path: first.path),
      unit: meaning.unit, accumulation: meaning.accumulation)
  }

  private static func controls(_ pattern: String) throws(RasterError) -> [(GradsControl, path: String)] {
    guard pattern.lowercased().hasSuffix(".ctl") else {
      guard pattern.split(separator: "/").last?.lowercased().hasPrefix("gsmap_") ?? false else {
        throw .malformed(
          path: pattern, reason: "is raw binary without a word about itself",
          remedy: "name its control file (.ctl) in files")
      }
      return [(GradsControl(gsmap: pattern.hasSuffix(".gz") ? String(pattern.dropLast(3)) : pattern), pattern)]
    }
    let paths = FileTemplate(pattern).matches().map(\.path)
    guard !paths.isEmpty else { throw .notFound(path: pattern) }
    var found: [(GradsControl, path: String)] = []
    for path in paths { found.append((try GradsControl(reading: path), path)) }
    return found
  }
}

extension GradsControl {
  /// `[mm/hr]` of a description; `nil` where it names none.
  fileprivate func unit(of place: Int) -> String? {
    let text = variables[place].description
    guard let open = text.lastIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return nil }
    return String(text[text.index(after: open)..<close])
  }

  /// Place of the variable that the catalogue names, or of the only one, or of the only one in a unit of rain.
  fileprivate func variable(_ input: RainInput, path: String) throws(RasterError) -> Int {
    let fits =
      if let wanted = input.variable {
        variables.indices.filter { variables[$0].name.lowercased() == wanted.lowercased() }
      } else if variables.count == 1 {
        [0]
      } else {
        variables.indices.filter { unit(of: $0).flatMap { RainUnit($0) } != nil }
      }
    guard fits.count == 1, let place = fits.first else {
      throw .malformed(
        path: path, reason: "does not have one variable of rain among \(variables.map(\.name).joined(separator: ", "))",
        remedy: "name it as variable: in the catalogue")
    }
    return place
  }
}

/// Fields of raw binaries; the file read last is kept, unpacked.
private final class GradsFields: RainFields {
  struct File: Sendable {
    let path: String
    let control: GradsControl
    let variable: Int
  }

  private let files: [File]
  private let rasters: [PlacedRaster]
  let settings: String
  private let last = Mutex<(file: Int, bytes: [UInt8])?>(nil)

  var paths: [String] { files.map(\.path) }

  init(_ files: [File], _ input: RainInput) throws(RasterError) {
    self.files = files
    let system = input.referenceSystem ?? "EPSG:4326"
    var rasters: [PlacedRaster] = []
    for file in files {
      if let before = rasters.last, files[rasters.count - 1].control.isPlaced(as: file.control) {
        rasters.append(before)
      } else {
        rasters.append(try file.control.raster(system, name: file.path))
      }
    }
    self.rasters = rasters
    settings = "\(files.map(\.variable).first ?? 0) \(system)"
  }

  func raster(of step: RainStep) -> PlacedRaster { rasters[step.file] }

  func values(
    of step: RainStep, in raster: PlacedRaster, rows: Range<Int>, columns: Range<Int>
  ) throws(RasterError) -> [Float] {
    let file = files[step.file]
    let control = file.control
    return try last.withLock { (last) throws(RasterError) in
      if last?.file != step.file {
        let bytes = try VirtualFile.bytes(of: file.path, limit: 2 * control.fileBytes)
        guard bytes.count == control.fileBytes else {
          throw .damaged(file.path, "has \(bytes.count) bytes, its grid asks for \(control.fileBytes)")
        }
        last = (step.file, bytes)
      }
      var values: [Float] = []
      values.reserveCapacity(rows.count * columns.count)
      let start = (step.index * control.variables.count + file.variable) * control.fieldBytes
      (last?.bytes ?? []).withUnsafeBytes { bytes in
        for row in rows {
          for column in columns {
            let bits = bytes.loadUnaligned(fromByteOffset: start + 4 * (row * control.width + column), as: UInt32.self)
            let value = Float(bitPattern: control.isBigEndian ? UInt32(bigEndian: bits) : UInt32(littleEndian: bits))
            values.append(value < 0 || value == control.undefined || !value.isFinite ? .nan : value)
          }
        }
      }
      return values
    }
  }
}

extension GradsControl {
  fileprivate func isPlaced(as other: GradsControl) -> Bool {
    width == other.width && height == other.height && first == other.first && step == other.step
  }

  fileprivate func raster(_ system: String, name: String) throws(RasterError) -> PlacedRaster {
    let reference = try SourceReference(system, for: name, tokyoGrid: nil)
    var affine = PixelAffine(
      x0: first.x - step.x / 2, xPerColumn: step.x, xPerRow: 0, y0: first.y - step.y / 2, yPerColumn: 0, yPerRow: step.y
    )
    _ = affine.setRight(
      width: width, height: height, isGeographic: reference.isGeographic, registration: .asStated, isPoint: false)
    let a = affine
    return try PlacedRaster(
      numbers: [Float](repeating: 0, count: width * height), width: width, height: height,
      geotransform: [a.x0, a.xPerColumn, a.xPerRow, a.y0, a.yPerColumn, a.yPerRow], referenceSystem: system, name: name)
  }
}
