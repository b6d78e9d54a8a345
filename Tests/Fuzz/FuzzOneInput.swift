import Foundation

/// The door that `LSMAP_DOOR` names, and a folder of this process in memory where the system has one.
private let door: Door = {
  let name = ProcessInfo.processInfo.environment["LSMAP_DOOR"] ?? ""
  guard let door = Door.all.first(where: { $0.name == name }) else {
    fatalError("LSMAP_DOOR names one of: \(Door.all.map(\.name).joined(separator: " "))")
  }
  return door
}()

private let folder: String = {
  let memory = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
  let path = "\(memory)/lsmap-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
  try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  atexit { try? FileManager.default.removeItem(atPath: folder) }
  return path
}()

/// Of libFuzzer, which the sanitizer links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ oneInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main enum Fuzzing {
  static func main() {
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(runFuzzer(&count, &arguments) { fuzzOneInput($0, $1) })
  }
}

/// Any error that is thrown is fine; a trap, a sanitizer's find, a time-out or too much memory is not.
private func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = "\(folder)/\(door.fileName)"
  let data = bytes.map { Data(bytes: $0, count: count) } ?? Data()
  guard FileManager.default.createFile(atPath: file, contents: data) else { return 0 }
  do { try door.open(file, folder) } catch { _ = "\(error)" }
  return 0
}
