/// How the work on an area is dealt out; no choice changes a result.
package struct ForecastPlan: Sendable {
  package var threads: Int
  /// Columns of a tile; without a number those whose first convolutions fill two blocks of 24, 42 for a patch of 9.
  package var tileWidth: Int?
  package var tileHeight = 20

  package init(threads: Int, tileWidth: Int? = nil, tileHeight: Int = 20) {
    precondition(threads > 0 && tileWidth ?? 1 > 0 && tileHeight > 0, "a plan without work")
    self.threads = threads
    self.tileWidth = tileWidth
    self.tileHeight = tileHeight
  }
}
