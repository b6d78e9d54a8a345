package import Neural

/// What a phase updates, with which rate: one group a tensor, in the order of the table.
package struct ParameterGroups {
  private let entries: [ParameterEntry]

  init(_ shape: NetworkShape) { entries = NetworkParameters.table(of: shape) }

  /// Everything but the classifier and the skip, which pre-training does not touch.
  func pretraining(rate: Double) -> [AdamW.Group] {
    entries.filter { !Self.decides($0.name) }.map { group($0, rate) }
  }

  /// Everything but the metric head; the encoders with a rate of their own.
  package func finetuning(rate: Double, encoderRate: Double) -> [AdamW.Group] {
    entries.filter { !$0.name.hasPrefix("metric.") }.map {
      group($0, $0.isOfExtractor ? encoderRate : rate)
    }
  }

  private static func decides(_ name: String) -> Bool { name.hasPrefix("classifier.") || name == "skip.raw" }

  private func group(_ entry: ParameterEntry, _ rate: Double) -> AdamW.Group {
    AdamW.Group(range: entry.range, rate: Float(rate), decays: entry.isMatrix)
  }
}
