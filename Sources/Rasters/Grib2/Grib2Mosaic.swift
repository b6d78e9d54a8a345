package import Mesh

/// What a file holds for one product and one time: one field, or the many sub-grids of a mosaic such as the 250-m radar
/// products, whose pieces have grids of their own.
package struct Grib2Mosaic: Sendable {
  /// Not empty; all of one product.
  package let fields: [Grib2Field]

  package var first: Grib2Field { fields[0] }
  package var product: Grib2Product { first.product }
  package var quantity: Grib2Quantity { first.quantity }

  /// All of it on MESH3 cells.
  ///
  /// - Parameter target: The cells wanted, `nil` for all the pieces touch.
  /// - Returns: The layer, `NaN` where no piece has a value.
  /// - Throws: What decoding a piece throws.
  package func decode(on target: MeshGrid? = nil) throws(RasterError) -> Layer<Float> {
    guard fields.count > 1 else { return try first.decode(on: target) }
    var grids: [MeshGrid] = []
    for field in fields { grids.append(try field.lattice().meshGrid) }
    let target = target ?? grids.dropFirst().reduce(grids[0]) { $0.union($1) }
    guard target.count <= Grib2Grid.mostPoints else {
      throw .malformed(path: first.path, reason: "covers \(target.count) MESH3 cells", remedy: "give an area")
    }
    var layer = Layer(grid: target, filledWith: Float.nan)
    for (field, grid) in zip(fields, grids) {
      guard let common = grid.intersection(target) else { continue }
      let piece = try field.decode(on: common)
      for row in common.south..<common.north {
        let from = (common.north - 1 - row) * common.width
        let to = (target.north - 1 - row) * target.width + common.west - target.west
        for x in 0..<common.width where !piece.values[from + x].isNaN { layer.values[to + x] = piece.values[from + x] }
      }
    }
    return layer
  }

  /// The values at some MESH3 cells, as `decode(on:)` has them there.
  ///
  /// - Parameter cells: The cells wanted.
  /// - Returns: One value a cell of the set.
  /// - Throws: As `decode(on:)`.
  package func decode(at cells: CellSet) throws(RasterError) -> [Float] {
    guard fields.count > 1 else { return try first.decode(at: cells) }
    return cells.gather(try decode(on: cells.grid).values[...])
  }
}

extension Grib2File {
  /// The fields, pieces of one mosaic together, in the order of the file.
  package var mosaics: [Grib2Mosaic] {
    var result: [[Grib2Field]] = []
    for field in fields {
      if let last = result.last?.last, last.product == field.product, last.path == field.path, last.grid != field.grid {
        result[result.count - 1].append(field)
      } else {
        result.append([field])
      }
    }
    return result.map(Grib2Mosaic.init)
  }
}
