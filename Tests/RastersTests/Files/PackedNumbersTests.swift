import Mesh
import Rasters
import Statistics
import Testing

private func numbers(_ count: Int) -> [Float] {
  var stream = RandomStream(seed: 5, "packed")
  return (0..<count).map { place in
    place % 7 == 0 ? .nan : place % 3 == 0 ? 0 : Float(stream.uniform(-50...900))
  }
}

@Test(arguments: [0, 1, 17, 4_096, 100_003]) func `packed numbers come back to the bit`(count: Int) {
  let floats = numbers(count)
  let packed = PackedNumbers.pack(floats)
  #expect(PackedNumbers.unpack(packed, count: count, as: Float.self)?.map(\.bitPattern) == floats.map(\.bitPattern))
  #expect(PackedNumbers.pack(floats) == packed)
  let words = floats.map { UInt16(truncatingIfNeeded: Int($0.isNaN ? 0 : $0)) }
  #expect(PackedNumbers.unpack(PackedNumbers.pack(words), count: count, as: UInt16.self) == words)
}

@Test func `bytes that hold other than the numbers wanted are refused`() throws {
  let packed = PackedNumbers.pack(numbers(1_000))
  #expect(PackedNumbers.unpack(packed, count: 999, as: Float.self) == nil)
  #expect(PackedNumbers.unpack(packed, count: 1_001, as: Float.self) == nil)
  #expect(PackedNumbers.unpack(packed, count: 1_000, as: UInt16.self) == nil)
  #expect(PackedNumbers.unpack(Array(packed.dropLast(9)), count: 1_000, as: Float.self) == nil)
  #expect(PackedNumbers.unpack([], count: 1_000, as: Float.self) == nil)
  #expect(PackedNumbers.unpack(packed, count: 0, as: Float.self) == nil)
  // No room is made for what a file only claims.
  #expect(PackedNumbers.unpack(packed, count: 1 << 50, as: Float.self) == nil)
}

@Test func `days that are alike pack to a small part of their bytes`() {
  let rain = (0..<72_000).map { $0 % 500 < 40 ? Float($0 % 13) / 2 : 0 }
  #expect(PackedNumbers.pack(rain).count * 8 < rain.count * MemoryLayout<Float>.stride)
}

@Test func `rows of a grid are packed at the cells of a set, and come back with 0 around them`() {
  let grid = MeshGrid(south: 4_200, west: 2_700, height: 9, width: 13)
  let cells = CellSet(Layer(grid: grid, values: (0..<grid.count).map { $0 % 5 != 1 && $0 / 13 != 4 }))
  let rows = numbers(3 * grid.count)
  let packed = PackedNumbers.pack(rows, at: cells)
  #expect(packed == PackedNumbers.pack((0..<3).flatMap { cells.gather(rows[$0 * grid.count..<($0 + 1) * grid.count]) }))
  let back = PackedNumbers.unpack(packed, rows: 3, at: cells, as: Float.self)
  let expected = (0..<3).flatMap { row in
    cells.scatter(cells.gather(rows[row * grid.count..<(row + 1) * grid.count]), fill: 0).values
  }
  #expect(back?.map(\.bitPattern) == expected.map(\.bitPattern))
  #expect(PackedNumbers.unpack(packed, rows: 2, at: cells, as: Float.self) == nil)
}
