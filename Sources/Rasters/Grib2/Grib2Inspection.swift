import Mesh

/// What is in a GRIB2 file, for people (`text`) and machines (JSON).
package struct Grib2Inspection: Codable, Hashable, Sendable {
  package struct Grid: Codable, Hashable, Sendable {
    package let columns: Int
    package let rows: Int
    /// `1 km`; `nil` off the MESH3 lattice.
    package let cells: String?
    /// Outer edges, degrees.
    package let south: Double
    package let west: Double
    package let north: Double
    package let east: Double
  }

  package struct Levels: Codable, Hashable, Sendable {
    /// Levels of the table, and the highest that the field uses.
    package let count: Int
    package let used: Int
    /// What the first and the last level of the table stand for.
    package let lowest: Double
    package let highest: Double
  }

  package struct Statistics: Codable, Hashable, Sendable {
    package let points: Int
    package let missing: Int
    /// `nil` where all is missing.
    package let lowest: Double?
    package let highest: Double?
    package let mean: Double?
  }

  package struct Field: Codable, Hashable, Sendable {
    /// Place in the file, from 0: what exports are asked for.
    package let index: Int
    /// In words: `hourly rain total`.
    package let what: String
    package let unit: String
    /// `discipline/category/parameter`
    package let code: String
    package let productTemplate: Int
    /// Type and value of the surface, where given.
    package let surface: String?
    package let isForecast: Bool
    package let referenceTime: String
    /// Start of the interval, where there is one; UTC.
    package let startTime: String?
    /// The moment, or the end of the interval; UTC.
    package let validTime: String?
    package let validTimeJST: String?
    /// The hour of rain it is, if it is one.
    package let hour: String?
    package let grid: Grid?
    package let gridTemplate: Int
    /// Pieces of a mosaic; 1 for a plain field.
    package let subgrids: Int
    package let packing: String
    package let hasBitmap: Bool
    package let levels: Levels?
    /// Why the values could not be read, where they could not.
    package let problem: String?
    package let statistics: Statistics?
  }

  package let path: String
  package let bytes: Int
  package let fields: [Field]
}

/// Describes a GRIB2 file; the fields are unpacked one by one for their statistics.
///
/// - Parameters:
///   - path: As for `Grib2File`.
///   - statistics: Unpacks the values; without, only headers are read.
/// - Returns: The description. A field whose values cannot be read is listed with the reason.
/// - Throws: What opening the file throws.
package func describe(gribFile path: String, statistics: Bool = true) throws(RasterError) -> Grib2Inspection {
  let file = try Grib2File(path)
  return Grib2Inspection(
    path: path, bytes: file.size, fields: file.mosaics.map { Grib2Inspection.Field($0, withStatistics: statistics) })
}

extension Grib2Inspection.Field {
  init(_ mosaic: Grib2Mosaic, withStatistics: Bool) {
    let (field, product) = (mosaic.first, mosaic.product)
    index = field.index
    what = mosaic.quantity.words(product)
    unit = mosaic.quantity.unit
    code = "\(product.discipline)/\(product.category)/\(product.parameter)"
    productTemplate = product.template
    surface = product.surface.map { surface in
      "type \(surface.type)" + (surface.value.map { ", value \($0)" } ?? "")
    }
    isForecast = product.isForecast
    referenceTime = product.referenceTime.utcText
    startTime = product.interval?.start.utcText
    validTime = product.validTime?.utcText
    validTimeJST = product.validTime?.jstText
    let isHour = mosaic.quantity == .rainTotal(minutes: 60) && product.interval?.isConsistent == true
    hour = isHour ? product.validTime.flatMap { JSTHour(endingAtUnixSeconds: $0.unixSeconds)?.description } : nil
    grid = field.grid.map { Grib2Inspection.Grid($0) }
    gridTemplate = field.gridTemplate
    subgrids = mosaic.fields.count
    hasBitmap = field.hasBitmap
    switch field.packing {
    case .runLength(let packing):
      self.packing = "run length (5.200), \(packing.bits) bits"
      levels = packing.table.isEmpty ? nil : Grib2Inspection.Levels(packing)
    case .simple(let packing):
      self.packing = "simple (5.0), \(packing.bits) bits"
      levels = nil
    case .other(let template, _):
      packing = "template 5.\(template), unpacked by GDAL"
      levels = nil
    }
    guard withStatistics else {
      (problem, statistics) = (nil, nil)
      return
    }
    var tally = Tally()
    do throws(RasterError) {
      for piece in mosaic.fields { tally.add(try piece.values()) }
      problem = nil
      statistics = tally.statistics
    } catch {
      problem = error.description
      statistics = nil
    }
  }

