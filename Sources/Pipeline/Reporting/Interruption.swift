import Dispatch
import Foundation
import Rasters

/// What happens at SIGINT, SIGTERM and SIGHUP: half-written files go, finished ones stay, the process ends with 128 and the
/// number of the signal.
package enum Interruption {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  /// Call once, first of all.
  package static func endCleanly() {
    // A reader that went away is no reason to lose a map: writing to it fails and is passed over.
    signal(SIGPIPE, SIG_IGN)
    // Beyond a limit of file size writing fails like that on a full disk, and is told so.
    signal(SIGXFSZ, SIG_IGN)
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        UnfinishedFiles.deleteAll()
        writeToStandardError("\nlsmap: interrupted; nothing is left half written\n")
        // Not `exit`: it would tear down what the libraries hold while workers still use it.
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }
}
