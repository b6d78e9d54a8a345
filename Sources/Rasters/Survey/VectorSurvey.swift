/// What the first layer of an OGR file looks like to somebody who does not know it.
package struct VectorSurvey: Sendable {
  package let path: String
  package let fields: [String]
  package let shape: FeatureShape
  package let features: Int
  package let hasReferenceSystem: Bool

  /// - Parameter path: Of anything OGR reads, also packed.
  /// - Throws: What opening throws.
  package init(_ path: String) throws(RasterError) {
    self.path = path
    let table = try FeatureTable(VectorInput(path))
    fields = table.fields
    shape = table.shape
    features = table.count
    do {
      _ = try table.reference(tokyoGrid: nil)
      hasReferenceSystem = true
    } catch {
      guard case .noReferenceSystem = error else { throw error }
      hasReferenceSystem = false
    }
  }

  /// The attribute of that name, without regard to case, as the file spells it.
  package func field(_ name: String) -> String? { fields.first { $0.lowercased() == name.lowercased() } }

  /// All values of an attribute but the empty one.
  package func values(of field: String) throws(RasterError) -> Set<String> {
    try attributeValues(of: VectorInput(path), among: [field])
  }
}
