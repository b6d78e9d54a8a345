import ArgumentParser
import Forecasting
import Foundation
import Pipeline

/// How the network is trained, for every command that trains.
struct TrainingOptions: ParsableArguments {
  @Option(help: "Sizes and epochs to start from: tiny or paper.")
  var preset = "paper"

  @Option(help: ArgumentHelp("YAML file of settings.", valueName: "file"))
  var config: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("A setting; may be repeated.", valueName: "key=value"))
  var changes: [String] = []

  @Option(help: ArgumentHelp("Worker threads; the model does not depend on it.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard (1...1_024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024") }
  }

  func settings() throws -> TrainingSettings {
    var chosen: TrainingSettings
    switch preset {
    case "paper": chosen = .paper
    case "tiny": chosen = .tiny
    default: throw TrainingSettingError.unknownPreset(preset)
    }
    if let config { try chosen.apply(configuration: config) }
    for change in changes { try chosen.apply(change, from: "--set") }
    return chosen
  }
}
