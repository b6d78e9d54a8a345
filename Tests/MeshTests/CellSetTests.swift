import Mesh
import Statistics
import Testing

private let grid = MeshGrid(south: 4_200, west: 2_700, height: 9, width: 11)

private func marked(seed: UInt64, share: Double) -> Layer<Bool> {
  var stream = RandomStream(seed: seed, "cells")
  return Layer(grid: grid, values: (0..<grid.count).map { _ in stream.uniform() < share })
}

@Test(arguments: [0.0, 0.1, 0.6, 1.0])
func `values at the cells go back to their places`(share: Double) {
  let mask = marked(seed: 3, share: share)
  let cells = CellSet(mask)
  let values = (0..<grid.count).map(Float.init)
  let packed = cells.gather(values[...])
  #expect(cells.count == mask.values.count { $0 } && packed.count == cells.count)
  let back = cells.scatter(packed, fill: -1)
  #expect(back.values == zip(values, mask.values).map { $1 ? $0 : -1 })
}

@Test(arguments: [0, 1, 4])
func `a padded set holds the cells that have one of the set near them`(width: Int) {
  let mask = marked(seed: 8, share: 0.05)
  let wide = CellSet(mask).padded(by: width)
  #expect(wide.grid == grid.padded(by: width))
  let found = wide.scatter([Bool](repeating: true, count: wide.count), fill: false)
  for index in 0..<wide.grid.count {
    let (y, x) = (index / wide.grid.width - width, index % wide.grid.width - width)
    let isNear = (0..<grid.count).contains { cell in
      mask.values[cell] && abs(cell / grid.width - y) <= width && abs(cell % grid.width - x) <= width
    }
    #expect(found.values[index] == isNear)
  }
}

@Test func `a cell of a set has the code that it has on the grid`() {
  let mask = marked(seed: 4, share: 0.5)
  let cells = CellSet(mask)
  let codes = mask.values.indices.filter { mask.values[$0] }.map(grid.code(at:))
  #expect((0..<cells.count).map(cells.code(at:)) == codes)
}

@Test func `a layer stack gives its values at cells band by band`() {
  let cells = CellSet(marked(seed: 5, share: 0.3))
  let stack = LayerStack(grid: grid, bands: 2, values: (0..<2 * grid.count).map(Float.init))
  let packed = CellStack(cells: cells, bands: 2, values: stack.values(at: cells))
  for band in 0..<2 {
    #expect(cells.scatter(Array(packed.band(band)), fill: -1).values.max() == packed.band(band).max())
  }
  #expect(Array(packed.band(1)) == packed.band(0).map { $0 + Float(grid.count) })
  #expect(stack.values(at: CellSet(grid)) == stack.values)
}

@Test func `sets of the same grid but other cells have other words`() {
  let (a, b) = (CellSet(marked(seed: 1, share: 0.5)), CellSet(marked(seed: 2, share: 0.5)))
  #expect("\(a)" != "\(b)" && "\(CellSet(grid))" == "\(grid)")
}

@Test(arguments: [0.02, 0.5, 0.98])
func `a set holds another when each of its cells is in it, on whatever grid`(share: Double) {
  let mask = marked(seed: 9, share: share)
  for window in [grid.padded(by: -2), grid.padded(by: 2)] {
    let kept = mask.cropped(to: window, fill: false)
    #expect(CellSet(mask).holds(CellSet(kept)))
    for index in 0..<window.count where !kept.values[index] {
      var more = kept
      more.values[index] = true
      let isMarked = grid.index(of: window.code(at: index)).map { mask.values[$0] } ?? false
      #expect(CellSet(mask).holds(CellSet(more)) == isMarked)
    }
  }
}

@Test func `a part's cells are found in the set they were cut from`() {
  let mask = marked(seed: 6, share: 0.4)
  let cells = CellSet(mask)
  let window = MeshGrid(south: grid.south + 2, west: grid.west + 3, height: 5, width: 6)
  let part = CellSet(mask.cropped(to: window, fill: false))
  let places = cells.places(of: part)
  let codes = cells.gather((0..<grid.count).map { grid.code(at: $0) }[...])
  #expect(places.map { codes[$0] } == part.gather((0..<window.count).map { window.code(at: $0) }[...]))
}

@Test(arguments: [0.0, 0.1, 0.5, 1.0])
func `a cell's place is its number among the cells of the set, and none outside`(share: Double) {
  let mask = marked(seed: 4, share: share)
  let cells = CellSet(mask)
  let inside = mask.values.indices.filter { mask.values[$0] }
  for index in -grid.width..<grid.count + grid.width {
    #expect(cells.place(of: index) == inside.firstIndex(of: index))
  }
}

@Test(arguments: [0.0, 0.4, 1.0])
func `cells of another grid find their values, and the fill where there are none`(share: Double) {
  let cells = CellSet(marked(seed: 9, share: share))
  let stack = CellStack(cells: cells, bands: 2, values: (0..<2 * cells.count).map(Float.init))
  let layers = (0..<2).map { cells.scatter(Array(stack.band($0)), fill: -1) }
  let other = MeshGrid(south: 4_203, west: 2_695, height: 12, width: 10)
  var stream = RandomStream(seed: 2, "wanted")
  let wanted = CellSet(Layer(grid: other, values: (0..<other.count).map { _ in stream.uniform() < 0.5 }))
  let picked = stack.picked(at: wanted, fill: -1)
  for (band, layer) in layers.enumerated() {
    #expect(Array(picked.band(band)) == wanted.gather(layer.cropped(to: other, fill: -1).values[...]))
  }
}
