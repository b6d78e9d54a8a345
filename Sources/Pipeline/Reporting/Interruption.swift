import Foundation
import Rasters

/// Where the handler of signals writes their numbers; a thread of its own reads them and ends the process.
nonisolated(unsafe) private var signalPipe: (reading: Int32, writing: Int32) = (-1, -1)

/// What happens at SIGINT, SIGTERM and SIGHUP: half-written files go, finished ones stay, the process ends with 128 and the
/// number of the signal.
package enum Interruption {
  /// Call once, first of all.
  package static func endCleanly() {
    // A reader that went away is no reason to lose a map: writing to it fails and is passed over.
    signal(SIGPIPE, SIG_IGN)
    // Beyond a limit of file size writing fails like that on a full disk, and is told so.
    signal(SIGXFSZ, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    signalPipe = (ends[0], ends[1])
    Thread.detachNewThread { waitForSignal() }
    var handled = sigset_t()
    sigemptyset(&handled)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&handled, number)
      // Who started it with nohup wants it to outlive the terminal.
      let before = unsafeBitCast(signal(number, handler), to: Int.self)
      if number == SIGHUP, before == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
    }
    // Whoever started it may have had them blocked, as worker threads do, and that is inherited.
    pthread_sigmask(SIG_UNBLOCK, &handled, nil)
  }

  /// Only what a handler may do: no lock, no memory.
  private static let handler: @convention(c) (Int32) -> Void = { number in
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalPipe.writing, &byte, 1)
    errno = before
  }

  private static func waitForSignal() {
    var byte: UInt8 = 0
    while read(signalPipe.reading, &byte, 1) != 1 {}
    writeToStandardError("\nlsmap: interrupted; nothing is left half written\n")
    let code = 128 + Int32(byte)
    // Not `exit`: it would tear down what the libraries hold while workers still use it.
    UnfinishedFiles.deleteAll { _exit(code) }
  }
}
