import ArgumentParser
import Forecasting
import Foundation
import Pipeline

struct TrainCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a method on samples and write its model file.",
    discussion: """
      The hybrid network is pre-trained and fine-tuned: a checkpoint after each epoch lies beside the model until the end, \
      --resume goes on bit for bit, and loss curves are drawn. A method without labels gets its levels measured. The same \
      seed gives the same model file for any number of threads.

      Methods: \(Method.names.joined(separator: ", ")).

      Settings: \(ExperimentSettings.keyNames.joined(separator: ", ")).

      Examples:
        lsmap train --dataset samples.safetensors --out model.safetensors
        lsmap train --method swi-ews --dataset samples.safetensors --out swi-ews.safetensors
        lsmap train --dataset samples.safetensors --out fold0.safetensors --split fold0 --set rccl.tau=0.3
        lsmap train --dataset samples.safetensors --out model.safetensors --resume
        lsmap train --dataset samples.safetensors --out ensemble.safetensors --members 5
      """)

  @Option(help: ArgumentHelp("Sample file of `lsmap dataset build`.", valueName: "file"))
  var dataset: String

  @Option(help: ArgumentHelp("The model file.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("The method.", valueName: "name"))
  var method = "proposed"

  @Option(
    help: "What is held out: all (nothing), block, day, fold0 to fold4 (regions). Default: eval.split, which is block.")
  var split: String?

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("Models of an ensemble, each with a seed of its own; 1 for a single model.", valueName: "n"))
  var members: Int?

  @Flag(help: "Go on from the checkpoint.")
  var resume = false

  @Flag(help: "Replace the model file if it is there.")
  var overwrite = false

  @OptionGroup var training: TrainingOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    var chosen = try training.settings()
    if let seed { chosen.training.seed = seed }
    if let members { chosen.training.statedMembers = members }
    let row = try Method(option: "--method", method)
    var request = TrainingRequest(dataset: dataset, out: out, method: row, settings: chosen)
    request.split = split
    request.threads = training.threads
    request.resume = resume
    request.overwrite = overwrite
    let result = try train(request, console: talk.console())
    try talk.print(result, words: result.words)
    return .done
  }
}
