import Evaluation
import Mesh
import Statistics
import Testing

/// 22 regions, two years of days of which a fifth are rainy, a few eventful days.
private struct Country {
  var keys: [SampleKey] = []
  var labels: [Bool] = []

  init(seed: UInt64 = 5) {
    var stream = RandomStream(seed: seed, "country")
    for region in 0..<22 {
      let cell = Mesh3Code(row: 4_000 + region, column: 3_000)
      for day in 18_000..<18_730 where stream.uniform() < 0.22 {
        keys.append(SampleKey(region: "r\(region)", cell: cell, day: JSTDay(daysSince1970: day)))
        labels.append(stream.uniform() < 0.025)
      }
    }
  }
}

private func isPartition(_ split: SampleSplit, of count: Int) -> Bool {
  (split.training + split.test + split.dropped).sorted() == Array(0..<count)
}

@Test func `a day lies on one side, and both kinds of days are split alike`() {
  let country = Country()
  let split = splitByDay(country.keys, labels: country.labels, seed: 0)
  #expect(isPartition(split, of: country.keys.count))
  #expect(split.dropped.isEmpty)
  let testDays = Set(split.test.map { country.keys[$0].day })
  #expect(testDays.isDisjoint(with: split.training.map { country.keys[$0].day }))
  let eventful = Set(country.keys.indices.filter { country.labels[$0] }.map { country.keys[$0].day })
  let quiet = Set(country.keys.map(\.day)).subtracting(eventful)
  #expect(testDays.intersection(eventful).count == Int((0.2 * Double(eventful.count)).rounded()))
  #expect(testDays.intersection(quiet).count == Int((0.2 * Double(quiet.count)).rounded()))
}

@Test(arguments: [UInt64(0), 1, 2])
func `a block lies on one side and no training window reaches into a test block`(seed: UInt64) {
  let country = Country()
  let split = splitByBlock(country.keys, labels: country.labels, seed: seed)
  #expect(isPartition(split, of: country.keys.count))
  let testBlocks = Set(split.test.map { CalendarBlock(of: country.keys[$0].day) })
  for place in split.training {
    for back in 0..<3 {  // 72 h: the day and the two before
      #expect(!testBlocks.contains(CalendarBlock(of: country.keys[place].day.advanced(by: -back))))
    }
  }
  for place in split.dropped {
    let key = country.keys[place]
    #expect(!testBlocks.contains(CalendarBlock(of: key.day)))
    #expect((1..<3).contains { testBlocks.contains(CalendarBlock(of: key.day.advanced(by: -$0))) })
  }
}

@Test(arguments: [UInt64(0), 1, 2])
func `the test blocks hold a fifth of the positives and of the rest`(seed: UInt64) {
  let country = Country()
  let split = splitByBlock(country.keys, labels: country.labels, seed: seed)
  let positives = Double(country.labels.count { $0 })
  let testPositives = Double(split.test.count { country.labels[$0] })
  // Blocks are dealt whole: one of them, about 2 % of the positives, is the grain.
  #expect(abs(testPositives / positives - 0.2) < 0.04)
  #expect(abs(Double(split.test.count) / Double(country.keys.count) - 0.2) < 0.05)
}

@Test func `a season of two storms gives each side one`() throws {
  let first = try #require(JSTDay("2023-07-01"))
  let keys = (0..<60).map {
    SampleKey(region: "r", cell: Mesh3Code(row: 4_200, column: 2_700), day: first.advanced(by: $0))
  }
  let labels = keys.indices.map { (12..<18).contains($0) || (34..<38).contains($0) }
  let split = splitByBlock(keys, labels: labels, seed: 0)
  // Both storms are more than a fifth of the positives; the smaller one tests.
  #expect(split.test.count { labels[$0] } == 4)
  #expect(split.training.count { labels[$0] } == 6)
}

@Test func `splits depend on the seed and on nothing else`() {
  let country = Country()
  let (keys, labels) = (country.keys, country.labels)
  #expect(splitByBlock(keys, labels: labels, seed: 1) == splitByBlock(keys, labels: labels, seed: 1))
  #expect(splitByBlock(keys, labels: labels, seed: 1) != splitByBlock(keys, labels: labels, seed: 2))
  #expect(splitByDay(keys, labels: labels, seed: 1) != splitByDay(keys, labels: labels, seed: 2))
  let reversed = splitByBlock(keys.reversed(), labels: labels.reversed(), seed: 1)
  let mirrored = splitByBlock(keys, labels: labels, seed: 1).test.map { keys.count - 1 - $0 }.sorted()
  #expect(reversed.test == mirrored)
}

@Test func `one storm with most of the positives trains`() {
  let cell = Mesh3Code(row: 4_000, column: 3_000)
  let days = (0..<100).map { JSTDay(daysSince1970: 18_000 + $0) }
  let keys = days.map { SampleKey(region: "a", cell: cell, day: $0) }
  let labels = days.map { (18_020..<18_030).contains($0.daysSince1970) || $0.daysSince1970 == 18_055 }
  let split = splitByBlock(keys, labels: labels, seed: 0)
  #expect(split.test.count { labels[$0] } == 1)
}

@Test func `22 regions make folds of 4 4 4 5 5 that hold each region once and some positives each`() {
  let country = Country()
  let folds = regionFolds(country.keys, labels: country.labels, seed: 0)
  #expect(folds.map(\.count) == [4, 4, 4, 5, 5])
  #expect(folds.flatMap { $0 }.sorted() == Set(country.keys.map(\.region)).sorted())
  for fold in folds {
    let split = splitByRegion(country.keys, heldOut: fold)
    #expect(isPartition(split, of: country.keys.count))
    #expect(split.test.contains { country.labels[$0] })
    #expect(Set(split.test.map { country.keys[$0].region }) == Set(fold))
  }
}

