import Neural

/// How far features lie from those of days without a landslide, in means over the training samples of that kind.
///
///     d² = ‖W h − c‖² / u        h = max(W₁ x, 0), or x itself
///
/// Deep SVDD has both maps; Mahalanobis' distance has `W = L⁻¹` of the covariance `L Lᵀ`, `c = W mean` and no hidden map.
/// The unit `u` leaves the order as it is and gives every model scores about 1.
package struct OneClassHead: Sendable, Equatable {
  package let features: Int
  /// `W₁`, shape `(hidden, features)`, row-major; empty where the features are mapped as they are.
  let hidden: [Float]
  /// `W`, shape `(outputs, hidden or features)`, row-major.
  let map: [Float]
  /// `c`, shape `(outputs)`.
  let centre: [Float]
  /// `u`, above 0.
  let unit: Float

  init(features: Int, hidden: [Float], map: [Float], centre: [Float], unit: Float = 1) {
    self.features = features
    self.hidden = hidden
    self.map = map
    self.centre = centre
    self.unit = unit
  }

  /// The same distances in units of their mean over rows, shape `(n, features)`.
  func scaled(to rows: [Float]) -> OneClassHead {
    let distances = stride(from: 0, to: rows.count, by: features).map { score(rows[$0..<$0 + features]) }
    let mean = Float(distances.reduce(0, +) / Double(max(distances.count, 1)))
    return OneClassHead(
      features: features, hidden: hidden, map: map, centre: centre, unit: mean > 1e-12 ? unit * mean : unit)
  }

  /// `d²` of the features of a sample.
  func score(_ x: ArraySlice<Float>) -> Double {
    let inner = hidden.isEmpty ? x.map(Double.init) : product(hidden, x.map(Double.init)).map { max($0, 0) }
    let gaps = zip(product(map, inner), centre).map { $0 - Double($1) }
    return gaps.reduce(0) { $0 + $1 * $1 } / Double(unit)
  }

  private func product(_ matrix: [Float], _ x: [Double]) -> [Double] {
    stride(from: 0, to: matrix.count, by: x.count).map { row in
      x.indices.reduce(0) { $0 + Double(matrix[row + $1]) * x[$1] }
    }
  }
}

extension OneClassHead {
  var words: String {
    hidden.isEmpty
      ? "Mahalanobis' distance of \(features) features from days without a landslide"
      : "distance of \(features) features from days without a landslide by \(centre.count) outputs (Deep SVDD)"
  }

  /// What the names of its tensors begin with, beside those of a network.
  static let prefix = "distance."

  /// Its tensors.
  var payload: ModelPayload {
    let outputs = centre.count
    var tensors = [
      Tensor("map", shape: [outputs, map.count / outputs], floats: map),
      Tensor("centre", shape: [outputs], floats: centre), Tensor("unit", shape: [1], floats: [unit]),
    ]
    if !hidden.isEmpty {
      tensors.append(Tensor("hidden", shape: [hidden.count / features, features], floats: hidden))
    }
    return ModelPayload(tensors: tensors)
  }

  /// Reads its tensors and checks all of them.
  ///
  /// - Parameters:
  ///   - payload: Its own part.
  ///   - features: How many the network has.
  ///   - path: Name of the file, for the error.
  /// - Throws: `missingTensor`, `wrongShape`, `notFinite`, `badMetadata`.
  init(_ payload: ModelPayload, features: Int, path: String) throws(ForecastError) {
    func rows(_ name: String) -> Int? { payload.tensors.first { $0.name == name }.map { max($0.shape.first ?? 1, 1) } }
    let (outputs, width) = (rows("centre") ?? 1, rows("hidden"))
    var hidden: [Float] = []
    if let width { hidden = try payload.floats("hidden", shape: [width, features], path: path) }
    self.init(
      features: features, hidden: hidden,
      map: try payload.floats("map", shape: [outputs, width ?? features], path: path),
      centre: try payload.floats("centre", shape: [outputs], path: path),
      unit: try payload.floats("unit", shape: [1], path: path)[0])
    guard unit > 0 else { throw .badMetadata(path: path, key: "unit", reason: "a mean distance of \(unit)") }
    try payload.requireNothingElse(tensors: ["hidden", "map", "centre", "unit"], path: path)
  }
}
