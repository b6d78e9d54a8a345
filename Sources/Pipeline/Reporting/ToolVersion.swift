/// The version written into every product.
package enum ToolVersion {
  package static let text = "0.1.0"
}
