import CGDAL

/// An attribute of an array or a file, as the CF conventions use them.
package enum ArrayAttribute: Hashable, Sendable {
  case text(String)
  case number(Double)
}

/// The values of an array, row-major, last dimension fastest.
package enum ArrayValues: Sendable, Equatable {
  case uint8([UInt8])
  case uint16([UInt16])
  case int32([Int32])
  case float32([Float])
  case float64([Double])

  package var count: Int {
    switch self {
    case .uint8(let v): v.count
    case .uint16(let v): v.count
    case .int32(let v): v.count
    case .float32(let v): v.count
    case .float64(let v): v.count
    }
  }
}

/// An array with named dimensions.
package struct NamedArray: Sendable {
  package let name: String
  package let dimensions: [String]
  package let values: ArrayValues
  /// In the order they are written.
  package let attributes: [(name: String, value: ArrayAttribute)]
  /// Size of the compressed blocks; `nil` stores the array in one piece.
  package let block: [Int]?
  /// `EPSG:6668`, for arrays whose last two dimensions are coordinates.
  package let referenceSystem: String?

  package init(
    _ name: String, _ dimensions: [String], _ values: ArrayValues,
    attributes: [(name: String, value: ArrayAttribute)] = [], block: [Int]? = nil, referenceSystem: String? = nil
  ) {
    self.name = name
    self.dimensions = dimensions
    self.values = values
    self.attributes = attributes
    self.block = block
    self.referenceSystem = referenceSystem
  }
}

/// Dimensions of an array file: name and size, and `"TEMPORAL"`, `"HORIZONTAL_X"` or `"HORIZONTAL_Y"` if it is one.
package struct ArrayDimension: Hashable, Sendable {
  package let name: String
  package let size: Int
  package let kind: String

  package init(_ name: String, _ size: Int, kind: String = "") {
    self.name = name
    self.size = size
    self.kind = kind
  }
}

