import Foundation
import Rasters

/// Writes a text to standard error as far as it takes it.
///
/// A log that is closed or full never stops a map: `FileHandle` would trap there, so what cannot be written is passed over.
package func writeToStandardError(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return }
    rest = rest.dropFirst(written)
  }
}

/// Opens standard streams that the caller closed on `/dev/null`, so that no file of ours gets their number and with it what is
/// said to the user. Call before any file is opened.
package func openClosedStreams() {
  for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
    _ = open("/dev/null", O_RDWR)
  }
}

/// Writes a result to standard output, all of it.
///
/// - Throws: `StreamError` where the output does not take it. A reader that went away wanted no more: that is no failure.
package func writeToStandardOutput(_ text: String) throws(StreamError) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    if written < 0, errno == EPIPE { return }
    guard written > 0 else { throw StreamError(reason: systemReason()) }
    rest = rest.dropFirst(written)
  }
}

/// Standard output did not take a result.
package struct StreamError: ReportedError, Equatable {
  package let reason: String

  package var exitCode: ExitCode { .retryable }
  package var description: String {
    "standard output: cannot be written: \(reason); the result was not printed, files are whole"
  }
}
