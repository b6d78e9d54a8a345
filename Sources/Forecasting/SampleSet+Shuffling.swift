import Statistics

extension SampleSet {
  /// The same samples with the labels of some dealt out anew among them: what a network learns from these is nothing.
  ///
  /// - Parameters:
  ///   - picks: Places of the samples whose labels move; those without a label keep none.
  ///   - seed: The deal.
  /// - Returns: The set with as many landslides as before.
  package func shufflingLabels(of picks: [Int], seed: UInt64) -> SampleSet {
    let labelled = picks.filter { samples[$0].label != .unlabelled }
    var dealt = labelled
    var stream = RandomStream(seed: seed, "shuffled labels")
    stream.shuffle(&dealt)
    var changed = samples
    for (place, source) in zip(labelled, dealt) {
      let (own, other) = (samples[place], samples[source])
      changed[place] = Sample(
        site: own.site, day: own.day, label: other.label, physics: own.physics, midnights: own.midnights,
        earlyWarning: own.earlyWarning, events: other.events)
    }
    return SampleSet(
      sites: sites, samples: changed, firstHour: firstHour, hours: hours, frameOfHour: frameOfHour, frames: frames,
      title: title, basis: basis, notes: notes)
  }
}
