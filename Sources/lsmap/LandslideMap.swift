import ArgumentParser
import Foundation
import Pipeline

struct LandslideMap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsmap",
    abstract: "Daily landslide-risk maps of Japanese prefectures on the MESH3 grid.",
    discussion: """
      The usual day:   lsmap predict --catalog catalog.yaml --area tottori --date 2023-08-15
      Shell completion: lsmap --generate-completion-script bash > ~/.local/share/bash-completion/completions/lsmap

      Exit codes: 0 done, 2 wrong usage, 3 done with gaps, 4 bad input, 5 input or output failed and may be tried again, \
      70 a bug in lsmap.
      """,
    version: ToolVersion.build,
    subcommands: [
      SimulateCommand.self, AlignCommand.self, RainCommand.self, SoilWaterCommand.self, DatasetCommand.self,
      TrainCommand.self, EvaluateCommand.self, TrendCommand.self, PredictCommand.self, ReportCommand.self,
      SeasonCommand.self, HindcastCommand.self, InitCommand.self, CheckCommand.self, InspectCommand.self,
      VerifyCommand.self, MeshCommand.self,
    ])
}

/// Runs the command and turns every outcome into one line and an exit code.
@main
enum Main {
  static func main() {
    openClosedStreams()
    Interruption.endCleanly()
    do {
      var command = try LandslideMap.parseAsRoot()
      if let reporting = command as? any ReportingCommand {
        leave(try reporting.report())
      }
      try command.run()
      leave(.done)
    } catch let error as any ReportedError {
      finish(error.description.shown(keepingLines: false), code: error.exitCode)
    } catch {
      let code = LandslideMap.exitCode(for: error)
      if code == .success { show(LandslideMap.fullMessage(for: error)) }
      let isUsage = code == .validationFailure
      finish(isUsage ? LandslideMap.fullMessage(for: error) : "\(error)", code: isUsage ? .usage : .bug)
    }
  }

  private static func finish(_ message: String, code: Pipeline.ExitCode) -> Never {
    let prefix = code == .usage ? "" : code == .bug ? "lsmap: a bug, please report it: " : "lsmap: "
    writeToStandardError(prefix + message + "\n")
    leave(code)
  }

  /// Help, version and completions are results like others.
  private static func show(_ message: String) -> Never {
    do throws(StreamError) { try writeToStandardOutput(message + "\n") } catch {
      finish(error.description, code: error.exitCode)
    }
    leave(.done)
  }

  /// Not `exit`: libraries that failed to complete a file try it again there, and HDF5 crashes over it.
  private static func leave(_ code: Pipeline.ExitCode) -> Never { _exit(code.rawValue) }
}

/// A command that ends with a code of its own.
protocol ReportingCommand: ParsableCommand {
  func report() throws -> Pipeline.ExitCode
}

extension ReportingCommand {
  func run() throws { _ = try report() }
}
