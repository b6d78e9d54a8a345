import Statistics

extension SampleSet {
  /// The same samples as if the landslides had come on other days: labels dealt out anew among all that have one.
  ///
  /// A control. Nothing can tell such labels, so every method must come out at the prevalence; one that does not has seen
  /// what it is tested on.
  ///
  /// - Parameter seed: The deal.
  /// - Returns: The set, as many landslides as before, and a title that says what it is.
  package func shufflingLabels(seed: UInt64 = 0) -> SampleSet {
    let labelled = samples.indices.filter { samples[$0].label != .unlabelled }
    var dealt = labelled
    var stream = RandomStream(seed: seed, "shuffled labels")
    stream.shuffle(&dealt)
    var changed = samples
    for (place, source) in zip(labelled, dealt) { changed[place] = samples[place].labelled(as: samples[source]) }
    return SampleSet(
      sites: sites, samples: changed, firstHour: firstHour, hours: hours, frameOfHour: frameOfHour, frames: frames,
      title: "\(title); control, labels shuffled", isSynthetic: isSynthetic, basis: basis, notes: notes)
  }
}
