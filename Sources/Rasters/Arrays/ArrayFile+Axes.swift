package import Mesh

extension NamedArray {
  /// Coordinates of layers in time on a grid, after the CF conventions: `time` with its bounds, `lat` and `lon` ascending.
  ///
  /// - Parameters:
  ///   - grid: The cells.
  ///   - ends: Ends of the steps, hours since 1970-01-01 00:00 UTC.
  ///   - stepHours: Length of a step.
  /// - Returns: Arrays on the dimensions of `ArrayDimension.axes`.
  package static func axes(of grid: MeshGrid, ends: [Double], stepHours: Double) -> [NamedArray] {
    func text(_ pairs: KeyValuePairs<String, String>) -> [(name: String, value: ArrayAttribute)] {
      pairs.map { ($0.key, .text($0.value)) }
    }
    return [
      NamedArray(
        "time", ["time"], .float64(ends),
        attributes: text([
          "standard_name": "time", "calendar": "standard", "axis": "T", "units": "hours since 1970-01-01 00:00:00",
          "bounds": "time_bnds",
        ])),
      NamedArray("time_bnds", ["time", "bnds"], .float64(ends.flatMap { [$0 - stepHours, $0] })),
      NamedArray(
        "lat", ["lat"],
        .float64((0..<grid.height).map { grid.code(y: grid.height - 1 - $0, x: 0).centreLatitude }),
        attributes: text(["standard_name": "latitude", "units": "degrees_north", "axis": "Y"])),
      NamedArray(
        "lon", ["lon"], .float64((0..<grid.width).map { grid.code(y: 0, x: $0).centreLongitude }),
        attributes: text(["standard_name": "longitude", "units": "degrees_east", "axis": "X"])),
    ]
  }
}

extension ArrayDimension {
  /// The dimensions of `NamedArray.axes`.
  package static func axes(of grid: MeshGrid, times: Int) -> [ArrayDimension] {
    [
      ArrayDimension("time", times, kind: "TEMPORAL"), ArrayDimension("bnds", 2),
      ArrayDimension("lat", grid.height, kind: "HORIZONTAL_Y"), ArrayDimension("lon", grid.width, kind: "HORIZONTAL_X"),
    ]
  }
}
