import Foundation

/// Writes GRIB2 messages as the JMA does: the counterpart that the reader is tested against. Written from the manual, not
/// from the reader.
package struct Grib2Encoder {
  /// Centre cell grid in microdegrees, as stored.
  package struct Grid {
    package var columns: Int
    package var rows: Int
    package var firstLatitude: Int
    package var firstLongitude: Int
    package var lastLatitude: Int
    package var lastLongitude: Int
    package var stepEast: Int
    package var stepSouth: Int
    package var scan = 0

    package init(
      columns: Int, rows: Int, firstLatitude: Int, firstLongitude: Int, lastLatitude: Int, lastLongitude: Int,
      stepEast: Int, stepSouth: Int, scan: Int = 0
    ) {
      self.columns = columns
      self.rows = rows
      self.firstLatitude = firstLatitude
      self.firstLongitude = firstLongitude
      self.lastLatitude = lastLatitude
      self.lastLongitude = lastLongitude
      self.stepEast = stepEast
      self.stepSouth = stepSouth
      self.scan = scan
    }

    /// Cells of `eighths` of a MESH3 cell; north-west corner in whole MESH3 cells. Angles are cut to microdegrees.
    package static func lattice(north: Int, west: Int, rows: Int, columns: Int, eighths: Int = 8) -> Grid {
      func latitude(_ row: Int) -> Int { (16 * north - eighths * (2 * row + 1)) * 1_000_000 / 1_920 }
      func longitude(_ column: Int) -> Int {
        100_000_000 + (16 * west + eighths * (2 * column + 1)) * 1_000_000 / 1_280
      }
      return Grid(
        columns: columns, rows: rows, firstLatitude: latitude(0), firstLongitude: longitude(0),
        lastLatitude: latitude(rows - 1), lastLongitude: longitude(columns - 1), stepEast: eighths * 1_000_000 / 640,
        stepSouth: eighths * 1_000_000 / 960)
    }

    package var section: [UInt8] {
      var body = [0] + big(columns * rows, 4) + [0, 0] + big(0, 2) + [4]
      body += [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x03, 0xCD, 0x39, 0xFA, 0x01, 0x03, 0xC9, 0xF6, 0xA3]
      body += big(columns, 4) + big(rows, 4) + big(0, 4) + big(0xFFFF_FFFF, 4)
      body += signed(firstLatitude, 4) + signed(firstLongitude, 4) + [0x30] + signed(lastLatitude, 4)
      body += signed(lastLongitude, 4) + big(stepEast, 4) + big(stepSouth, 4) + [UInt8(scan)]
      return Self.wrap(3, body)
    }

    private static func wrap(_ number: UInt8, _ body: [UInt8]) -> [UInt8] { big(body.count + 5, 4) + [number] + body }
  }

  package struct Product {
    package var template = 50_008
    package var category = 1
    package var parameter = 200
    package var forecastMinutes = -60
    package var surface: (type: Int, value: Int?) = (1, nil)
    /// End of the interval, minutes after the reference time.
    package var endMinutes = 0
    package var intervalMinutes = 60
    package var process = 1

    package init(
      template: Int = 50_008, category: Int = 1, parameter: Int = 200, forecastMinutes: Int = -60,
      surface: (type: Int, value: Int?) = (1, nil), endMinutes: Int = 0, intervalMinutes: Int = 60, process: Int = 1
    ) {
      self.template = template
      self.category = category
      self.parameter = parameter
      self.forecastMinutes = forecastMinutes
      self.surface = surface
      self.endMinutes = endMinutes
      self.intervalMinutes = intervalMinutes
      self.process = process
    }

    func section(reference: [Int]) -> [UInt8] {
      var body = big(0, 2) + big(template, 2) + [UInt8(category), UInt8(parameter), 0, 150, 255, 0, 0, 10]
      body += [0] + signed(forecastMinutes, 4) + [UInt8(surface.type)]
      body += surface.value.map { [0] + big($0, 4) } ?? [UInt8](repeating: 0xFF, count: 5)
      body += [UInt8](repeating: 0xFF, count: 6)
      let interval =
        Grib2Encoder.time(reference, plus: endMinutes) + [1] + big(0, 4) + [UInt8(process), 2, 0]
        + big(intervalMinutes, 4) + [0] + big(0, 4)
      switch template {
      case 0: break
      case 8: body += interval
      case 50_000: body += [2, 0, 0, 0, 4, 0, 0, 0]
      case 50_008, 50_011: body += interval + [UInt8](repeating: 0x55, count: 24)
      // Three records, a count, and as many pairs of octets with one more behind them.
      case 50_009: body += interval + [UInt8](repeating: 0x55, count: 24) + big(2, 2) + [0, 30, 0, 70, 1]
      default: preconditionFailure("no template \(template)")
      }
      return wrap(4, body)
    }
  }

  package enum Values {
    /// Levels in the order of the file, and the table of what they stand for.
    case runLength(levels: [Int], table: [UInt16], decimalScale: Int, bits: Int)
    case simple(numbers: [Int], reference: Float, binaryScale: Int, decimalScale: Int, bits: Int)
    /// Sections 5 and 7 as given.
    case raw(packing: [UInt8], data: [UInt8])
  }

  package enum Bitmap {
    case none
    case given([Bool])
    case previous
  }

  package struct Field {
    package var grid: Grid
    package var product: Product
    package var values: Values
    package var bitmap: Bitmap

    package init(grid: Grid, product: Product = Product(), values: Values, bitmap: Bitmap = .none) {
      self.grid = grid
      self.product = product
      self.values = values
      self.bitmap = bitmap
    }
  }

  /// Year, month, day, hour, minute; UTC.
  package var reference: [Int]
  package var centre: Int

  package init(reference: [Int] = [2_016, 11, 21, 1, 0], centre: Int = 34) {
    self.reference = reference
    self.centre = centre
  }

  /// One message with all fields; a section that repeats the one before is left out, as the format allows.
  package func message(_ fields: [Field]) -> [UInt8] {
    var body = Grib2Encoder.wrap(
      1, big(centre, 2) + big(0, 2) + [2, 1, 0] + Grib2Encoder.time(reference, plus: 0) + [0, 0])
    var grid: [UInt8] = []
    for field in fields {
      if field.grid.section != grid {
        grid = field.grid.section
        body += grid
      }
      body += field.product.section(reference: reference)
      let (packing, data) = Grib2Encoder.sections(field.values)
      body += packing
      switch field.bitmap {
      case .none: body += Grib2Encoder.wrap(6, [255])
      case .previous: body += Grib2Encoder.wrap(6, [254])
      case .given(let bits): body += Grib2Encoder.wrap(6, [0] + pack(bits.map { $0 ? 1 : 0 }, bits: 1))
      }
      body += data
    }
    let length = 16 + body.count + 4
    return Array("GRIB".utf8) + [0xFF, 0xFF, 0, 2] + big(length, 8) + body + Array("7777".utf8)
  }

  package static func sections(_ values: Values) -> (packing: [UInt8], data: [UInt8]) {
    switch values {
    case .runLength(let levels, let table, let decimalScale, let bits):
      let highest = levels.max() ?? 0
      var packing = big(levels.count, 4) + big(200, 2) + [UInt8(bits)] + big(highest, 2) + big(table.count, 2)
      packing += signed(decimalScale, 1) + table.flatMap { big(Int($0), 2) }
      return (wrap(5, packing), wrap(7, pack(runs(levels, highest: highest, bits: bits), bits: bits)))
    case .simple(let numbers, let reference, let binaryScale, let decimalScale, let bits):
      var packing = big(numbers.count, 4) + big(0, 2) + big(Int(reference.bitPattern), 4)
      packing += signed(binaryScale, 2) + signed(decimalScale, 2) + [UInt8(bits), 0]
      return (wrap(5, packing), wrap(7, pack(numbers, bits: bits)))
    case .raw(let packing, let data):
      return (packing, data)
    }
  }

  /// Levels, each followed by the digits of its run less one, lowest first.
  private static func runs(_ levels: [Int], highest: Int, bits: Int) -> [Int] {
    let base = 1 << bits - 1 - highest
    var symbols: [Int] = []
    var place = 0
    while place < levels.count {
      var end = place + 1
      if base > 1 { while end < levels.count, levels[end] == levels[place] { end += 1 } }
      symbols.append(levels[place])
      var rest = end - place - 1
      while rest > 0 {
        symbols.append(highest + 1 + rest % base)
        rest /= base
      }
      place = end
    }
    return symbols
  }

  package static func wrap(_ number: UInt8, _ body: [UInt8]) -> [UInt8] { big(body.count + 5, 4) + [number] + body }

  package static func time(_ parts: [Int], plus minutes: Int) -> [UInt8] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let components = DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4])
    let date = (calendar.date(from: components) ?? .distantPast).addingTimeInterval(Double(minutes) * 60)
    let moved = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    let rest = [moved.month, moved.day, moved.hour, moved.minute].map { UInt8($0 ?? 0) }
    return big(moved.year ?? 0, 2) + rest + [0]
  }
}

/// Big-endian, so many octets.
package func big(_ value: Int, _ octets: Int) -> [UInt8] {
  (0..<octets).map { UInt8(truncatingIfNeeded: value >> (8 * (octets - 1 - $0))) }
}

/// Sign and magnitude.
package func signed(_ value: Int, _ octets: Int) -> [UInt8] {
  var bytes = big(abs(value), octets)
  if value < 0 { bytes[0] |= 0x80 }
  return bytes
}

/// Numbers of so many bits one after the other, filled up with zeros to an octet.
package func pack(_ numbers: [Int], bits: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: (numbers.count * bits + 7) / 8)
  for (place, number) in numbers.enumerated() {
    for bit in 0..<bits where number >> (bits - 1 - bit) & 1 == 1 {
      let at = place * bits + bit
      bytes[at / 8] |= 0x80 >> UInt8(at % 8)
    }
  }
  return bytes
}
