package import Foundation
import Neural

/// A run between two epochs as a file: a state and what it belongs to.
package struct TrainingCheckpoint: Sendable, Equatable {
  package var state: TrainingState
  package var settings: TrainingSettings
  /// SHA-256 of the sample file.
  package var samples: String
  /// Which samples train: SHA-256 of their places.
  package var split: String

  package static let format = "lsmap checkpoint 1"

  package init(state: TrainingState, settings: TrainingSettings, samples: String, split: String) {
    self.state = state
    self.settings = settings
    self.samples = samples
    self.split = split
  }

  private struct Progress: Codable {
    let phase: TrainingPhase
    let epochs: Int
    let latentSquare: Double
    let steps: Int
    let records: [EpochRecord]
  }

  /// Safetensors: the network's tensors by name, `optimiser.first`, `optimiser.second`; progress and settings as JSON.
  package var encoded: Data {
    let parameters = state.parameters
    var tensors = parameters.entries.map {
      Tensor($0.name, shape: $0.shape, floats: Array(parameters.values[$0.range]))
    }
    tensors.append(
      Tensor("optimiser.first", shape: [parameters.values.count], floats: state.optimiser.first))
    tensors.append(
      Tensor("optimiser.second", shape: [parameters.values.count], floats: state.optimiser.second))
    let progress = Progress(
      phase: state.phase, epochs: state.epochs, latentSquare: state.latentSquare, steps: state.optimiser.steps,
      records: state.records)
    return Safetensors(
      tensors,
      metadata: [
        "format": Self.format, "progress": sortedJSON(progress), "settings": sortedJSON(settings), "samples": samples,
        "split": split,
      ]
    ).encoded
  }

  /// Reads a checkpoint.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - path: Its name, for the error.
  /// - Throws: `badCheckpoint`.
  package init(reading data: Data, path: String) throws(TrainingError) {
    func bad(_ reason: String) -> TrainingError { .badCheckpoint(path: path, reason: reason) }
    let file: Safetensors
    do { file = try Safetensors(reading: data, path: path) } catch { throw bad(error.description) }
    let decoder = JSONDecoder()
    guard file.metadata["format"] == Self.format else { throw bad("its format is not \(Self.format)") }
    guard let text = file.metadata["settings"],
      let settings = try? decoder.decode(TrainingSettings.self, from: Data(text.utf8)), settings.flaw == nil,
      let report = file.metadata["progress"],
      let progress = try? decoder.decode(Progress.self, from: Data(report.utf8))
    else { throw bad("settings or progress are missing or damaged") }
    var parameters = NetworkParameters(zeros: settings.network)
    for entry in parameters.entries {
      guard let tensor = file.tensor(entry.name), tensor.shape == entry.shape, let values = tensor.floats else {
        throw bad("tensor \(entry.name) is missing or of another shape")
      }
      parameters.values.replaceSubrange(entry.range, with: values)
    }
    var optimiser = settings.optimiser.makeOptimiser(count: parameters.values.count)
    guard let first = file.tensor("optimiser.first")?.floats, first.count == parameters.values.count,
      let second = file.tensor("optimiser.second")?.floats, second.count == parameters.values.count
    else { throw bad("the state of the optimiser is missing") }
    optimiser.first = first
    optimiser.second = second
    optimiser.steps = progress.steps
    self.init(
      state: TrainingState(
        parameters: parameters, optimiser: optimiser, phase: progress.phase, epochs: progress.epochs,
        latentSquare: progress.latentSquare, records: progress.records),
      settings: settings, samples: file.metadata["samples"] ?? "", split: file.metadata["split"] ?? "")
  }
}
