import Mesh
import Statistics

/// Which samples train and which test, as places in the list of keys, ascending.
package struct SampleSplit: Hashable, Sendable {
  package let training: [Int]
  package let test: [Int]
  /// On neither side: their rain windows reach into the test time.
  package let dropped: [Int]

  package init(training: [Int], test: [Int], dropped: [Int] = []) {
    self.training = training
    self.test = test
    self.dropped = dropped
  }
}

/// Whole calendar days, all regions together, go to one side; days with and without a positive are split alike.
///
/// The rain windows of neighbouring days overlap, so this split leaks: it is the paper's, `splitByBlock` ours.
///
/// - Parameters:
///   - keys: Shape `(n)`.
///   - labels: `true` for a positive; shape `(n)`.
///   - testShare: Share of the days of each kind that test.
///   - seed: Which days.
/// - Returns: The split; nothing is dropped.
/// - Source: METHOD 7.2, `day`.
package func splitByDay(
  _ keys: [SampleKey], labels: [Bool], testShare: Double = 0.2, seed: UInt64
) -> SampleSplit {
  precondition(keys.count == labels.count, "\(keys.count) keys, \(labels.count) labels")
  let days = Set(keys.map(\.day)).sorted()
  let eventful = Set(zip(keys, labels).filter { $0.1 }.map(\.0.day))
  var stream = RandomStream(seed: seed, "split", "day")
  var testDays: Set<JSTDay> = []
  for stratum in [days.filter(eventful.contains), days.filter { !eventful.contains($0) }] {
    var shuffled = stratum
    stream.shuffle(&shuffled)
    testDays.formUnion(shuffled.prefix(Int((testShare * Double(shuffled.count)).rounded())))
  }
  let isTest = keys.map { testDays.contains($0.day) }
  return SampleSplit(training: isTest.indices.filter { !isTest[$0] }, test: isTest.indices.filter { isTest[$0] })
}

/// Ten-day blocks of the calendar, all regions together, dealt to the two sides; training samples whose rain window
/// reaches into a test block are dropped.
///
/// Blocks come in order of their positives (most first, equal ones shuffled); each goes to the side that lacks most of
/// its share, to the test side only while it does not exceed it, but at least one of several. Blocks without positives are
/// dealt likewise by samples.
///
/// - Parameters:
///   - keys: Shape `(n)`.
///   - labels: `true` for a positive; shape `(n)`.
///   - testShare: Share of positives and of other samples that test.
///   - windowHours: Length of the rain window that ends with a sample's day.
///   - seed: Order of equal blocks.
///   - purpose: Names the random stream; the inner validation has its own.
/// - Returns: The split.
/// - Source: METHOD 7.2, `block`.
package func splitByBlock(
  _ keys: [SampleKey], labels: [Bool], testShare: Double = 0.2, windowHours: Int = 72, seed: UInt64,
  purpose: String = "test"
) -> SampleSplit {
  precondition(keys.count == labels.count, "\(keys.count) keys, \(labels.count) labels")
  precondition(windowHours > 0, "a window of \(windowHours) h")
  let testBlocks = dealBlocks(keys, labels: labels, testShare: testShare, seed: seed, purpose: purpose)
  let windowDays = (windowHours + 23) / 24
  var (training, test, dropped): ([Int], [Int], [Int]) = ([], [], [])
  for (place, key) in keys.enumerated() {
    if testBlocks.contains(key.block) {
      test.append(place)
    } else if (1..<windowDays).contains(where: { testBlocks.contains(CalendarBlock(of: key.day.advanced(by: -$0))) }) {
      dropped.append(place)
    } else {
      training.append(place)
    }
  }
  return SampleSplit(training: training, test: test, dropped: dropped)
}

/// A fifth of the blocks of the training samples, for thresholds and calibration only.
///
/// - Parameters:
///   - training: Places of the training samples in `keys`.
///   - keys: All samples.
///   - labels: Of all samples.
///   - seed: As of the outer split.
/// - Returns: Places in `keys`: `training` fits the network, `test` is the validation.
/// - Source: METHOD 7.2, inner validation.
package func innerValidation(
  of training: [Int], keys: [SampleKey], labels: [Bool], seed: UInt64
) -> SampleSplit {
  let inner = splitByBlock(
    training.map { keys[$0] }, labels: training.map { labels[$0] }, seed: seed, purpose: "validation")
  return SampleSplit(
    training: inner.training.map { training[$0] }, test: inner.test.map { training[$0] },
    dropped: inner.dropped.map { training[$0] })
}

private func dealBlocks(
  _ keys: [SampleKey], labels: [Bool], testShare: Double, seed: UInt64, purpose: String
) -> Set<CalendarBlock> {
  precondition(testShare > 0 && testShare < 1, "a test share of \(testShare)")
  var tallies: [CalendarBlock: (positives: Int, samples: Int)] = [:]
  for (key, label) in zip(keys, labels) {
    let tally = tallies[key.block] ?? (0, 0)
    tallies[key.block] = (tally.positives + (label ? 1 : 0), tally.samples + 1)
  }
  var blocks = tallies.map { (block: $0.key, positives: $0.value.positives, samples: $0.value.samples) }
    .sorted { $0.block < $1.block }
  var stream = RandomStream(seed: seed, "split", "block", .word(purpose))
  stream.shuffle(&blocks)
  // Equal blocks keep their shuffled order.
  let order = blocks.indices.sorted {
    (blocks[$1].positives, $0) < (blocks[$0].positives, $1)
  }
  var testBlocks: Set<CalendarBlock> = []
  let eventful = order.filter { blocks[$0].positives > 0 }.map { (blocks[$0].block, blocks[$0].positives) }
  let quiet = order.filter { blocks[$0].positives == 0 }.map { (blocks[$0].block, blocks[$0].samples) }
  for pile in [eventful, quiet] {
    let total = pile.map(\.1).reduce(0, +)
    let most = (testShare * Double(total)).rounded(.up)
    var (forTraining, forTest) = (0, 0)
    for (block, weight) in pile {
      let testLacks = Double(total) - Double(forTest) / testShare
      let trainingLacks = Double(total) - Double(forTraining) / (1 - testShare)
      if testLacks > trainingLacks, Double(forTest + weight) <= most {
        testBlocks.insert(block)
        forTest += weight
      } else {
        forTraining += weight
      }
    }
    // All blocks larger than the share, as after a season of few storms: the smallest tests rather than none.
    if forTest == 0, pile.count > 1 { testBlocks.insert(pile[pile.count - 1].0) }
  }
  return testBlocks
}