/// NetCDF-4 files of named arrays, through GDAL's multidimensional model.
package enum ArrayFile {
  /// Writes the arrays atomically, deflated; the bytes depend on the arguments only.
  ///
  /// - Parameters:
  ///   - arrays: In the order they are written; coordinates first.
  ///   - dimensions: All that the arrays name.
  ///   - attributes: Of the file: title, source.
  ///   - path: Replaced if it exists; ends in `.nc`.
  /// - Throws: `cannotWrite`; no file is left then.
  package static func write(
    _ arrays: [NamedArray], dimensions: [ArrayDimension], attributes: [(name: String, value: ArrayAttribute)] = [],
    to path: String
  ) throws(RasterError) {
    for array in arrays {
      let shape = array.dimensions.map { name in dimensions.first { $0.name == name }?.size ?? -1 }
      precondition(shape.reduce(1, *) == array.values.count, "\(array.name) has \(array.values.count) values")
    }
    prepareGDAL()
    // Deflating does not grow numbers by more than a part of a thousand; the rest is what the file says about itself.
    let size = arrays.reduce(4 << 20) { $0 + $1.values.withBytes(\.count) * 101 / 100 }
    try writeThroughRoomyFolder(to: path, size: size) { (temporary) throws(RasterError) in
      try ArrayStore.exclusively { () throws(RasterError) in
        CPLErrorReset()
        let made = withStringList(["FORMAT=NC4"]) { options in
          GDALCreateMultiDimensional(GDALGetDriverByName("netCDF"), temporary, nil, options)
        }
        guard let made else { throw .cannotWrite(path: path, reason: gdalReason()) }
        let dataset = Dataset(owning: made)
        try fill(dataset, arrays, dimensions, attributes, path: path)
        try dataset.close(path)
      }
    }
  }

  private static func fill(
    _ dataset: borrowing Dataset, _ arrays: [NamedArray], _ dimensions: [ArrayDimension],
    _ attributes: [(name: String, value: ArrayAttribute)], path: String
  ) throws(RasterError) {
    guard let root = GDALDatasetGetRootGroup(dataset.handle) else {
      throw .cannotWrite(path: path, reason: gdalReason())
    }
    defer { GDALGroupRelease(root) }
    for (name, value) in attributes {
      let type = value.newType()
      defer { GDALExtendedDataTypeRelease(type) }
      try value.write(to: GDALGroupCreateAttribute(root, name, 0, nil, type, nil), path: path)
    }
    var made: [String: GDALDimensionH] = [:]
    defer { for handle in made.values { GDALDimensionRelease(handle) } }
    for dimension in dimensions {
      made[dimension.name] = GDALGroupCreateDimension(
        root, dimension.name, dimension.kind.isEmpty ? nil : dimension.kind, nil, UInt64(dimension.size), nil)
    }
    for array in arrays {
      var handles: [GDALDimensionH?] = array.dimensions.map { made[$0] }
      guard !handles.contains(where: { $0 == nil }) else { throw .cannotWrite(path: path, reason: gdalReason()) }
      try add(
        array, to: root, &handles, shape: array.dimensions.map { n in dimensions.first { $0.name == n }?.size ?? 0 },
        path: path)
    }
  }

  private static func add(
    _ array: NamedArray, to root: GDALGroupH, _ dimensions: inout [GDALDimensionH?], shape: [Int], path: String
  ) throws(RasterError) {
    let type = GDALExtendedDataTypeCreate(array.values.type)
    defer { GDALExtendedDataTypeRelease(type) }
    var options: [String] = []
    if let block = array.block {
      options = ["COMPRESS=DEFLATE", "ZLEVEL=4", "BLOCKSIZE=" + block.map(String.init).joined(separator: ",")]
    }
    let made = withStringList(options) { options in
      GDALGroupCreateMDArray(root, array.name, dimensions.count, &dimensions, type, options)
    }
    guard let made else { throw .cannotWrite(path: path, reason: gdalReason()) }
    defer { GDALMDArrayRelease(made) }
    if let name = array.referenceSystem {
      let reference = try ReferenceSystem(name, for: path)
      GDALMDArraySetSpatialRef(made, reference.handle)
    }
    for (name, value) in array.attributes {
      let attributeType = value.newType()
      defer { GDALExtendedDataTypeRelease(attributeType) }
      try value.write(to: GDALMDArrayCreateAttribute(made, name, 0, nil, attributeType, nil), path: path)
    }
    let start = [UInt64](repeating: 0, count: shape.count)
    let written = array.values.withBytes { bytes in
      GDALMDArrayWrite(made, start, shape, nil, nil, type, bytes.baseAddress, bytes.baseAddress, bytes.count)
    }
    guard written != 0 else { throw .cannotWrite(path: path, reason: gdalReason()) }
  }
}

extension ArrayAttribute {
  fileprivate func newType() -> GDALExtendedDataTypeH? {
    switch self {
    case .text: GDALExtendedDataTypeCreateString(0)
    case .number: GDALExtendedDataTypeCreate(GDT_Float64)
    }
  }

  fileprivate func write(to handle: GDALAttributeH?, path: String) throws(RasterError) {
    guard let handle else { throw .cannotWrite(path: path, reason: gdalReason()) }
    defer { GDALAttributeRelease(handle) }
    let written =
      switch self {
      case .text(let text): GDALAttributeWriteString(handle, text)
      case .number(let number): GDALAttributeWriteDouble(handle, number)
      }
    guard written != 0 else { throw .cannotWrite(path: path, reason: gdalReason()) }
  }
}

extension ArrayValues {
  fileprivate var type: GDALDataType {
    switch self {
    case .uint8: GDT_Byte
    case .uint16: GDT_UInt16
    case .int32: GDT_Int32
    case .float32: GDT_Float32
    case .float64: GDT_Float64
    }
  }

  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .uint8(let v): v.withUnsafeBytes(body)
    case .uint16(let v): v.withUnsafeBytes(body)
    case .int32(let v): v.withUnsafeBytes(body)
    case .float32(let v): v.withUnsafeBytes(body)
    case .float64(let v): v.withUnsafeBytes(body)
    }
  }
}
