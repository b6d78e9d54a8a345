package import Forecasting
package import Mesh
package import Rasters

/// Which columns of an inventory hold what; a role without a name looks for the usual names.
package struct InventoryColumns: Sendable, Equatable {
  package var date: String?
  package var hour: String?
  package var latitude: String?
  package var longitude: String?
  package var accuracy: String?
  package var trigger: String?

  package init(
    date: String? = nil, hour: String? = nil, latitude: String? = nil, longitude: String? = nil,
    accuracy: String? = nil, trigger: String? = nil
  ) {
    self.date = date
    self.hour = hour
    self.latitude = latitude
    self.longitude = longitude
    self.accuracy = accuracy
    self.trigger = trigger
  }

  package static let roles = ["date", "hour", "latitude", "longitude", "accuracy", "trigger"]

  /// Sets the column of a role; `false` where there is no such role.
  package mutating func name(_ column: String, role: String) -> Bool {
    switch role {
    case "date": date = column
    case "hour": hour = column
    case "latitude": latitude = column
    case "longitude": longitude = column
    case "accuracy": accuracy = column
    case "trigger": trigger = column
    default: return false
    }
    return true
  }
}

/// Reads landslides from a CSV, shapefile, GeoPackage, GeoJSON or any other OGR source.
///
/// Dates are taken as Japanese days. Usual names: `date_iso`, `occurred_jst_iso`, `date`, `day`, `発生日`, `A30a5_003`;
/// `hour`, `time`, `発生時刻`; `location_accuracy`, `accuracy`, `accuracy_m`; `trigger`, `landslide_trigger`. Accuracies are
/// km unless they name another unit, or their column does (`accuracy_m`).
///
/// - Parameters:
///   - path: The file.
///   - columns: Names of its columns.
///   - referenceSystem: Replaces the file's own.
///   - triggers: Triggers that count, in lower case; `nil` takes all.
///   - isInside: Whether a cell is in the area.
/// - Returns: Events and rejects.
/// - Throws: What reading throws; `malformed` when a named column is missing or none holds dates or positions.
package func readInventory(
  _ path: String, columns: InventoryColumns = InventoryColumns(), referenceSystem: String? = nil,
  triggers: Set<String>? = nil, isInside: (Mesh3Code) -> Bool = { _ in true }
) throws(RasterError) -> Inventory {
  let table = try PointTable(
    reading: path, longitude: columns.longitude, latitude: columns.latitude, referenceSystem: referenceSystem)
  func column(_ wanted: String?, _ usual: [String]) throws(RasterError) -> Int? {
    let found = table.column(wanted.map { [$0] } ?? usual)
    if let wanted, found == nil {
      throw .malformed(
        path: path, reason: "no column \(wanted) among \(table.columns.joined(separator: ", "))",
        remedy: "name the column in the catalogue")
    }
    return found
  }
  let date = try column(columns.date, ["date_iso", "occurred_jst_iso", "date", "day", "発生日", "発生年月日", "A30a5_003"])
  guard let date else {
    throw .malformed(
      path: path, reason: "no column of dates among \(table.columns.joined(separator: ", "))",
      remedy: "name it as date: in the catalogue's inventory section or --column date=NAME")
  }
  guard table.hasPlaces else {
    throw .malformed(
      path: path, reason: "no columns of positions among \(table.columns.joined(separator: ", "))",
      remedy:
        "name them as latitude: and longitude: in the catalogue's inventory section; without positions it is no inventory"
    )
  }
  let clock = try column(columns.hour, ["hour", "time", "発生時刻"])
  let accuracy = try column(columns.accuracy, ["location_accuracy", "accuracy", "accuracy_m"])
  let accuracyUnit = accuracy.map { table.columns[$0].lowercased().hasSuffix("_m") ? " m" : "" } ?? ""
  let trigger = try column(columns.trigger, ["trigger", "landslide_trigger"])
  let records = table.records.map { record in
    InventoryRecord(
      number: record.number, date: record.fields[date],
      // A clock inside the date counts where its own column is blank.
      clock: clock.flatMap { record.fields[$0].isEmpty ? nil : record.fields[$0] }, latitude: record.latitude,
      longitude: record.longitude,
      accuracy: accuracy.map { record.fields[$0].isEmpty ? "" : record.fields[$0] + accuracyUnit },
      extent: record.extent,
      trigger: trigger.map { record.fields[$0] })
  }
  return Inventory(records, triggers: triggers, isInside: isInside)
}
