package import Neural
package import Rasters

/// How a command ends (DESIGN 5).
package enum ExitCode: Int32, Sendable {
  case done = 0
  case usage = 2
  case doneWithGaps = 3
  case badInput = 4
  case retryable = 5
  case bug = 70
}

/// An error that reaches the user as one line with an exit code.
package protocol ReportedError: Error, CustomStringConvertible {
  var exitCode: ExitCode { get }
}

extension RasterError: ReportedError {
  package var exitCode: ExitCode {
    switch self {
    case .cannotWrite, .failedDisk: .retryable
    default: .badInput
    }
  }
}

extension NeuralError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}
