/// Latitudes and longitudes given pixel by pixel that are those of a plain grid: each row has one latitude, each column one
/// longitude, as GSMaP's HDF5 files write them.
struct FlatCoordinates {
  /// Places of the two dimensions in the array.
  let y: Int
  let x: Int
  /// Centres, degrees.
  let ys: [Double]
  let xs: [Double]

  /// `nil` where no such arrays stand beside it, or where they are those of a curved grid.
  ///
  /// - Parameters:
  ///   - array: The variable.
  ///   - store: The file it lies in.
  /// - Throws: What reading throws.
  init?(of array: StoredArray, in store: ArrayStore) throws(RasterError) {
    func beside(_ names: String...) -> StoredArray? {
      names.lazy.compactMap { store.array(array.folder + $0) ?? store.array("/" + $0) }.first
    }
    guard let latitude = beside("Latitude", "latitude", "lat"), let longitude = beside("Longitude", "longitude", "lon"),
      latitude.dimensions.count == 2, case let shape = latitude.dimensions.map(\.size),
      longitude.dimensions.map(\.size) == shape, shape.allSatisfy({ $0 > 1 }),
      array.dimensions.suffix(2).map(\.size) == shape
    else { return nil }
    let (norths, easts) = (try latitude.readAll(), try longitude.readAll())
    let (rows, columns) = (shape[0], shape[1])
    /// Values along the first dimension where they do not change along the second.
    func along(_ values: [Double], first: Bool) -> [Double]? {
      let line = first ? (0..<rows).map { values[$0 * columns] } : Array(values[..<columns])
      let isFlat = values.indices.allSatisfy { abs(values[$0] - line[first ? $0 / columns : $0 % columns]) < 1e-4 }
      return isFlat ? line : nil
    }
    let place = array.dimensions.count - 2
    if let ys = along(norths, first: true), let xs = along(easts, first: false) {
      (self.y, self.x, self.ys, self.xs) = (place, place + 1, ys, xs)
    } else if let ys = along(norths, first: false), let xs = along(easts, first: true) {
      (self.y, self.x, self.ys, self.xs) = (place + 1, place, ys, xs)
    } else {
      return nil
    }
  }
}
