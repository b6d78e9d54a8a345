import Statistics

/// Regions dealt to folds, each held out once: sorted by positives (most first, equal ones shuffled), dealt to and fro so
/// that every fold has some.
///
/// - Parameters:
///   - keys: Shape `(n)`.
///   - labels: `true` for a positive; shape `(n)`.
///   - folds: At most the number of regions; 22 regions give 5 folds of 4, 4, 4, 5, 5.
///   - seed: Order of regions with the same number of positives.
/// - Returns: Names of the regions of each fold, in order.
/// - Source: METHOD 7.2, Leave-K-Region-Out.
package func regionFolds(_ keys: [SampleKey], labels: [Bool], folds: Int = 5, seed: UInt64) -> [[String]] {
  precondition(keys.count == labels.count, "\(keys.count) keys, \(labels.count) labels")
  var positives: [String: Int] = [:]
  for (key, label) in zip(keys, labels) { positives[key.region, default: 0] += label ? 1 : 0 }
  precondition(folds > 1 && folds <= positives.count, "\(folds) folds of \(positives.count) regions")
  var regions = positives.keys.sorted()
  var stream = RandomStream(seed: seed, "split", "region")
  stream.shuffle(&regions)
  let order = regions.indices.sorted {
    (positives[regions[$1], default: 0], $0) < (positives[regions[$0], default: 0], $1)
  }
  var result = [[String]](repeating: [], count: folds)
  for (turn, place) in order.enumerated() {
    let seat = turn % folds
    result[turn / folds % 2 == 0 ? seat : folds - 1 - seat].append(regions[place])
  }
  return result.map { $0.sorted() }.sorted { $0.count < $1.count || ($0.count == $1.count && $0[0] < $1[0]) }
}

/// The split that holds out a fold's regions.
package func splitByRegion(_ keys: [SampleKey], heldOut regions: [String]) -> SampleSplit {
  let names = Set(regions)
  return SampleSplit(
    training: keys.indices.filter { !names.contains(keys[$0].region) },
    test: keys.indices.filter { names.contains(keys[$0].region) })
}
