import Foundation
package import Forecasting
import Neural
package import Rasters

/// What a file holds, whatever of ours or of JMA it is.
package enum Inspection: Encodable, Sendable {
  case grib(Grib2Inspection, path: String)
  case layers(LayerFileInspection)
  case model(ModelInspection)
  case tensors([String: String])

  /// Looks at the first bytes and reads the file as what it is.
  ///
  /// - Parameter path: A real or virtual path.
  /// - Throws: `RasterError` when the file cannot be read as anything known.
  package init(of path: String) throws {
    let name = path.lowercased()
    if name.hasSuffix(".safetensors") {
      guard let data = FileManager.default.contents(atPath: path) else { throw RasterError.notFound(path: path) }
      if let model = try? ModelFile(reading: data, path: path) {
        self = .model(ModelInspection(model.record))
      } else {
        self = .tensors(try Safetensors(reading: data, path: path).metadata)
      }
    } else if name.hasSuffix(".tif") || name.hasSuffix(".tiff") {
      self = .layers(try LayerFileInspection(of: path))
    } else {
      self = .grib(try describe(gribFile: path), path: path)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .grib(let inspection, _): try inspection.encode(to: encoder)
    case .layers(let inspection): try inspection.encode(to: encoder)
    case .model(let record): try record.encode(to: encoder)
    case .tensors(let metadata): try metadata.encode(to: encoder)
    }
  }

  package var words: String {
    switch self {
    case .grib(let inspection, _): inspection.text
    case .layers(let inspection): inspection.words
    case .model(let model): model.words
    case .tensors(let metadata):
      metadata.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.prefix(200))" }.joined(separator: "\n")
    }
  }

  /// Writes a field of a GRIB2 file as GeoTIFF.
  package func export(field: Int, to path: String) throws {
    guard case .grib(_, let source) = self else {
      throw RasterError.malformed(path: path, reason: "only fields of GRIB2 files are exported", remedy: "drop --out")
    }
    let fields = try Grib2File(source).fields
    guard fields.indices.contains(field) else {
      throw RasterError.malformed(
        path: source, reason: "no field \(field) among \(fields.count)",
        remedy: "give --field from 0 to \(fields.count - 1)")
    }
    try fields[field].exportGeoTIFF(path)
  }
}

/// A layer file in figures.
package struct LayerFileInspection: Codable, Sendable {
  package struct Band: Codable, Sendable {
    package let name: String
    package let cells: Int
    package let missing: Int
    package let lowest: Float?
    package let highest: Float?
    package let mean: Double?
  }

  package let path: String
  package let grid: String
  package let tags: [String: String]
  package let bands: [Band]

  package init(of path: String) throws(RasterError) {
    let file = try LayerFile.read(path)
    self.path = path
    grid = "\(file.stack.grid)"
    tags = file.tags
    bands = (0..<file.stack.bands).map { band in
      let known = file.stack.band(band).values.filter { !$0.isNaN }
      return Band(
        name: file.names[band], cells: file.stack.grid.count, missing: file.stack.grid.count - known.count,
        lowest: known.min(), highest: known.max(),
        mean: known.isEmpty ? nil : known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
    }
  }

  package var words: String {
    var lines = ["\(path): \(grid), MESH3, EPSG:6668"]
    for band in bands {
      let range = band.lowest.flatMap { low in band.highest.map { "\(low) to \($0), mean \(band.mean ?? .nan)" } }
      lines.append("  \(band.name): \(range ?? "no value"), \(band.missing) cells missing")
    }
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) where key != "AREA_OR_POINT" {
      lines.append("  \(key) = \(value)")
    }
    return lines.joined(separator: "\n")
  }
}

/// A model file in words: what it is, what its levels rest on, what it was trained on.
package struct ModelInspection: Codable, Sendable {
  package let title: String
  package let kind: ModelKind
  package let thresholds: ThresholdRecord
  package let calibration: CalibrationRecord
  package let training: TrainingRecord
  package let physics: PhysicsRecord
  package let tool: String

  init(_ record: ModelRecord) {
    title = record.title
    kind = record.kind
    thresholds = record.thresholds
    calibration = record.calibration
    training = record.training
    physics = record.physics
    tool = record.tool
  }

  var words: String {
    """
    \(title)
    kind: \(kind.rawValue)
    levels 2 to 5 from p = \(thresholds.levels.map { "\($0)" }.joined(separator: ", ")): \(thresholds.origin)
    calibration: \(calibration.origin)
    training: \(training.method), \(training.samples) samples, \(training.positives) positive
    made by \(tool)
    """
  }
}
