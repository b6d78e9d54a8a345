import Foundation

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
