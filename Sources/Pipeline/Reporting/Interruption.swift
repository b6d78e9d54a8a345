import Dispatch
import Foundation
import Rasters

/// What happens at SIGINT and SIGTERM: half-written files go, finished ones stay, the process ends.
package enum Interruption {
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  /// Call once, first of all.
  package static func endCleanly() {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        UnfinishedFiles.deleteAll()
        FileHandle.standardError.write(Data("\nlsmap: interrupted; nothing is left half written\n".utf8))
        exit(128 + number)
      }
      source.resume()
      return source
    }
  }
}
