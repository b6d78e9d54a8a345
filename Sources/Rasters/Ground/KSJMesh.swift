import Mesh

/// KSJ G04-a, elevation and slope by third mesh: attributes of one or more files read by OGR.
///
/// Elevation is the mean (`G04a_002`), slope the mean angle (`G04a_010`), aspect the direction of the greatest slope
/// (`G04a_007`). All are texts; missing is the word "unknown", and in the edition of 1981 a number of nines.
/// - Source: METHOD 8.2.
struct KSJMesh {
  /// Lattice cells of the files' own datum.
  let elevation: Layer<Float>
  let slope: Layer<Float>
  let aspect: Layer<UInt8>
  /// What was unusual, in words.
  let recognised: [String]

  init(_ paths: [String], on grid: MeshGrid) throws(RasterError) {
    var elevation = Layer<Float>(grid: grid, filledWith: .nan)
    var slope = elevation
    var aspect = Layer<UInt8>(grid: grid, filledWith: 0)
    var (refused, unknown) = (0, 0)
    for path in paths {
      let table = try FeatureTable(VectorInput(path))
      let fields = [
        try table.field("G04a_001", "meshCode"), try table.field("G04a_002"), try table.field("G04a_010"),
        try table.field("G04a_007"),
      ]
      try table.forEachRow(fields: fields) { texts in
        guard let code = Mesh3Code(Legend.normalised(texts[0])) else {
          refused += 1
          return
        }
        guard let index = grid.index(of: code) else { return }
        let height = Self.number(texts[1], within: GroundGate.heights)
        if height == nil { unknown += 1 }
        elevation.values[index] = height ?? .nan
        slope.values[index] = Self.number(texts[2], within: 0...90) ?? .nan
        aspect.values[index] = UInt8(Legend.normalised(texts[3])).flatMap { (1...8).contains($0) ? $0 : nil } ?? 0
      }
    }
    self.elevation = elevation
    self.slope = slope
    self.aspect = aspect
    var recognised: [String] = []
    if refused > 0 { recognised.append("\(refused) records without a valid mesh code left out") }
    if unknown > 0 { recognised.append("\(unknown) cells with elevation \"unknown\": left empty") }
    self.recognised = recognised
  }

  /// A number of a text attribute; `nil` for "unknown", for nothing, for the nines of the 1981 edition, and for what cannot be.
  private static func number(_ text: String, within limits: ClosedRange<Float>) -> Float? {
    guard let number = Float(Legend.normalised(text)), limits.contains(number) else { return nil }
    return number
  }
}
