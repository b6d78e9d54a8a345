import CGDAL
import CGDALCalls
import Synchronization

/// An open NetCDF, HDF5 or Zarr store: named arrays, read through GDAL's multidimensional model.
///
/// The libraries below serve one thread at a time: all use goes through `ArrayStore.exclusively`.
final class ArrayStore {
  let path: String
  private let dataset: Dataset
  private let root: GDALGroupH
  /// Full names of all arrays: `/Grid/precipitation`.
  let names: [String]

  init(_ path: String) throws(RasterError) {
    try PlainFile.refusePipes(path)
    prepareGDAL()
    CPLErrorReset()
    // The climate data store hands out zip archives named .nc: the one member is read, its name gone once it is open.
    let unpacked = try UnpackedMember(of: path)
    defer { unpacked?.remove() }
    if let refusal = ClassicNetCDF.refusal(of: unpacked?.path ?? path) { throw refusal }
    let opened = GDALOpenEx(
      unpacked?.path ?? path, UInt32(GDAL_OF_MULTIDIM_RASTER | GDAL_OF_VERBOSE_ERROR), nil, nil, nil)
    let reason = gdalReason()
    guard let opened else {
      if lsmap_path_exists(path) == 0 { throw .notFound(path: path) }
      throw PlainFile.diskFailure(path) ?? FileSignature.refusal(of: path) ?? .cannotOpen(path: path, reason: reason)
    }
    let dataset = Dataset(owning: opened)
    guard let root = GDALDatasetGetRootGroup(dataset.handle) else { throw .cannotOpen(path: path, reason: reason) }
    self.dataset = dataset
    self.root = root
    self.path = path
    names = Self.names(below: root, prefix: "/")
  }

  deinit { GDALGroupRelease(root) }

  /// `nil` where there is no such array.
  func array(_ fullName: String) -> StoredArray? {
    GDALGroupOpenMDArrayFromFullname(root, fullName, nil).map { StoredArray($0, fullName, path: path) }
  }

  private static func names(below group: GDALGroupH, prefix: String) -> [String] {
    var found: [String] = []
    if let list = GDALGroupGetMDArrayNames(group, nil) {
      found += (0..<Int(CSLCount(list))).compactMap { list[$0].map { prefix + String(cString: $0) } }
      CSLDestroy(list)
    }
    if let list = GDALGroupGetGroupNames(group, nil) {
      for name in (0..<Int(CSLCount(list))).compactMap({ list[$0].map { String(cString: $0) } }) {
        guard let child = GDALGroupOpenGroup(group, name, nil) else { continue }
        found += names(below: child, prefix: prefix + name + "/")
        GDALGroupRelease(child)
      }
      CSLDestroy(list)
    }
    return found
  }

  private static let gate = Mutex<Void>(())

  /// Runs `body` while no other thread uses any array store.
  static func exclusively<Result: Sendable>(
    _ body: () throws(RasterError) -> sending Result
  ) throws(RasterError) -> Result {
    try gate.withLock { _ throws(RasterError) in
      lsmap_silence_hdf5()
      return try body()
    }
  }
}

/// An array of an `ArrayStore`.
final class StoredArray {
  let fullName: String
  let path: String
  let handle: GDALMDArrayH
  let dimensions: [(name: String, size: Int)]

  fileprivate init(_ handle: GDALMDArrayH, _ fullName: String, path: String) {
    self.handle = handle
    self.fullName = fullName
    self.path = path
    var count = 0
    let list = GDALMDArrayGetDimensions(handle, &count)
    dimensions = (0..<count).map { i in
      (GDALDimensionGetName(list?[i]).map { String(cString: $0) } ?? "", Int(GDALDimensionGetSize(list?[i])))
    }
    GDALReleaseDimensions(list, count)
  }

  deinit { GDALMDArrayRelease(handle) }

  /// Last part of the full name.
  var name: String { fullName.split(separator: "/").last.map(String.init) ?? "" }
  /// The group it lies in, with a `/` at the end.
  var folder: String { String(fullName.dropLast(name.count)) }
  var unit: String { GDALMDArrayGetUnit(handle).map { String(cString: $0) } ?? "" }

  func text(_ attribute: String) -> String? {
    guard let found = GDALMDArrayGetAttribute(handle, attribute) else { return nil }
    defer { GDALAttributeRelease(found) }
    return GDALAttributeReadAsString(found).map { String(cString: $0) }
  }

  func number(_ attribute: String) -> Double? {
    guard let found = GDALMDArrayGetAttribute(handle, attribute) else { return nil }
    defer { GDALAttributeRelease(found) }
    return GDALAttributeReadAsDouble(found)
  }

  /// All numbers of an attribute; none where it is absent or a text.
  func numbers(_ attribute: String) -> [Double] {
    guard let found = GDALMDArrayGetAttribute(handle, attribute) else { return [] }
    defer { GDALAttributeRelease(found) }
    var count = 0
    guard let list = GDALAttributeReadAsDoubleArray(found, &count) else { return [] }
    defer { VSIFree(list) }
    return Array(UnsafeBufferPointer(start: list, count: count))
  }

  /// Type of the stored numbers.
  var storedType: GDALDataType {
    let type = GDALMDArrayGetDataType(handle)
    defer { GDALExtendedDataTypeRelease(type) }
    return GDALExtendedDataTypeGetNumericDataType(type)
  }

  /// Reference system as WKT; `nil` where the file states none.
  var referenceDefinition: String? {
    guard let reference = GDALMDArrayGetSpatialRef(handle) else { return nil }
    defer { OSRRelease(reference) }
    var text: UnsafeMutablePointer<CChar>?
    defer { VSIFree(text) }
    guard OSRExportToWkt(reference, &text) == OGRERR_NONE, let text else { return nil }
    return String(cString: text)
  }

  /// Reads a block with scale and offset applied; missing values are `NaN`.
  ///
  /// - Parameters:
  ///   - start: First index of each dimension.
  ///   - count: How many of each dimension.
  ///   - strides: Distance in the result between neighbours of each dimension, in values.
  /// - Returns: As many values as the counts multiply to.
  /// - Throws: `cannotRead`.
  func read(start: [Int], count: [Int], strides: [Int]) throws(RasterError) -> [Double] {
    precondition(start.count == dimensions.count && count.count == start.count && strides.count == start.count)
    var values = [Double](repeating: .nan, count: count.reduce(1, *))
    let type = GDALExtendedDataTypeCreate(GDT_Float64)
    defer { GDALExtendedDataTypeRelease(type) }
    CPLErrorReset()
    let first = start.map { UInt64($0) }
    let steps = strides.map { Int64($0) }
    let read = values.withUnsafeMutableBytes { bytes in
      GDALMDArrayRead(handle, first, count, nil, steps, type, bytes.baseAddress, bytes.baseAddress, bytes.count)
    }
    guard read != 0 else { throw .unread(path) }
    let packing = try Packing(of: self)
    for i in values.indices { values[i] = packing.value(of: values[i]) }
    return values
  }

  /// All values, row-major.
  func readAll() throws(RasterError) -> [Double] {
    let sizes = dimensions.map(\.size)
    let strides = sizes.indices.map { i in sizes[(i + 1)...].reduce(1, *) }
    return try read(start: sizes.map { _ in 0 }, count: sizes, strides: strides)
  }
}
