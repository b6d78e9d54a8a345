/// How the values of a field are packed.
package enum Grib2Packing: Hashable, Sendable {
  case runLength(RunLengthPacking)
  case simple(SimplePacking)
  /// Unpacked by GDAL.
  case other(template: Int, count: Int)

  init(_ section: Grib2Section) throws(RasterError) {
    switch try section.unsigned(10...11) {
    case 200: self = .runLength(try RunLengthPacking(section))
    case 0: self = .simple(try SimplePacking(section))
    case let template: self = .other(template: template, count: try section.unsigned(6...9))
    }
  }

  /// Points in the data: fewer than in the grid where there is a bitmap.
  package var count: Int {
    switch self {
    case .runLength(let packing): packing.count
    case .simple(let packing): packing.count
    case .other(_, let count): count
    }
  }

  package var template: Int {
    switch self {
    case .runLength: 200
    case .simple: 0
    case .other(let template, _): template
    }
  }
}

/// One field of a GRIB2 file: what it is and when, at once; its values when asked for.
package struct Grib2Field: Sendable {
  package let product: Grib2Product
  package let quantity: Grib2Quantity
  /// `nil` for a grid that is not one of latitudes and longitudes.
  package let grid: Grib2Grid?
  package let gridTemplate: Int
  package let packing: Grib2Packing
  /// Place in the file, from 0.
  package let index: Int
  package let hasBitmap: Bool

  let sections: Sections

  /// The bytes a field is made of. Several fields share sections.
  struct Sections: Sendable {
    let indicator: Range<Int>
    let identification: Grib2Section
    let grid: Grib2Section
    let product: Grib2Section
    let packing: Grib2Section
    /// Section 6 that holds the bits themselves; `nil` without a bitmap.
    let bitmap: Grib2Section?
    let data: Grib2Section
  }

  /// The file, for messages; for a member of an archive with its name behind it.
  package var path: String { sections.data.file.path }

  init(_ sections: Sections, discipline: Int, index: Int) throws(RasterError) {
    self.sections = sections
    self.index = index
    product = try Grib2Product(
      discipline: discipline, identification: sections.identification, product: sections.product)
    quantity = Grib2Quantity(product)
    gridTemplate = try sections.grid.unsigned(13...14)
    grid = gridTemplate == 0 ? try Grib2Grid(sections.grid) : nil
    packing = try Grib2Packing(sections.packing)
    hasBitmap = sections.bitmap != nil
    let points = try sections.grid.unsigned(7...10)
    if let bitmap = sections.bitmap {
      guard bitmap.length == 6 + (points + 7) / 8, packing.count <= points else {
        throw bitmap.malformed("has \(bitmap.length) octets for \(points) points, of which \(packing.count) have data")
      }
    } else if packing.count != points {
      throw sections.packing.malformed("has \(packing.count) values for \(points) points")
    }
  }
}