@Test func `folds have like numbers of positives`() {
  let cell = Mesh3Code(row: 4_000, column: 3_000)
  var keys: [SampleKey] = []
  for region in 0..<10 {
    for day in 0...region { keys.append(SampleKey(region: "r\(region)", cell: cell, day: JSTDay(daysSince1970: day))) }
  }
  // Regions with 1 ... 10 positives in five folds, to and fro: 10 + 1, 9 + 2, 8 + 3, 7 + 4, 6 + 5.
  let folds = regionFolds(keys, labels: keys.map { _ in true }, seed: 0)
  #expect(folds.allSatisfy { splitByRegion(keys, heldOut: $0).test.count == 11 })
}

@Test func `the inner validation takes blocks of the training samples only`() {
  let country = Country()
  let outer = splitByBlock(country.keys, labels: country.labels, seed: 0)
  let validation = InnerValidation(of: outer.training, keys: country.keys, labels: country.labels, seed: 0)
  let inner = validation.split
  #expect(validation.units == .blocks(days: 10))
  #expect((inner.training + inner.test + inner.dropped).sorted() == outer.training)
  let blocks = Set(inner.test.map { CalendarBlock(of: country.keys[$0].day) })
  #expect(blocks.isDisjoint(with: inner.training.map { CalendarBlock(of: country.keys[$0].day) }))
  #expect(inner.test.contains { country.labels[$0] })
}

@Test(arguments: [2, 5])
func `folds of the training side score each of its samples once, and no window reaches into a fold`(folds: Int) throws {
  let country = Country()
  let outer = splitByBlock(country.keys, labels: country.labels, seed: 0)
  let dealt = try #require(
    OutOfFolds(of: outer.training, keys: country.keys, labels: country.labels, folds: folds, seed: 3))
  #expect(dealt.splits.count == folds && dealt.units == .blocks(days: 10))
  #expect(dealt.splits.flatMap(\.test).sorted() == outer.training)
  let counts = dealt.splits.map { fold in fold.test.count { country.labels[$0] } }
  #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 3)
  for fold in dealt.splits {
    #expect((fold.training + fold.test + fold.dropped).sorted() == outer.training)
    let blocks = Set(fold.test.map { CalendarBlock(of: country.keys[$0].day) })
    for place in fold.training {
      #expect((0..<3).allSatisfy { !blocks.contains(CalendarBlock(of: country.keys[place].day.advanced(by: -$0))) })
    }
  }
}

@Test func `one storm is dealt by regions, and one storm of one region not at all`() throws {
  let storm = JSTDay(daysSince1970: 18_722)
  let keys = (0..<6).flatMap { region in
    (0..<4).map {
      SampleKey(region: "r\(region)", cell: Mesh3Code(row: 4_000, column: 3_000), day: storm.advanced(by: $0))
    }
  }
  let all = Array(keys.indices)
  let three = keys.map { ["r0", "r1", "r4"].contains($0.region) && $0.day == storm }
  let dealt = try #require(OutOfFolds(of: all, keys: keys, labels: three, folds: 5, seed: 0))
  #expect(dealt.units == .regions && dealt.splits.count == 3)
  for fold in dealt.splits {
    #expect(fold.test.count { three[$0] } == 1)
    #expect(Set(fold.test.map { keys[$0].region }).isDisjoint(with: fold.training.map { keys[$0].region }))
  }
  let one = keys.map { $0.region == "r0" && $0.day == storm }
  #expect(OutOfFolds(of: all, keys: keys, labels: one, folds: 5, seed: 0) == nil)
}

@Test func `an inventory of one storm keeps regions for the validation`() {
  let storm = JSTDay(daysSince1970: 18_722)
  let keys = (0..<12).flatMap { region in
    (0..<40).map {
      SampleKey(
        region: "r\(region)", cell: Mesh3Code(row: 4_000, column: 3_000 + region), day: storm.advanced(by: $0 - 20))
    }
  }
  // Nine of twelve regions have slides, all on two days that lie in one block.
  let labels = keys.map { key in
    key.region != "r3" && key.region != "r7" && key.region != "r9" && (0...1).contains(storm.distance(to: key.day))
  }
  let validation = InnerValidation(of: Array(keys.indices), keys: keys, labels: labels, seed: 1)
  #expect(validation.units == .regions)
  let (kept, fitting) = (validation.split.test, validation.split.training)
  #expect(Set(kept.map { keys[$0].region }).isDisjoint(with: fitting.map { keys[$0].region }))
  #expect(kept.contains { labels[$0] })
  #expect(Set(fitting.filter { labels[$0] }.map { keys[$0].region }).count >= 2)
  #expect(isPartition(validation.split, of: keys.count))
}

@Test(arguments: [1, 5, 30])
func `blocks of another length split and drop by that length`(days: Int) {
  let country = Country()
  let rule = BlockRule(days: days, windowHours: 48)
  let split = splitByBlock(country.keys, labels: country.labels, rule: rule, seed: 3)
  #expect(isPartition(split, of: country.keys.count))
  func block(_ place: Int, back: Int = 0) -> CalendarBlock {
    CalendarBlock(of: country.keys[place].day.advanced(by: -back), days: days)
  }
  let testBlocks = Set(split.test.map { block($0) })
  // 48 h: the day and the one before.
  #expect(split.training.allSatisfy { !testBlocks.contains(block($0)) && !testBlocks.contains(block($0, back: 1)) })
  #expect(split.dropped.allSatisfy { !testBlocks.contains(block($0)) && testBlocks.contains(block($0, back: 1)) })
}
