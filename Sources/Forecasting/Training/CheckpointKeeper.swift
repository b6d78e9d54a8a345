package import Foundation

/// Keeps the progress of a training between epochs, and knows to which samples it belongs.
package struct CheckpointKeeper {
  /// SHA-256 of the sample file.
  let samples: String
  /// Which samples train: SHA-256 of their places.
  let split: String
  /// Name of the checkpoint, for the error.
  let path: String
  /// Bytes of an earlier run; `nil` to begin anew.
  let saved: Data?
  /// Whether a checkpoint of another run is an error, because a user asked to go on, or none.
  let mustFit: Bool
  let write: (Data) throws -> Void

  package init(
    samples: String, split: String, path: String, saved: Data?, mustFit: Bool, write: @escaping (Data) throws -> Void
  ) {
    self.samples = samples
    self.split = split
    self.path = path
    self.saved = saved
    self.mustFit = mustFit
    self.write = write
  }

  func save(_ state: TrainingState, of settings: TrainingSettings) throws {
    try write(TrainingCheckpoint(state: state, settings: settings, samples: samples, split: split).encoded)
  }

  /// The state to go on from; `nil` to begin anew.
  /// - Throws: `badCheckpoint` where the saved one must fit and does not.
  func savedState(of settings: TrainingSettings) throws(TrainingError) -> TrainingState? {
    do {
      return try saved.map { data throws(TrainingError) in try fitting(data, settings) }
    } catch {
      if mustFit { throw error }
      return nil
    }
  }

  private func fitting(_ data: Data, _ settings: TrainingSettings) throws(TrainingError) -> TrainingState {
    let checkpoint = try TrainingCheckpoint(reading: data, path: path)
    func bad(_ what: String) -> TrainingError {
      .badCheckpoint(path: path, reason: "it belongs to other \(what); train without --resume to begin anew")
    }
    guard checkpoint.settings == settings else { throw bad("settings") }
    guard checkpoint.samples == samples else { throw bad("samples") }
    guard checkpoint.split == split else { throw bad("training samples") }
    return checkpoint.state
  }
}
