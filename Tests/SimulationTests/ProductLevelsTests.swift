import Simulation
import Testing

@Test func `levels are those of the product and ascend`() {
  let levels = ProductLevels.tenths
  #expect(levels.prefix(4) == [0, 4, 10, 20])
  #expect(levels.suffix(4) == [1_800, 1_900, 2_000, 2_550])
  #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 })
  #expect(levels.contains(770) && levels.contains(800) && !levels.contains(780) && levels.contains(1_300))
}

@Test func `a level rounds to itself`() {
  for level in ProductLevels.tenths { #expect(ProductLevels.nearest(toMillimetres: Double(level) / 10) == level) }
}

@Test func `every amount rounds to a nearest level`() {
  for step in 0...2_700 {
    let amount = Double(step) / 10 + 0.013
    let rounded = ProductLevels.nearest(toMillimetres: amount)
    let gaps = ProductLevels.tenths.map { abs(Double($0) / 10 - amount) }
    #expect(abs(Double(rounded) / 10 - amount) <= (gaps.min() ?? 0) + 1e-9, "\(amount) mm")
  }
}
