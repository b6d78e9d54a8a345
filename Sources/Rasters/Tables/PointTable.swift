import CGDAL
import Foundation

/// Records with a place: a CSV of latitude and longitude, or any OGR source (shapefile, GeoPackage, GeoJSON, GML), plain,
/// packed or in a zip; text in UTF-8 or CP932.
package struct PointTable: Sendable {
  package struct Record: Sendable {
    /// Line or feature, from 1, header not counted.
    package let number: Int
    /// As many as the table has columns; empty where the file has nothing.
    package let fields: [String]
    /// Degrees on the lattice; `nil` where the record has no place. Of a line or polygon, its centroid.
    package let longitude: Double?
    package let latitude: Double?
    /// km from the middle to a corner of the box around a line or polygon; 0 for a point.
    package let extent: Double
  }

  package let path: String
  package let columns: [String]
  /// `false` for a text table without columns of latitude and longitude.
  package let hasPlaces: Bool
  package let records: [Record]

  /// - Parameters:
  ///   - path: A name ending in `.csv`, `.tsv` or `.txt` (or these with `.gz`) is a text table, anything else is OGR's.
  ///   - layer: Layer of a file with several; without it the first.
  ///   - longitude: Column of a text table; without it the usual names are looked for.
  ///   - latitude: The same.
  ///   - referenceSystem: Replaces the file's own; a text table without it is taken as JGD2011.
  /// - Throws: What opening throws; `noReferenceSystem` for an OGR source that states none, `malformed` for no layer.
  package init(
    reading path: String, layer: String? = nil, longitude: String? = nil, latitude: String? = nil,
    referenceSystem: String? = nil
  ) throws(RasterError) {
    self.path = path
    let name = path.lowercased().hasSuffix(".gz") ? String(path.lowercased().dropLast(3)) : path.lowercased()
    if [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) {
      (columns, hasPlaces, records) = try Self.readText(path, longitude, latitude, referenceSystem)
    } else {
      (columns, records) = try Self.readFeatures(path, layer, referenceSystem)
      hasPlaces = true
    }
  }

  /// Place of the first of several column names that exists, without regard to case.
  package func column(_ names: [String]) -> Int? {
    names.lazy.compactMap { name in
      columns.firstIndex { $0.caseInsensitiveCompare(name) == .orderedSame }
    }.first
  }

  private static func readText(
    _ path: String, _ longitude: String?, _ latitude: String?, _ referenceSystem: String?
  ) throws(RasterError) -> ([String], Bool, [Record]) {
    let table = try DelimitedText(reading: path)
    func column(_ wanted: String?, _ usual: [String]) throws(RasterError) -> Int? {
      let names = wanted.map { [$0] } ?? usual
      let found = names.lazy.compactMap { name in
        table.header.firstIndex { $0.caseInsensitiveCompare(name) == .orderedSame }
      }.first
      if let wanted, found == nil {
        throw .malformed(
          path: path, reason: "no column \(wanted) among \(table.header.joined(separator: ", "))",
          remedy: "name the column in the catalogue")
      }
      return found
    }
    let x = try column(longitude, ["longitude", "lon", "lng", "経度", "x"])
    let y = try column(latitude, ["latitude", "lat", "緯度", "y"])
    let reference = try SourceReference(referenceSystem ?? "EPSG:6668", for: path, tokyoGrid: nil)
    let projector = try LatticeProjector(reference, for: path)
    let records = table.rows.enumerated().map { place, row in
      var (longitude, latitude): (Double?, Double?) = (nil, nil)
      if let x, let y, let east = Double(row[x]), let north = Double(row[y]) {
        if let place = projector.degrees(x: east, y: north) { (longitude, latitude) = place }
      }
      return Record(number: place + 1, fields: row, longitude: longitude, latitude: latitude, extent: 0)
    }
    return (table.header, x != nil && y != nil, records)
  }

  private static func readFeatures(
    _ path: String, _ name: String?, _ referenceSystem: String?
  ) throws(RasterError) -> ([String], [Record]) {
    // An empty ENCODING hands shapefiles' bytes over as they are: their stated encodings are often wrong.
    let isShapefile = [".shp", ".dbf", ".zip"].contains { path.lowercased().hasSuffix($0) }
    let dataset = try Dataset(
      reading: virtualPath(path), vector: true, options: isShapefile ? ["ENCODING="] : [])
    let found = name.map { GDALDatasetGetLayerByName(dataset.handle, $0) } ?? GDALDatasetGetLayer(dataset.handle, 0)
    guard let layer = found else {
      throw .malformed(
        path: path, reason: name.map { "no layer \($0)" } ?? "no layer that GDAL can read",
        remedy: "name a layer that ogrinfo lists; of KSJ give the shapefile")
    }
    let definition = OGR_L_GetLayerDefn(layer)
    let columns = (0..<OGR_FD_GetFieldCount(definition)).map {
      text(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, $0)))
    }
    var stated = referenceSystem
    if stated == nil, let reference = OGR_L_GetSpatialRef(layer) {
      var wkt: UnsafeMutablePointer<CChar>?
      if OSRExportToWkt(reference, &wkt) == OGRERR_NONE, let wkt { stated = String(cString: wkt) }
      VSIFree(wkt)
    }
    guard let stated else { throw .noReferenceSystem(path: path) }
    let projector = try LatticeProjector(SourceReference(stated, for: path, tokyoGrid: nil), for: path)
    var records: [Record] = []
    OGR_L_ResetReading(layer)
    while let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      let fields = (0..<Int32(columns.count)).map { text(OGR_F_GetFieldAsString(feature, $0)) }
      let place = place(of: OGR_F_GetGeometryRef(feature), projector)
      records.append(
        Record(
          number: records.count + 1, fields: fields, longitude: place?.longitude, latitude: place?.latitude,
          extent: place?.extent ?? 0))
    }
    return (columns, records)
  }

  private static func text(_ bytes: UnsafePointer<CChar>?) -> String {
    guard let bytes else { return "" }
    return decodeJapanese(UnsafeBufferPointer(start: bytes, count: strlen(bytes)).map { UInt8(bitPattern: $0) })
  }

  /// Centroid and half diagonal of a geometry.
  private static func place(
    of geometry: OGRGeometryH?, _ projector: LatticeProjector
  ) -> (longitude: Double, latitude: Double, extent: Double)? {
    guard let geometry, OGR_G_IsEmpty(geometry) == 0, let centre = OGR_G_CreateGeometry(wkbPoint) else { return nil }
    defer { OGR_G_DestroyGeometry(centre) }
    guard OGR_G_Centroid(geometry, centre) == OGRERR_NONE,
      let middle = projector.degrees(x: OGR_G_GetX(centre, 0), y: OGR_G_GetY(centre, 0))
    else { return nil }
    var box = OGREnvelope()
    OGR_G_GetEnvelope(geometry, &box)
    guard box.MaxX > box.MinX || box.MaxY > box.MinY, let low = projector.degrees(x: box.MinX, y: box.MinY),
      let high = projector.degrees(x: box.MaxX, y: box.MaxY)
    else { return (middle.0, middle.1, 0) }
    let east = (high.0 - low.0) * cos(middle.1 * .pi / 180)
    let north = high.1 - low.1
    return (middle.0, middle.1, (east * east + north * north).squareRoot() / 2 * .pi / 180 * earthRadius)
  }
}

extension LatticeProjector {
  /// Longitude and latitude on the lattice; `nil` for a point that cannot be transformed.
  fileprivate func degrees(x: Double, y: Double) -> (Double, Double)? {
    let (u, v) = project(x: x, y: y)
    return u.isFinite && v.isFinite ? (100 + u / 80, v / 120) : nil
  }
}
