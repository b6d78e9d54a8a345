// The loops that take the time. Each is a function of its own over separate buffers, so that the compiler sees that they
// do not overlap and computes several cells at once; subscripts as `tank * count + cell` stop it from doing so, and so does
// a fifth buffer.

/// Advances every cell by one step: `surface`, `middle`, `deep` and the rain of the whole hour have one value a cell, mm.
@inline(never)
func advanceCells(
  _ surface: UnsafeMutableBufferPointer<Float>, _ middle: UnsafeMutableBufferPointer<Float>,
  _ deep: UnsafeMutableBufferPointer<Float>, rainOfHour: UnsafeBufferPointer<Float>, hours step: Float,
  by tanks: TankCoefficients<Float>
) {
  for cell in 0..<rainOfHour.count {
    let now = TankStorage(surface: surface[cell], middle: middle[cell], deep: deep[cell])
    let next = advance(now, rain: rainOfHour[cell] * step, hours: step, by: tanks)
    surface[cell] = next.surface
    middle[cell] = next.middle
    deep[cell] = next.deep
  }
}

/// The soil water index of every cell, mm.
@inline(never)
func addTanks(
  _ surface: UnsafeMutableBufferPointer<Float>, _ middle: UnsafeMutableBufferPointer<Float>,
  _ deep: UnsafeMutableBufferPointer<Float>, into index: UnsafeMutableBufferPointer<Float>
) {
  for cell in 0..<index.count { index[cell] = surface[cell] + middle[cell] + deep[cell] }
}

/// Keeps the highest index so far and its hour; an index that is `NaN` is never the highest.
@inline(never)
func keepHighest(
  _ index: UnsafeMutableBufferPointer<Float>, hour: Float, highest: UnsafeMutableBufferPointer<Float>,
  hourOfHighest: UnsafeMutableBufferPointer<Float>
) {
  let whole = index.count / 8 * 8
  // By hand: the compiler makes a branch of the two stores, and no vectors.
  for cell in stride(from: 0, to: whole, by: 8) {
    let new = UnsafeRawPointer(index.baseAddress.unsafelyUnwrapped + cell).loadUnaligned(as: SIMD8<Float>.self)
    let place = UnsafeMutableRawPointer(highest.baseAddress.unsafelyUnwrapped + cell)
    let hourPlace = UnsafeMutableRawPointer(hourOfHighest.baseAddress.unsafelyUnwrapped + cell)
    let old = place.loadUnaligned(as: SIMD8<Float>.self)
    let isHigher = new .> old
    place.storeBytes(of: old.replacing(with: new, where: isHigher), as: SIMD8<Float>.self)
    let oldHour = hourPlace.loadUnaligned(as: SIMD8<Float>.self)
    hourPlace.storeBytes(of: oldHour.replacing(with: hour, where: isHigher), as: SIMD8<Float>.self)
  }
  for cell in whole..<index.count where index[cell] > highest[cell] {
    highest[cell] = index[cell]
    hourOfHighest[cell] = hour
  }
}

/// Keeps the greatest rain or storage so far.
@inline(never)
func keepGreatest(_ rain: UnsafeBufferPointer<Float>, into greatest: UnsafeMutableBufferPointer<Float>) {
  for cell in 0..<rain.count {
    let (new, old) = (rain[cell], greatest[cell])
    greatest[cell] = new > old ? new : old
  }
}

/// Keeps the greatest sum of two storages so far.
@inline(never)
func keepGreatestSum(
  _ first: UnsafeMutableBufferPointer<Float>, _ second: UnsafeMutableBufferPointer<Float>,
  into greatest: UnsafeMutableBufferPointer<Float>
) {
  for cell in 0..<greatest.count {
    let (new, old) = (first[cell] + second[cell], greatest[cell])
    greatest[cell] = new > old ? new : old
  }
}

/// Copies an hour of rain and marks the cells that miss it.
@inline(never)
func copyHour(
  _ rain: UnsafeBufferPointer<Float>, bit: UInt32, to water: UnsafeMutableBufferPointer<Float>,
  missing: UnsafeMutableBufferPointer<UInt32>
) {
  for cell in 0..<rain.count {
    let value = rain[cell]
    water[cell] = value
    missing[cell] |= value == value ? 0 : bit
  }
}
