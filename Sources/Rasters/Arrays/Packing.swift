import CGDAL

/// How the stored numbers of an array become values: the one place where scale, offset and marks of missing values are applied.
///
///     value = stored × scale_factor + add_offset
///
/// Missing are the fill value, `missing_value` and what lies outside of `valid_min` … `valid_max` or `valid_range`, all of them
/// compared with the stored number (CF conventions 1.11, 2.5 and 8.1), and infinite numbers.
struct Packing {
  private let scale: Double
  private let offset: Double
  private let missing: [Double]
  private let valid: ClosedRange<Double>
  /// The stored type has 32 bits of floating point, its attributes perhaps 64.
  private let isFloat: Bool
  /// 2 to the bits of a type that the file means without sign; netCDF's classic format has no such types.
  private let unsigned: Double?

  /// - Throws: `malformed` for a scale that would make one value of all.
  init(of array: StoredArray) throws(RasterError) {
    let type = array.storedType
    isFloat = type == GDT_Float32
    var has: Int32 = 0
    // Some drivers take the attributes for their own, others leave them.
    let stated = GDALMDArrayGetScale(array.handle, &has)
    scale = has != 0 ? stated : array.number("scale_factor") ?? 1
    let term = GDALMDArrayGetOffset(array.handle, &has)
    offset = has != 0 ? term : array.number("add_offset") ?? 0
    guard scale.isFinite, scale != 0, offset.isFinite else {
      throw .malformed(
        path: array.path, reason: "\(array.name) has the scale \(scale) and the offset \(offset)",
        remedy: "mend scale_factor and add_offset")
    }
    let nodata = GDALMDArrayGetNoDataValueAsDouble(array.handle, &has)
    let fill = has != 0 ? [nodata] : array.numbers("_FillValue")
    missing = (fill.isEmpty ? Self.defaultFill(of: type) : fill) + array.numbers("missing_value")
    let range = array.numbers("valid_range")
    let low = array.number("valid_min") ?? (range.count == 2 ? range[0] : -.infinity)
    let high = array.number("valid_max") ?? (range.count == 2 ? range[1] : .infinity)
    valid = low <= high ? low...high : -.infinity ... .infinity
    let bits: [GDALDataType: Double] = [GDT_Byte: 0x1p8, GDT_Int16: 0x1p16, GDT_Int32: 0x1p32]
    unsigned = array.text("_Unsigned") == "true" ? bits[type] : nil
  }

  /// The value of a stored number, `NaN` where it means missing.
  func value(of stored: Double) -> Double {
    guard stored.isFinite, !missing.contains(where: { isEqual($0, stored) }) else { return .nan }
    let number = if let unsigned, stored < 0 { stored + unsigned } else { stored }
    return valid.contains(number) ? number * scale + offset : .nan
  }

  private func isEqual(_ mark: Double, _ stored: Double) -> Bool {
    isFloat ? Float(mark) == Float(stored) : mark == stored
  }

  /// What netCDF fills unwritten numbers with where the file declares no fill of its own (netcdf.h, `NC_FILL_*`).
  private static func defaultFill(of type: GDALDataType) -> [Double] {
    switch type {
    case GDT_Float32, GDT_Float64: [0x1.ep+122]
    case GDT_Int16: [-32_767]
    case GDT_UInt16: [65_535]
    case GDT_Int32: [-2_147_483_647]
    case GDT_UInt32: [4_294_967_295]
    default: []
    }
  }
}
