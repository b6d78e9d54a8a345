import CGDAL
import Mesh

/// What the features of a layer are.
package enum FeatureShape: Sendable { case points, lines, polygons, none }

/// The features of one layer of an OGR file, with attributes as text and polygons on the lattice.
struct FeatureTable: ~Copyable {
  private let dataset: Dataset
  private let layer: OGRLayerH
  private let input: VectorInput
  /// Names of the attributes in the file.
  let fields: [String]

  init(_ input: VectorInput) throws(RasterError) {
    var path = virtualPath(input.path)
    // A path into an archive names the archive; OGR finds the shapefile in it.
    if path.hasPrefix("/vsizip/"), !path.lowercased().hasSuffix(".zip") { path = input.path }
    let encoding = input.encoding == nil ? try Self.unstatedEncoding(of: path) : input.encoding
    let opened = try Dataset(reading: path, vector: true, options: encoding.map { ["ENCODING=\($0)"] } ?? [])
    let found: OGRLayerH? =
      if let name = input.layer { GDALDatasetGetLayerByName(opened.handle, name) } else {
        GDALDatasetGetLayer(opened.handle, 0)
      }
    guard let found else {
      let names = (0..<GDALDatasetGetLayerCount(opened.handle)).compactMap { GDALDatasetGetLayer(opened.handle, $0) }
        .map { String(cString: OGR_L_GetName($0)) }
      throw .malformed(
        path: input.path, reason: input.layer.map { "no layer \($0)" } ?? "no layer in it",
        remedy: names.isEmpty
          ? "of 国土数値情報 give the shapefile or the whole zip; its own GML is none that GDAL reads"
          : "the layers are: \(names.joined(separator: ", "))")
    }
    let definition = OGR_L_GetLayerDefn(found)
    let names = (0..<OGR_FD_GetFieldCount(definition)).map {
      String(cString: OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, $0)))
    }
    if let filter = input.filter {
      CPLErrorReset()
      guard OGR_L_SetAttributeFilter(found, filter) == OGRERR_NONE else {
        throw .malformed(
          path: input.path, reason: "the filter \(filter) is not understood: \(gdalReason())",
          remedy: "the attributes are: \(names.joined(separator: ", "))")
      }
    }
    fields = names
    layer = found
    dataset = opened
    self.input = input
  }

  /// Place of an attribute, without regard to case; the first of several names that exists.
  func field(_ names: String...) throws(RasterError) -> Int {
    for name in names {
      if let place = fields.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return place }
    }
    throw .malformed(
      path: input.path, reason: "no attribute \(names.joined(separator: " or "))",
      remedy: "the attributes are: \(fields.joined(separator: ", "))")
  }

  /// What its features are; of a layer of several kinds the first.
  var shape: FeatureShape {
    var type = OGR_GT_Flatten(OGR_L_GetGeomType(layer))
    if type == wkbUnknown, let feature = OGR_L_GetNextFeature(layer) {
      if let geometry = OGR_F_GetGeometryRef(feature) { type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) }
      OGR_F_Destroy(feature)
      OGR_L_ResetReading(layer)
    }
    return switch type {
    case wkbPoint, wkbMultiPoint: .points
    case wkbLineString, wkbMultiLineString: .lines
    case wkbPolygon, wkbMultiPolygon, wkbCurvePolygon, wkbMultiSurface: .polygons
    default: .none
    }
  }

  var count: Int { Int(OGR_L_GetFeatureCount(layer, 1)) }

  /// Calls `body` with the texts of some attributes of each feature, in the order of the file.
  func forEachRow(fields: [Int], _ body: ([String]) -> Void) throws(RasterError) {
    try forEachFeature { feature in
      body(fields.map { Self.text(of: feature, field: $0) })
    }
  }

  /// The layer's reference system and what is unusual about it.
  ///
  /// - Parameter tokyoGrid: Shifts for Tokyo datum.
  /// - Returns: The system; whether the geometry is in the order latitude, longitude.
  /// - Throws: `noReferenceSystem`, `badReferenceSystem` or `malformed`.
  func reference(tokyoGrid: TokyoGrid?) throws(RasterError) -> (system: SourceReference, isSwapped: Bool) {
    if let named = input.referenceSystem {
      return (try SourceReference(named, for: input.path, tokyoGrid: tokyoGrid), false)
    }
    guard let stated = OGR_L_GetSpatialRef(layer) else { throw .noReferenceSystem(path: input.path) }
    var text: UnsafeMutablePointer<CChar>?
    defer { VSIFree(text) }
    guard OSRExportToWkt(stated, &text) == OGRERR_NONE, let text else { throw .noReferenceSystem(path: input.path) }
    var count: Int32 = 0
    let mapping = OSRGetDataAxisToSRSAxisMapping(stated, &count)
    let isFileOrder = count >= 2 && mapping?[0] == 1 && mapping?[1] == 2
    let isNorthFirst = OSREPSGTreatsAsLatLong(stated) != 0 || OSREPSGTreatsAsNorthingEasting(stated) != 0
    let system = try SourceReference(String(cString: text), for: input.path, tokyoGrid: tokyoGrid)
    return (system, isFileOrder && isNorthFirst)
  }

  /// Whether the layer's extent may reach a grid, with some cells to spare for sides that bend.
  ///
  /// - Parameters:
  ///   - grid: The cells.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  /// - Returns: `true` also where the extent is not told.
  /// - Throws: What `reference` throws.
  func mayTouch(_ grid: MeshGrid, tokyoGrid: TokyoGrid?) throws(RasterError) -> Bool {
    let (system, isSwapped) = try reference(tokyoGrid: tokyoGrid)
    var box = OGREnvelope()
    guard OGR_L_GetExtent(layer, &box, 1) == OGRERR_NONE, !isSwapped else { return true }
    let projector = try LatticeProjector(system, for: input.path)
    var points: [SIMD2<Double>] = []
    for step in 0...8 {
      let part = Double(step) / 8
      let (x, y) = (box.MinX + part * (box.MaxX - box.MinX), box.MinY + part * (box.MaxY - box.MinY))
      for (px, py) in [(x, box.MinY), (x, box.MaxY), (box.MinX, y), (box.MaxX, y)] {
        let (u, v) = projector.project(x: px, y: py)
        points.append(SIMD2(u, v))
      }
    }
    guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return true }
    let low = points.reduce(points[0]) { pointwiseMin($0, $1) } - 4
    let high = points.reduce(points[0]) { pointwiseMax($0, $1) } + 4
    return low.x < Double(grid.east) && high.x > Double(grid.west) && low.y < Double(grid.north)
      && high.y > Double(grid.south)
  }

  /// Calls `body` with attributes and polygons of each feature, in the order of the file; features without polygons count.
  ///
  /// - Parameters:
  ///   - fields: Places of the attributes.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  ///   - body: Gets the texts and the polygons.
  /// - Returns: The reference system, and what was unusual.
  /// - Throws: What `reference` throws.
  func forEachPolygon(
    fields: [Int], tokyoGrid: TokyoGrid?, _ body: ([String], [LatticePolygon]) -> Void
  ) throws(RasterError) -> (system: SourceReference, recognised: [String]) {
    let (system, isSwapped, recognised) = try orientedReference(tokyoGrid: tokyoGrid)
    OGR_L_ResetReading(layer)
    var reader = PolygonReader(PointPlacer(try LatticeProjector(system, for: input.path), isSwapped: isSwapped))
    try forEachFeature { feature in
      body(fields.map { Self.text(of: feature, field: $0) }, reader.polygons(of: feature))
    }
    return (system, recognised + reader.remarks)
  }

  /// Calls `body` with each line, in cells of the lattice, in the order of the file.
  ///
  /// - Parameters:
  ///   - grid: Lines that cannot touch it may be left out.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  ///   - body: Gets the points.
  /// - Returns: What was unusual.
  /// - Throws: What `reference` throws.
  func forEachLine(near grid: MeshGrid, tokyoGrid: TokyoGrid?, _ body: ([SIMD2<Double>]) -> Void) throws(RasterError)
    -> [String]
  {
    let (system, isSwapped, recognised) = try orientedReference(tokyoGrid: tokyoGrid)
    // Files with an index are read where it matters alone. Tokyo datum lies within two cells of JGD2011.
    if system.isGeographic, !isSwapped {
      let frame = grid.padded(by: 3)
      OGR_L_SetSpatialFilterRect(
        layer, frame.westLongitude, frame.southLatitude, frame.eastLongitude, frame.northLatitude)
    }
    defer { OGR_L_SetSpatialFilter(layer, nil) }
    OGR_L_ResetReading(layer)
    var reader = LineReader(PointPlacer(try LatticeProjector(system, for: input.path), isSwapped: isSwapped))
    try forEachFeature { feature in
      for line in reader.lines(of: feature) { body(line) }
    }
    return recognised + reader.remarks
  }

  /// The reference system, whether the geometry is in the order latitude, longitude by what is stated or by what it holds, and what
  /// was unusual about that.
  private func orientedReference(
    tokyoGrid: TokyoGrid?
  ) throws(RasterError) -> (system: SourceReference, isSwapped: Bool, recognised: [String]) {
    let (system, isNorthFirst) = try reference(tokyoGrid: tokyoGrid)
    var isSwapped = isNorthFirst
    var envelope = OGREnvelope()
    var recognised: [String] = isNorthFirst ? ["coordinates in the order latitude, longitude: read so"] : []
    if system.isGeographic, OGR_L_GetExtent(layer, &envelope, 1) == OGRERR_NONE {
      let (x, y) = (max(abs(envelope.MinX), abs(envelope.MaxX)), max(abs(envelope.MinY), abs(envelope.MaxY)))
      if isNorthFirst ? x > 90.5 && y <= 90.5 : y > 90.5 && x <= 90.5 {
        isSwapped.toggle()
        recognised = ["latitude and longitude are swapped: set right"]
      }
    }
    return (system, isSwapped, recognised)
  }

  private func forEachFeature(_ body: (OGRFeatureH) -> Void) throws(RasterError) {
    CPLErrorReset()
    while let feature = OGR_L_GetNextFeature(layer) {
      body(feature)
      OGR_F_Destroy(feature)
    }
    if CPLGetLastErrorType() == CE_Failure { throw .unread(input.path) }
  }

  private static func text(of feature: OGRFeatureH, field: Int) -> String {
    guard OGR_F_IsFieldSetAndNotNull(feature, Int32(field)) != 0 else { return "" }
    let text = OGR_F_GetFieldAsString(feature, Int32(field))
    return text.map { String(cString: $0) } ?? ""
  }

  /// Shapefiles of Japanese agencies are CP932 without saying so; newer ones are UTF-8.
  private static func unstatedEncoding(of path: String) throws(RasterError) -> String? {
    let lower = path.lowercased()
    guard [".shp", ".zip", ".dbf"].contains(where: lower.contains) else { return nil }
    let dataset = try Dataset(reading: path, vector: true)
    guard let driver = GDALGetDatasetDriver(dataset.handle),
      String(cString: GDALGetDriverShortName(driver)) == "ESRI Shapefile"
    else { return nil }
    var files: [String] = []
    if let list = GDALGetFileList(dataset.handle) {
      defer { CSLDestroy(list) }
      files = (0..<Int(CSLCount(list))).compactMap { list[$0].map { String(cString: $0) } }
    }
    guard !files.contains(where: { $0.lowercased().hasSuffix(".cpg") }),
      let attributes = files.first(where: { $0.lowercased().hasSuffix(".dbf") }),
      let file = VSIFOpenL(attributes, "rb")
    else { return nil }
    defer { VSIFCloseL(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = VSIFReadL(&bytes, 1, bytes.count, file)
    // The header's numbers are no text, its names of eleven bytes in blocks of 32 are.
    let header = min(count > 10 ? Int(bytes[8]) + Int(bytes[9]) * 256 : 0, count)
    let names = stride(from: 32, to: max(32, header - 31), by: 32).flatMap {
      bytes[$0..<$0 + 11].prefix { $0 != 0 } + [10]
    }
    let text = names + bytes[header..<count]
    if text.allSatisfy({ $0 < 0x80 }) { return nil }
    // A character may be cut at the end of what was read.
    let isUTF8 = (0..<4).contains { String(validating: text.dropLast($0), as: UTF8.self) != nil }
    return isUTF8 ? "UTF-8" : "CP932"
  }
}
