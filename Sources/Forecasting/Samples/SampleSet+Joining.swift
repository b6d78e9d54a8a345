import Mesh

extension SampleSet {
  /// The samples of several sets as one: of several prefectures, or with regions that are learnt from without labels.
  ///
  /// Sites, samples and regions stay what they are; regions of the same name become one. The hours are those from the
  /// first of any set to the last; no sample looks beyond those of its own set.
  ///
  /// - Parameter files: At least one set, by the names of their files.
  /// - Returns: The set, titled with all titles; synthetic where any is.
  /// - Throws: `cannotJoin` where their physics differ: one network cannot learn from two q.
  package static func joining(_ files: [(path: String, set: SampleSet)]) throws(TrainingError) -> SampleSet {
    precondition(!files.isEmpty, "no sets to join")
    let sets = files.map(\.set)
    var basis = sets[0].basis
    for (path, set) in files.dropFirst() {
      let differences = set.basis.physics.differences(from: basis.physics)
      guard differences.isEmpty else { throw .cannotJoin(path: path, with: files[0].path, differences: differences) }
      if set.basis.rainyMillimetres != basis.rainyMillimetres { basis.rainyMillimetres = nil }
      basis.rainDisplacement = [set.basis.rainDisplacement, basis.rainDisplacement].compactMap(\.self).max()
    }
    let first = sets.map(\.firstHour).min { $0.distance(to: $1) > 0 } ?? sets[0].firstHour
    let hours = sets.map { first.distance(to: $0.firstHour) + $0.hours }.max() ?? 0
    var sites: [SampleSite] = []
    var samples: [Sample] = []
    var frameOfHour: [Int32] = []
    var frames: [UInt16] = []
    for set in sets {
      let offset = Int32(frames.count / SampleSite.cells)
      let before = first.distance(to: set.firstHour)
      for site in set.sites.indices {
        let own = set.frameOfHour[site * set.hours..<(site + 1) * set.hours].map { $0 < 0 ? $0 : $0 + offset }
        frameOfHour += Array(repeating: -1, count: before) + own
        frameOfHour += Array(repeating: -1, count: hours - before - set.hours)
      }
      samples += set.samples.map { $0.at(site: $0.site + sites.count) }
      sites += set.sites
      frames += set.frames
    }
    return SampleSet(
      sites: sites, samples: samples, firstHour: first, hours: hours, frameOfHour: frameOfHour, frames: frames,
      title: sets.map(\.title).joined(separator: " + "), isSynthetic: sets.contains(where: \.isSynthetic), basis: basis,
      notes: SampleNotes(rules: sets.flatMap(\.notes.rules), drops: sets.flatMap(\.notes.drops)))
  }
}
