import Forecasting
import Foundation
import Neural
package import Rasters

/// What a file holds, whatever of ours or of JMA it is.
package enum Inspection: Encodable, Sendable {
  case grib(Grib2Inspection, path: String)
  case layers(LayerFileInspection)
  case model(ModelInspection)
  case samples(DatasetInfo)
  case tensors([String: String])
  case inventory(InventoryInspection)

  private static let inventoryEndings = [
    ".csv", ".tsv", ".txt", ".gpkg", ".shp", ".zip", ".geojson", ".json", ".gml", ".kml", ".fgb",
  ]

  /// Reads the file as what the end of its name says; what is nothing else is GRIB2.
  ///
  /// - Parameters:
  ///   - path: A real or virtual path.
  ///   - columns: Columns of an inventory.
  ///   - referenceSystem: Replaces an inventory's own.
  /// - Throws: `RasterError` when the file cannot be read as anything known.
  package init(
    of path: String, columns: InventoryColumns = InventoryColumns(), referenceSystem: String? = nil
  ) throws {
    let name = path.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if name.hasSuffix(".safetensors") || name.hasSuffix(".checkpoint") {
      let data = try PlainFile.contents(path)
      let metadata = try Safetensors(reading: data, path: path).metadata
      let format = metadata["format"] ?? ""
      if format.hasPrefix("lsmap model ") {
        self = .model(try ModelInspection(reading: data, path: path))
      } else if format.hasPrefix("lsmap samples ") {
        self = .samples(DatasetInfo(try SampleSet(reading: data, path: path), path: path, data: data))
      } else {
        self = .tensors(metadata)
      }
    } else if name.hasSuffix(".tif") || name.hasSuffix(".tiff") {
      self = .layers(try LayerFileInspection(of: path))
    } else if Self.inventoryEndings.contains(where: plain.hasSuffix) {
      self = .inventory(try InventoryInspection(of: path, columns: columns, referenceSystem: referenceSystem))
    } else {
      self = .grib(try describe(gribFile: path), path: path)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .grib(let inspection, _): try inspection.encode(to: encoder)
    case .layers(let inspection): try inspection.encode(to: encoder)
    case .model(let record): try record.encode(to: encoder)
    case .samples(let samples): try samples.encode(to: encoder)
    case .tensors(let metadata): try metadata.encode(to: encoder)
    case .inventory(let inventory): try inventory.encode(to: encoder)
    }
  }

  package var words: String {
    switch self {
    case .grib(let inspection, _): inspection.text
    case .layers(let inspection): inspection.words
    case .model(let model): model.words
    case .samples(let samples): samples.words
    case .inventory(let inventory): inventory.words
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
