import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// What happened, in order, told from several threads.
private final class Diary: Sendable {
  private let entries = Mutex<[String]>([])
  func note(_ entry: String) { entries.withLock { $0.append(entry) } }
  var all: [String] { entries.withLock(\.self) }
}

struct WorkspaceLockTests {
  @Test func `who wants to change a workspace waits for all its readers, who do not wait for each other`() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.path + "/work"
    let quiet = Console(.quiet)
    let first = try WorkspaceLock(folder, for: .changing, telling: quiet)
    first.onlyRead()
    let second = try WorkspaceLock(folder, for: .reading, telling: quiet)
    let (diary, ended) = (Diary(), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      let writer = try? WorkspaceLock(folder, for: .changing, telling: quiet)
      diary.note("changes")
      writer?.release()
      ended.signal()
    }
    usleep(50_000)
    diary.note("read")
    first.release()
    usleep(50_000)
    diary.note("read")
    second.release()
    ended.wait()
    #expect(diary.all == ["read", "read", "changes"])
    #expect(FileManager.default.contents(atPath: folder + "/lock") == Data())
  }

  @Test(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
  func `two imports of one workspace at a time end well, the second says what it waits for`() throws {
    let scratch = try ScratchFolder()
    let catalogue = try gaugeCatalogue(scratch)
    let rest = ["--catalog", catalogue, "--area", "503334"]
    let alone = try BuiltTool.run(["rain", "import"] + rest)
    #expect(alone.code == 0 && !alone.said.contains("waiting"))
    // The shell holds the lock until the tool has said that it waits.
    let folder = scratch.path + "/work/mesh-503334"
    let waited = try BuiltTool.run(
      ["rain", "import"] + rest,
      shell: """
        exec 9<>'\(folder)/lock' && flock 9 && echo 'process 1 of elsewhere' >&9
        "$@" 9>&- 2>'\(scratch.path)/said' &
        for step in $(seq 600); do grep -q waiting '\(scratch.path)/said' && break; sleep 0.05; done
        exec 9>&-
        wait $!; code=$?
        cat '\(scratch.path)/said' >&2
        exit $code
        """)
    #expect(waited.code == 0)
    #expect(waited.said.contains("waiting for process 1 of elsewhere"))
  }

  @Test(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
  func `four processes that start soil water on an empty workspace leave what one leaves`() throws {
    let scratch = try ScratchFolder()
    func run(_ workspace: String, processes: Int) throws -> [String: Data] {
      let catalogue = try gaugeCatalogue(scratch, workspace: workspace)
      let arguments = ["soilwater", "run", "--allow-gaps", "--catalog", catalogue, "--area", "503334", "--quiet"]
      let (failed, group) = (Diary(), DispatchGroup())
      for _ in 0..<processes {
        group.enter()
        Thread.detachNewThread {
          let outcome = try? BuiltTool.run(arguments)
          if outcome?.code != 0 { failed.note(outcome?.said ?? "did not start") }
          group.leave()
        }
      }
      group.wait()
      #expect(failed.all == [])
      let folder = scratch.path + "/" + workspace
      return try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(into: [:]) { found, name in
        if !name.hasSuffix(".json") { found[name] = FileManager.default.contents(atPath: folder + "/" + name) }
      }
    }
    let (one, four) = (try run("one", processes: 1), try run("four", processes: 4))
    #expect(one.count > 2 * gaugeDays && one == four)
  }
}
