import CBuild

/// Which program wrote a product.
package enum ToolVersion {
  /// The release; stands in layers, so that equal runs of one release give equal bytes.
  package static let text = "0.1.0"

  /// The release and the commit it was built from; stands in manifests, models and `--version`.
  package static var build: String {
    let commit = String(cString: lsmap_commit())
    return commit.isEmpty ? text : "\(text) (\(commit))"
  }
}