  private struct Tally {
    var (points, known, sum) = (0, 0, 0.0)
    var (low, high) = (Float.infinity, -Float.infinity)

    mutating func add(_ values: [Float]) {
      points += values.count
      for value in values where !value.isNaN {
        known += 1
        sum += Double(value)
        low = min(low, value)
        high = max(high, value)
      }
    }

    var statistics: Grib2Inspection.Statistics {
      Grib2Inspection.Statistics(
        points: points, missing: points - known, lowest: known > 0 ? shortest(low) : nil,
        highest: known > 0 ? shortest(high) : nil, mean: known > 0 ? sum / Double(known) : nil)
    }
  }
}

/// The decimal number a `Float` prints as: 0.4, not 0.4000000059604645.
private func shortest(_ value: Float) -> Double { Double(value.description) ?? Double(value) }

extension Grib2Inspection.Levels {
  init(_ packing: RunLengthPacking) {
    count = packing.table.count
    used = packing.maxLevel
    lowest = shortest(packing.value(ofLevel: 1))
    highest = shortest(packing.value(ofLevel: packing.table.count))
  }
}

extension Grib2Inspection.Grid {
  init(_ grid: Grib2Grid) {
    let transform = grid.geotransform
    columns = grid.columns
    rows = grid.rows
    cells = grid.lattice?.cellName
    west = transform[0]
    north = transform[3]
    east = transform[0] + Double(grid.columns) * transform[1]
    south = transform[3] + Double(grid.rows) * transform[5]
  }
}

extension Grib2Inspection {
  /// One paragraph a field.
  package var text: String {
    (["\(path): GRIB2, \(bytes) bytes, \(fields.count) field\(fields.count == 1 ? "" : "s")"] + fields.map(\.text))
      .joined(separator: "\n")
  }
}

extension Grib2Inspection.Field {
  package var text: String {
    var lines = ["field \(index): \(what)" + (unit.isEmpty ? "" : " (\(unit))") + (isForecast ? ", forecast" : "")]
    lines.append("  code \(code), product template 4.\(productTemplate)" + (surface.map { ", surface \($0)" } ?? ""))
    var times = "  reference time \(referenceTime)"
    if let startTime, let validTime {
      times += ", from \(startTime) to \(validTime)"
    } else if let validTime {
      times += ", valid \(validTime)"
    }
    lines.append(times + (validTimeJST.map { " (JST \($0))" } ?? ""))
    if let hour { lines.append("  rain of the hour that ends \(hour)") }
    if let grid {
      let pieces = subgrids > 1 ? "\(subgrids) sub-grids, the first " : ""
      lines.append(
        "  grid \(pieces)\(grid.columns) x \(grid.rows), cells of \(grid.cells ?? "no MESH3 size"), latitude \(grid.south) to"
          + " \(grid.north), longitude \(grid.west) to \(grid.east)")
    } else {
      lines.append("  grid template 3.\(gridTemplate), which is not read")
    }
    var packed = "  packing \(packing)" + (hasBitmap ? ", bitmap" : "")
    if let levels {
      packed += "; \(levels.count) levels from \(levels.lowest) to \(levels.highest), used up to level \(levels.used)"
    }
    lines.append(packed)
    if let statistics {
      var values = "  \(statistics.points) points, \(statistics.missing) missing"
      if let lowest = statistics.lowest, let highest = statistics.highest, let mean = statistics.mean {
        values += "; from \(lowest) to \(highest), mean \((mean * 1e4).rounded() / 1e4)"
      }
      lines.append(values)
    }
    if let problem { lines.append("  values not read: \(problem)") }
    return lines.joined(separator: "\n")
  }
}
