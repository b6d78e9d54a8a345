import CGDAL

/// The numbers of an array as they are stored, unscaled.
package struct ArrayContents: Sendable, Equatable {
  package let shape: [Int]
  /// In the type they are stored in; types that `ArrayValues` lacks come as `float64`.
  package let values: ArrayValues
}

extension ArrayFile {
  /// Reads arrays of the file's first group.
  ///
  /// - Parameters:
  ///   - names: Of the arrays.
  ///   - path: NetCDF, HDF5 or Zarr.
  /// - Returns: In the order of the names.
  /// - Throws: `notFound`, `cannotOpen`, `cannotRead`, or `malformed` when an array is not there.
  package static func read(_ names: [String], from path: String) throws(RasterError) -> [ArrayContents] {
    try ArrayStore.exclusively { () throws(RasterError) in
      let store = try ArrayStore(path)
      var result: [ArrayContents] = []
      for name in names {
        guard let array = store.array("/" + name) else {
          throw .malformed(path: path, reason: "it has no array \(name)", remedy: "write it again")
        }
        result.append(try array.stored())
      }
      return result
    }
  }
}

extension StoredArray {
  /// All numbers as they are stored.
  fileprivate func stored() throws(RasterError) -> ArrayContents {
    let shape = dimensions.map(\.size)
    let type = GDALMDArrayGetDataType(handle)
    defer { GDALExtendedDataTypeRelease(type) }
    let values: ArrayValues
    switch GDALExtendedDataTypeGetNumericDataType(type) {
    case GDT_Byte: values = .uint8(try numbers(GDT_Byte, shape, zero: 0))
    case GDT_UInt16: values = .uint16(try numbers(GDT_UInt16, shape, zero: 0))
    case GDT_Int32: values = .int32(try numbers(GDT_Int32, shape, zero: 0))
    case GDT_Float32: values = .float32(try numbers(GDT_Float32, shape, zero: 0))
    default: values = .float64(try numbers(GDT_Float64, shape, zero: 0))
    }
    return ArrayContents(shape: shape, values: values)
  }

  private func numbers<Value>(_ type: GDALDataType, _ shape: [Int], zero: Value) throws(RasterError) -> [Value] {
    let memoryType = GDALExtendedDataTypeCreate(type)
    defer { GDALExtendedDataTypeRelease(memoryType) }
    let start = [UInt64](repeating: 0, count: shape.count)
    var result = [Value](repeating: zero, count: shape.reduce(1, *))
    CPLErrorReset()
    let succeeded = result.withUnsafeMutableBytes { bytes in
      GDALMDArrayRead(handle, start, shape, nil, nil, memoryType, bytes.baseAddress, bytes.baseAddress, bytes.count)
    }
    guard succeeded != 0 else { throw .unread(path) }
    return result
  }
}
