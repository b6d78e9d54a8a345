/// The inputs of samples as numbers of bins: trees split between bins, not between single values.
struct BinnedInputs: Sendable {
  /// Rising upper edges of all bins of an input but the last; shape `(inputs, its bins - 1)`.
  let edges: [[Float]]
  /// Shape `(inputs, samples)`: a value lies in the first bin whose edge is not below it.
  let bins: [[UInt8]]

  /// As many as a bin's number can tell apart, but one; the usual number of histogram trees.
  static let most = 255

  /// Cuts each input where its values change: between all of them where there are few, else so that the bins have equal
  /// shares of the samples.
  /// - Parameter rows: Shape `(samples, inputs)`, finite, at least one.
  init(_ rows: [[Float]]) {
    precondition(!rows.isEmpty, "bins of no samples")
    let columns = rows[0].indices.map { input in rows.map { $0[input] } }
    edges = columns.map(Self.edges)
    bins = zip(columns, edges).map { column, edges in column.map { UInt8(Self.place(of: $0, in: edges)) } }
  }

  private static func edges(_ values: [Float]) -> [Float] {
    let sorted = values.sorted()
    let changes = sorted.indices.dropFirst().filter { sorted[$0 - 1] < sorted[$0] }
    let shares = (1..<most).map { sorted.count * $0 / most }
    let cuts = changes.count < most ? changes : shares.filter { sorted[$0 - 1] < sorted[$0] }
    return cuts.map { cut in
      let middle = sorted[cut - 1] + (sorted[cut] - sorted[cut - 1]) / 2
      // The middle of neighbouring numbers rounds to one of them: the edge belongs to the lower side.
      return middle < sorted[cut] ? middle : sorted[cut - 1]
    }
  }

  private static func place(of value: Float, in edges: [Float]) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
