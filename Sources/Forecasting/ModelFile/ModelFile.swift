package import Foundation
import Neural
import SoilWater

/// A model: a header that is the same for every method, and a payload that its method owns, in one safetensors file that
/// Python reads too.
package struct ModelFile: Sendable, Equatable {
  package static let formatVersion = "lsmap model 3"

  package var header: ModelHeader
  package var payload: ModelPayload

  package init(header: ModelHeader, payload: ModelPayload) {
    self.header = header
    self.payload = payload
  }

  /// The bytes of the file: the same model gives the same bytes.
  package func encoded() -> Data {
    let metadata = header.metadata.merging(payload.settings) { header, _ in header }
    return Safetensors(payload.tensors, metadata: metadata.merging(["format": Self.formatVersion]) { $1 }).encoded
  }

  /// Reads a model and checks format and header; `Forecaster` lets the method check the payload.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - path: Its name, for the error.
  /// - Throws: The first thing that is wrong.
  package init(reading data: Data, path: String) throws(ForecastError) {
    let file: Safetensors
    do {
      file = try Safetensors(reading: data, path: path)
    } catch {
      switch error {
      case .badTensorFile(_, let reason): throw .notAModel(path: path, reason: reason)
      }
    }
    guard let format = file.metadata["format"], format.hasPrefix("lsmap model ") else {
      throw .notAModel(path: path, reason: "a safetensors file of something else")
    }
    guard format == Self.formatVersion else { throw .otherFormat(path: path, version: format) }
    guard Safetensors.hasChecksum(data) else {
      throw .notAModel(path: path, reason: "without its checksum: changed, or made by an older lsmap")
    }
    let isOfHeader = { (key: String) in key == "format" || ModelHeader.keys.contains(key) }
    header = try ModelHeader(metadata: file.metadata, path: path)
    payload = ModelPayload(tensors: file.tensors, settings: file.metadata.filter { !isOfHeader($0.key) })
  }
}
