extension Method {
  /// "X + AD" (METHOD 6): `base` is trained end to end, then its branches alone are kept, and days are scored by how far their
  /// features lie from those of training days without a landslide. Its score is a squared distance, about 1 on such days.
  static func oneClass(_ name: String, after base: Method) -> Method {
    Method(
      name, title: "\(base.title) + AD", needs: base.needs,
      adjust: { settings in
        base.adjust(&settings)
        settings.oneClass = settings.statedOneClass
      },
      learn: { lesson in
        let settings = lesson.settings.statedOneClass
        let reading = settings.oneClassReading ?? .deep
        let further = reading == .deep ? settings.epochs : 0
        let (network, trained) = try trainNetwork(lesson, furtherEpochs: further)
        var records = trained
        let quiet = lesson.labelled.filter { lesson.samples.samples[$0].label == .none }
        let width = network.parameters.shape.joined
        let rows = try features(
          of: quiet, in: lesson.samples, parameters: network.parameters, scaling: network.scaling,
          workers: lesson.workers)
        let head: OneClassHead
        switch reading {
        case .deep:
          let before = records.count
          head = try OneClassHead.deep(
            fitting: rows, features: width, settings: settings, seed: lesson.settings.seed
          ) { epoch, loss in
            var record = EpochRecord(phase: .oneClass, epoch: epoch, loss: loss)
            record.rate = settings.rate
            records.append(record)
            try lesson.onEpoch(record, before + epoch, before + further)
          }
        case .mahalanobis: head = .mahalanobis(fitting: rows, features: width, shrinkage: settings.shrinkage)
        }
        return Learned(
          payload: network.payload(.extractor).joined(by: head.payload, under: OneClassHead.prefix),
          recipe: "\(lesson.settings.words); then \(head.words)", records: records)
      },
      open: { (payload, path) throws(ForecastError) in
        let (own, rest) = payload.split(at: OneClassHead.prefix)
        let network = try HybridNetwork(rest, isExtractor: true, path: path)
        let head = try OneClassHead(own, features: network.parameters.shape.joined, path: path)
        return HybridScorer(network, distance: head, method: name)
      })
  }
}
