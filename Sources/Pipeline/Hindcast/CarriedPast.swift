import Foundation
import Mesh
import Rasters
import Statistics

extension HindcastPlan {
  /// Where what was carried to the first day of a prediction task waits for it: `past/tottori/2010-01-01` beside the tasks'
  /// records, as a task's own place has it.
  private func carriedPast(of key: String, from day: String) -> String { "\(records)/past/\(key)/\(day)" }

  /// Goes through the days of an area in order of time and keeps, at the first day of each of its prediction tasks, what that
  /// day is compared with: records, gathered past and fit.
  ///
  /// A file among these is used by its key and checksum, like one of the workspace: nothing a killed task left can do harm.
  func carryPast(_ task: Task, threads: Int, console: Console) throws {
    let scratch = try Draft(in: records)
    for area in task.areas {
      let whole = try project(of: area, threads: threads, console: console)
      let (key, place) = (whole.area.key, scratch.path(whole.area.key))
      let project = whole.keepingDaily(in: place)
      // Rain and states stay what they are while the days are gone through.
      let lock = try project.lock(for: .reading)
      defer { lock.release() }
      var hashes = InputHashes(rememberedIn: project.workspace.hashes)
      let parts = try project.onLand(&hashes).parts()
      let own = parts.indices.filter { place in task.share.map { place % $0.count == $0.first } ?? true }
      let starts = Set(
        try tasks(of: .prediction).filter { $0.areas.contains(area) }.map { try days(of: $0).lowerBound })
      let atOnce = max(1, min(own.count, threads))
      for start in starts.sorted() {
        let target = carriedPast(of: key, from: "\(start)")
        try inParallel(own.count, threads: atOnce) { number in
          let part = atOnce > 1 ? parts[own[number]].besideOthers(atOnce) : parts[own[number]]
          let record = start.advanced(by: -1)
          _ = try part.survivedRecord(through: record)
          _ = try part.climatology(for: start...start)
          let files = [
            RecordFile.path(of: record, in: part.workspace.records), part.workspace.gatheredPast,
            part.workspace.lastFit,
          ]
          for file in files where FileManager.default.fileExists(atPath: file) {
            try writeAtomically(try PlainFile.contents(file), to: target + file.dropFirst(place.count))
          }
        }
      }
    }
    console.end()
  }

  /// Gives a prediction task what was carried to its first day.
  func takeCarriedPast(of key: String, from day: String, to place: String) {
    let source = carriedPast(of: key, from: day)
    for file in (try? FileManager.default.subpathsOfDirectory(atPath: source)) ?? []
    where FileStamp.ofRegularFile("\(source)/\(file)") != nil {
      let target = "\(place)/\(file)"
      try? FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      // Whoever writes a file anew puts another in its place, so that the link is as good as a copy.
      guard (try? FileManager.default.linkItem(atPath: "\(source)/\(file)", toPath: target)) == nil else { continue }
      try? FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: target)
    }
  }

  /// Deletes what a task that is over needs no more.
  func dropCarriedPast(of area: String, from day: String) throws {
    let key = try Area.named(area, in: try Catalogue.read(catalogue.path).boundaries).key
    try? FileManager.default.removeItem(atPath: carriedPast(of: key, from: day))
  }
}
