import CGDAL
import CKernels

/// Reads arrays by name from a NetCDF, HDF5 or Zarr file.
package struct ArrayFileReader: ~Copyable {
  private let root: GDALGroupH
  private let dataset: Dataset
  private let path: String

  /// - Parameter path: File or folder (Zarr).
  /// - Throws: `notFound` or `cannotOpen`.
  package init(_ path: String) throws(RasterError) {
    prepareGDAL()
    CPLErrorReset()
    let flags = UInt32(GDAL_OF_MULTIDIM_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
    guard let opened = GDALOpenEx(path, flags, nil, nil, nil) else {
      if lsmap_path_exists(path) == 0 { throw .notFound(path: path) }
      throw .cannotOpen(path: path, reason: gdalReason())
    }
    let dataset = Dataset(owning: opened)
    guard let group = GDALDatasetGetRootGroup(opened) else { throw .cannotOpen(path: path, reason: gdalReason()) }
    root = group
    self.dataset = dataset
    self.path = path
  }

  deinit { GDALGroupRelease(root) }

  /// The stored numbers of an array, unscaled.
  ///
  /// - Parameter name: Of the array.
  /// - Returns: Shape, and values in the type they are stored in; types that `ArrayValues` lacks come as `float64`.
  /// - Throws: `cannotRead`, or `malformed` when the file has no such array.
  package func array(_ name: String) throws(RasterError) -> (shape: [Int], values: ArrayValues) {
    CPLErrorReset()
    guard let array = GDALGroupOpenMDArray(root, name, nil) else {
      throw .malformed(path: path, reason: "it has no array \(name)", remedy: "write it again")
    }
    defer { GDALMDArrayRelease(array) }
    var dimensionCount = 0
    let dimensions = GDALMDArrayGetDimensions(array, &dimensionCount)
    defer { GDALReleaseDimensions(dimensions, dimensionCount) }
    let shape = (0..<dimensionCount).map { Int(GDALDimensionGetSize(dimensions?[$0])) }
    let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard shape.allSatisfy({ $0 > 0 }), count > 0, count < 1 << 32 else {
      throw .malformed(path: path, reason: "array \(name) has shape \(shape)", remedy: "write it again")
    }
    let stored = GDALMDArrayGetDataType(array)
    defer { GDALExtendedDataTypeRelease(stored) }
    let values: ArrayValues
    switch GDALExtendedDataTypeGetNumericDataType(stored) {
    case GDT_Byte: values = .uint8(try read(array, GDT_Byte, shape, count, zero: 0))
    case GDT_UInt16: values = .uint16(try read(array, GDT_UInt16, shape, count, zero: 0))
    case GDT_Int32: values = .int32(try read(array, GDT_Int32, shape, count, zero: 0))
    case GDT_Float32: values = .float32(try read(array, GDT_Float32, shape, count, zero: 0))
    default: values = .float64(try read(array, GDT_Float64, shape, count, zero: 0))
    }
    return (shape, values)
  }

  private func read<Value>(
    _ array: GDALMDArrayH, _ type: GDALDataType, _ shape: [Int], _ count: Int, zero: Value
  ) throws(RasterError) -> [Value] {
    let memoryType = GDALExtendedDataTypeCreate(type)
    defer { GDALExtendedDataTypeRelease(memoryType) }
    let start = [UInt64](repeating: 0, count: shape.count)
    var result = [Value](repeating: zero, count: count)
    let succeeded = result.withUnsafeMutableBytes { bytes in
      GDALMDArrayRead(array, start, shape, nil, nil, memoryType, bytes.baseAddress, bytes.baseAddress, bytes.count)
    }
    guard succeeded != 0 else { throw .cannotRead(path: path, reason: gdalReason()) }
    return result
  }
}
