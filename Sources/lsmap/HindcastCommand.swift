import ArgumentParser
import Forecasting
import Foundation
import Mesh
import Pipeline

struct HindcastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hindcast",
    abstract: "Years of days, as tasks for a batch system.",
    discussion: """
      A plan cuts areas and days into tasks of three stages: soilwater brings rain archive, soil water and ground of an area up to \
      the last day, past carries what its cells had survived to the first day of each prediction, and prediction makes the run \
      folders of some days. run-shard does one task, wherever and whenever a batch system \
      calls it; what is proved to be done is not done again. status tells which tasks are left, as sbatch --array takes them. \
      cluster/ of the repository has batch scripts for Slurm, PBS and Grid Engine, and a Snakefile.

      Example:
        lsmap hindcast plan --catalog catalog.yaml --area each --from 2006-01-01 --to 2025-12-31 --shards 200 --out plan.json
        lsmap hindcast status plan.json --ready
        lsmap hindcast run-shard plan.json --index 7
        lsmap hindcast merge plan.json
      """,
    subcommands: [Plan.self, RunShard.self, Status.self, Merge.self, Verify.self])

  struct Plan: ReportingCommand {
    static let configuration = CommandConfiguration(abstract: "Cut areas and days into tasks.")

    @Option(help: ArgumentHelp("First day, JST.", valueName: "YYYY-MM-DD"))
    var from: JSTDay

    @Option(help: ArgumentHelp("Last day, JST.", valueName: "YYYY-MM-DD"))
    var to: JSTDay

    @Option(help: ArgumentHelp("Prediction tasks wanted; more where the areas are more.", valueName: "n"))
    var shards = 16

    @Option(help: ArgumentHelp("Folder of the run folders.", valueName: "folder"))
    var runs = "out"

    @Option(help: ArgumentHelp("The plan's file.", valueName: "file"))
    var out = "plan.json"

    @Option(help: ArgumentHelp("The method; default: that of the model.", valueName: "name"))
    var method: String?

    @Option(help: ArgumentHelp("Model file, instead of the catalogue's.", valueName: "file"))
    var model: String?

    @Flag(help: "Write level, risk and soil water alone, without map, project and tables: what merging needs.")
    var levelsOnly = false

    @OptionGroup var place: AreasOptions
    @OptionGroup var talk: TalkOptions

    func validate() throws {
      guard from <= to else { throw ValidationError("--from \(from) is after --to \(to)") }
      guard (1...100_000).contains(shards) else { throw ValidationError("--shards must be from 1 to 100000") }
    }

    func report() throws -> Pipeline.ExitCode {
      let method = try method.map { try Method(option: "--method", $0).name }
      var request = HindcastRequest(
        catalogue: place.catalog, areas: place.areas, days: from...to, shards: shards, out: runs, model: model,
        method: method)
      if levelsOnly { request.extent = .levels }
      let plan = try HindcastPlan(request)
      try plan.write(to: out)
      let status = plan.status()
      try talk.print(status, words: "\(out): \(plan.tasks.count) tasks\n\(status.words)")
      return .done
    }
  }

  struct RunShard: ReportingCommand {
    static let configuration = CommandConfiguration(
      commandName: "run-shard", abstract: "Do one task; again does nothing, or what is left of it.")

    @Argument(help: "The plan's file.")
    var plan: String

    @Option(help: ArgumentHelp("The task, from 0.", valueName: "i"))
    var index: Int

    @OptionGroup var machine: ThreadOptions

    @Flag(help: "End with code 0 although something was missing.")
    var allowGaps = false

    @OptionGroup var talk: TalkOptions

    func report() throws -> Pipeline.ExitCode {
      let result = try HindcastPlan.read(plan).run(index, path: plan, threads: machine.threads, console: talk.console())
      try talk.print(result, words: result.words)
      return result.hasGaps && !allowGaps ? .doneWithGaps : .done
    }
  }

  struct Status: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell which tasks are done, failed, missing and ready.",
      discussion: "The exit code is 5 while tasks are left, so that a script can wait for 0.")

    @Argument(help: "The plan's file.")
    var plan: String

    @Flag(help: "Print only the tasks that can run now, as sbatch --array takes them: 1,7-9.")
    var ready = false

    @Option(help: ArgumentHelp("Print only the tasks of a stage that are not done.", valueName: "stage"))
    var left: HindcastPlan.Stage?

    @OptionGroup var talk: TalkOptions

    func report() throws -> Pipeline.ExitCode {
      let status = try HindcastPlan.read(plan).status()
      try talk.print(
        status, words: left.map(status.left) ?? (ready ? status.ready : status.words))
      return status.isDone ? .done : .retryable
    }
  }

  struct Merge: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Join the run folders: maxima of each year, days at each level, a CF NetCDF a year.")

    @Argument(help: "The plan's file.")
    var plan: String

    @OptionGroup var talk: TalkOptions

    func report() throws -> Pipeline.ExitCode {
      let result = try HindcastPlan.read(plan).merge(path: plan, console: talk.console())
      try talk.print(result, words: result.words)
      return .done
    }
  }

  struct Verify: ReportingCommand {
    static let configuration = CommandConfiguration(abstract: "Hash all that the tasks and merging wrote again.")

    @Argument(help: "The plan's file.")
    var plan: String

    @OptionGroup var talk: TalkOptions

    func report() throws -> Pipeline.ExitCode {
      let result = try HindcastPlan.read(plan).verify(path: plan, console: talk.console())
      try talk.print(result, words: result.words)
      return .done
    }
  }
}

extension HindcastPlan.Stage: ExpressibleByArgument {}
