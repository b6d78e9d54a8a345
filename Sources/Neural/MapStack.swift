import CKernels

/// Square maps side by side: what a branch of convolutions reads on a tape.
///
/// Bundles of `lanes` maps, shape `(bundles, channels, edge, edge, lanes)`: the values of a bundle's maps at a pixel are
/// neighbours, so that kernels work on as many maps at once as a vector is wide. Lanes without a map are 0.
package struct MapStack {
  package let maps: Int
  package let channels: Int
  package let edge: Int
  let lanes: Int
  private let start: UnsafeMutablePointer<Float>

  /// Values behind the last one that kernels may read; they are 0.
  private static let slack = 16

  fileprivate init(maps: Int, channels: Int, edge: Int, lanes: Int, arena: Arena) {
    (self.maps, self.channels, self.edge, self.lanes) = (maps, channels, edge, lanes)
    let count = (maps + lanes - 1) / lanes * channels * edge * edge * lanes
    start = arena.allocate(count + Self.slack)
    (start + count).update(repeating: 0, count: Self.slack)
  }

  /// Memory for maps that lie in the bundles of these.
  func like(channels: Int, edge: Int, arena: Arena) -> MapStack {
    MapStack(maps: maps, channels: channels, edge: edge, lanes: lanes, arena: arena)
  }

  var bundles: Int { (maps + lanes - 1) / lanes }
  private var bundleCount: Int { channels * edge * edge * lanes }

  /// Maps of a bundle; the last one may be short.
  func maps(inBundle bundle: Int) -> Int { min(lanes, maps - bundle * lanes) }

  func bundle(_ number: Int) -> lsmap_maps {
    lsmap_maps(
      values: start + number * bundleCount, row: edge * lanes, plane: edge * edge * lanes, bundle: bundleCount)
  }

  /// Distance of two pixels of a map.
  package var pixelStride: Int { lanes }
  /// Distance of two channels of a map.
  package var channelStride: Int { edge * edge * lanes }

  /// The first value of a map: channel 0 of its pixel in the north-west.
  package func map(_ number: Int) -> UnsafeMutablePointer<Float> {
    start + number / lanes * bundleCount + number % lanes
  }

  /// A value of a map; pixels row by row.
  package subscript(map: Int, channel: Int, pixel: Int) -> Float {
    get { self.map(map)[channel * channelStride + pixel * pixelStride] }
    nonmutating set { self.map(map)[channel * channelStride + pixel * pixelStride] = newValue }
  }

  fileprivate func clear() { start.update(repeating: 0, count: bundles * bundleCount) }
}

extension Tape {
  /// Maps of 0 to be filled; they need no gradient.
  package func maps(_ maps: Int, channels: Int, edge: Int) -> MapStack {
    let stack = MapStack(maps: maps, channels: channels, edge: edge, lanes: lsmap_maps_lanes(maps), arena: arena)
    stack.clear()
    return stack
  }
}
