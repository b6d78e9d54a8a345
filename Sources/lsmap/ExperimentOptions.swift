import ArgumentParser
import Forecasting
import Foundation
import Pipeline

/// Settings of METHOD 11, for every command that reads any.
struct SettingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("YAML file of settings; one file serves all commands.", valueName: "file"))
  var config: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("A setting; may be repeated.", valueName: "key=value"))
  var changes: [String] = []

  /// Changes what the file and then the command line state.
  func apply(to settings: inout ExperimentSettings) throws {
    if let config { try settings.apply(configuration: config) }
    for change in changes { try settings.apply(change, from: "--set") }
  }
}

extension Method {
  /// The row that an option names.
  init(option: String, _ name: String) throws {
    do { try self.init(named: name) } catch { throw ValidationError("\(option): \(error)") }
  }
}

/// How the network is trained, for every command that trains.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: "Settings to start from: proposed, paper-letter (the paper's, as far as it tells) or tiny (for first tries).")
  var preset = TrainingSettings.Preset.proposed.rawValue

  @Option(help: ArgumentHelp("Worker threads; the model does not depend on it.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var stated: SettingOptions

  func validate() throws {
    guard (1...1_024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024") }
  }

  func settings() throws -> ExperimentSettings {
    guard let start = TrainingSettings.Preset(rawValue: preset) else { throw SettingError.unknownPreset(preset) }
    var chosen = ExperimentSettings(training: start.settings)
    try stated.apply(to: &chosen)
    return chosen
  }
}
