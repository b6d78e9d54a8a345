import ArgumentParser
import Forecasting
import Foundation
import Pipeline

extension TaskShare: ExpressibleByArgument {}

struct EvaluateCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compare methods on held-out days and held-out regions.",
    discussion: """
      Methods that learn are trained anew for each seed and fold; what is finished is kept in the folder, and the same \
      command goes on after an interruption. Writes report.md, table.csv, evaluation.json, scores.csv and pictures. Average \
      precision takes equal scores as one threshold; intervals resample whole blocks of a region. --task 2/8 does the second \
      eighth of the trainings and no report: shares may run at once or on other machines (copy their folders `scores` \
      together), and the command without --task gathers them. --on scores the samples with a finished model file instead, \
      and tells what its levels caught.

      Methods: \(Method.names.joined(separator: ", ")).
      Protocols: block (other ten-day blocks), day (other days; leaks), regions (regions never trained on).

      Settings: \(ExperimentSettings.keyNames.joined(separator: ", ")).

      Examples:
        lsmap evaluate --dataset samples.safetensors --methods swi-ews,anomaly --out evaluation
        lsmap evaluate --dataset samples.safetensors --methods swi-ews,proposed --protocols regions --set eval.folds=8
        lsmap evaluate --dataset samples.safetensors --methods logistic,proposed --task 1/2
        lsmap evaluate --dataset next-year.safetensors --on model.safetensors
      """)

  @Option(help: ArgumentHelp("Sample file of `lsmap dataset build`.", valueName: "file"))
  var dataset: String

  @Option(help: ArgumentHelp("Folder of tables, scores and models.", valueName: "folder"))
  var out = "evaluation"

  @Option(help: ArgumentHelp("Methods, the first is what the others are compared with.", valueName: "names"))
  var methods = "swi-ews,anomaly,proposed"

  @Option(help: ArgumentHelp("Any of block, day, regions. Default: eval.split and regions.", valueName: "names"))
  var protocols: String?

  @Option(
    help: ArgumentHelp("Seeds of splits and trainings. Default: 0 to eval.seeds - 1, so 0,1,2.", valueName: "numbers"))
  var seeds: String?

  @Option(help: ArgumentHelp("A share of the trainings, without the report.", valueName: "i/n"))
  var task: TaskShare?

  @Option(help: ArgumentHelp("A model file to score the samples with.", valueName: "file"))
  var on: String?

  @OptionGroup var training: TrainingOptions
  @OptionGroup var talk: TalkOptions

  private func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  func validate() throws {
    guard on == nil || task == nil else { throw ValidationError("--on tests one model: it has no shares for --task") }
    for name in list(protocols ?? "") where EvaluationProtocol(rawValue: name) == nil {
      throw ValidationError("--protocols: \(name) is none of block, day, regions")
    }
    guard list(seeds ?? "").allSatisfy({ UInt64($0) != nil }) else {
      throw ValidationError("--seeds wants whole numbers")
    }
    for (option, text) in [("methods", methods), ("protocols", protocols), ("seeds", seeds)] {
      guard let text else { continue }
      guard Set(list(text)).count == list(text).count, !list(text).isEmpty else {
        throw ValidationError("--\(option) wants a list without repetitions")
      }
    }
  }

  func report() throws -> Pipeline.ExitCode {
    let chosen = try list(methods).map { try Method(option: "--methods", $0) }
    let settings = try training.settings()
    if let on {
      var request = TrialRequest(model: on, dataset: dataset, settings: settings)
      request.threads = training.threads
      let trial = try evaluate(request)
      try talk.print(trial, words: trial.words)
      return .done
    }
    let schemes = protocols.map { list($0).compactMap { EvaluationProtocol(rawValue: $0) } }
    var request = EvaluationRequest(
      dataset: dataset, out: out, methods: chosen, schemes: schemes ?? [settings.evaluation.split, .regions],
      seeds: seeds.map { list($0).compactMap { UInt64($0) } } ?? Array(0..<UInt64(settings.evaluation.seeds)),
      settings: settings)
    request.threads = training.threads
    if let task {
      let done = try evaluate(request, share: task, console: talk.console())
      try talk.print(done, words: done.words)
      return .done
    }
    let result = try evaluate(request, console: talk.console())
    try talk.print(result, words: result.words)
    return .done
  }
}
