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

/// How the calendar is cut for a split.
package struct BlockRule: Hashable, Sendable {
  /// Length of a block.
  package var days: Int
  /// Length of the rain window that ends with a sample's day.
  package var windowHours: Int

  package init(days: Int = CalendarBlock.usualDays, windowHours: Int = 72) {
    precondition(days > 0 && windowHours > 0, "blocks of \(days) days, a window of \(windowHours) h")
    self.days = days
    self.windowHours = windowHours
  }

  func block(of day: JSTDay) -> CalendarBlock { CalendarBlock(of: day, days: days) }
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

/// Blocks of the calendar, all regions together, dealt to the two sides; training samples whose rain window
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
///   - rule: Length of blocks and of the rain window.
///   - seed: Order of equal blocks.
///   - purpose: Names the random stream; the inner validation has its own.
/// - Returns: The split.
/// - Source: METHOD 7.2, `block`.
package func splitByBlock(
  _ keys: [SampleKey], labels: [Bool], testShare: Double = 0.2, rule: BlockRule = BlockRule(), seed: UInt64,
  purpose: String = "test"
) -> SampleSplit {
  precondition(keys.count == labels.count, "\(keys.count) keys, \(labels.count) labels")
  let testBlocks = dealBlocks(keys, labels: labels, testShare: testShare, rule: rule, seed: seed, purpose: purpose)
  return split(keys, testing: testBlocks, rule: rule)
}

/// Samples of the blocks test; others whose rain window reaches into one of the blocks are dropped.
func split(_ keys: [SampleKey], testing testBlocks: Set<CalendarBlock>, rule: BlockRule) -> SampleSplit {
  let windowDays = (rule.windowHours + 23) / 24
  var (training, test, dropped): ([Int], [Int], [Int]) = ([], [], [])
  for (place, key) in keys.enumerated() {
    if testBlocks.contains(rule.block(of: key.day)) {
      test.append(place)
    } else if (1..<windowDays).contains(where: { testBlocks.contains(rule.block(of: key.day.advanced(by: -$0))) }) {
      dropped.append(place)
    } else {
      training.append(place)
    }
  }
  return SampleSplit(training: training, test: test, dropped: dropped)
}

private func dealBlocks(
  _ keys: [SampleKey], labels: [Bool], testShare: Double, rule: BlockRule, seed: UInt64, purpose: String
) -> Set<CalendarBlock> {
  precondition(testShare > 0 && testShare < 1, "a test share of \(testShare)")
  var tallies: [CalendarBlock: (positives: Int, samples: Int)] = [:]
  for (key, label) in zip(keys, labels) {
    let block = rule.block(of: key.day)
    let tally = tallies[block] ?? (0, 0)
    tallies[block] = (tally.positives + (label ? 1 : 0), tally.samples + 1)
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
