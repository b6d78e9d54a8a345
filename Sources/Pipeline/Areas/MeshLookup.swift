import Mesh

/// A mesh code with its bounds in degrees, found by its digits or by a point in it.
package struct MeshLookup: Encodable, Sendable {
  package let code: String
  package let south: Double
  package let west: Double
  package let north: Double
  package let east: Double
  package let cells: Int

  /// `nil` unless `text` is a code of 4, 6 or 8 digits, or `latitude,longitude` within the lattice.
  package init?(_ text: String) {
    let numbers = text.split(separator: ",").map { Double($0) }
    let digits: String
    if numbers.count == 2 {
      guard let latitude = numbers[0], let longitude = numbers[1],
        let cell = Mesh3Code(latitude: latitude, longitude: longitude)
      else { return nil }
      digits = cell.description
    } else {
      digits = text
    }
    guard let prefix = MeshCodePrefix(digits) else { return nil }
    code = prefix.digits
    (south, north) = (prefix.grid.southLatitude, prefix.grid.northLatitude)
    (west, east) = (prefix.grid.westLongitude, prefix.grid.eastLongitude)
    cells = prefix.grid.count
  }

  package var words: String {
    "\(code)  latitude \(south) to \(north)  longitude \(west) to \(east)  \(cells) cell\(cells == 1 ? "" : "s")"
  }
}
