/// The sizes of the hybrid network (METHOD 3.2 and 3.4).
///
/// Two valid 3 x 3 convolutions take the patch to a square whose edge is 4 less, 9 x 9 to 5 x 5. Both branches hand on the
/// centre of that map and its mean: twice the channels of their second convolution.
package struct NetworkShape: Hashable, Sendable, Codable {
  /// Input maps of the static branch: elevation, slope, 8 aspects, 10 soils, 11 vegetations.
  package var staticChannels = 31
  /// Channels of the static branch after its first and second convolution; empty for a network that reads no ground.
  package var staticWidths: [Int]
  /// Edge of the patch that decides a cell; odd, 5 ... 15.
  package var patch = 9
  /// Rain tokens in the window; a multiple of 4, 4 ... 24.
  package var tokens = 24
  /// Hours of rain in a token: the input maps of the rain branch; 1 ... 12.
  package var hoursPerToken = 3
  /// Channels of the rain branch after its first and second convolution; empty for a network that reads no rain.
  package var rainWidths: [Int]
  /// Width of the transformer's tokens.
  package var width: Int
  package var heads: Int
  /// Width inside the feed-forward part of an encoder layer.
  package var feedWidth: Int
  package var layers: Int
  /// How many of the inputs of `PhysicsVector` join the latent layer, the leading ones: 0 none, 1 q, 6 those of the day, 14
  /// with what the cell has survived.
  package var physics = PhysicsVector.countOfDay
  package var latent: Int
  /// Whether the physics joins the logit past all layers: `z = CLS(h) + a logit(q)`.
  package var hasSkip = true
  /// Outputs of the metric head, used in pre-training only.
  package var projection: Int
  /// Outputs of a decoder that serves training only, with a discriminator beside it (METHOD 6, MMD-AAE); `nil` without both.
  package var reconstruction: Int?

  /// Patches that samples have cells for: `SampleSite.side` holds the largest and a shift of the rain on each side.
  package static let patches = 5...SampleSite.side - 2 * Augmentation.reach
  /// Hours a window may have, in whole days: samples know the soil water before each.
  package static let windows = 24...24 * Sample.daysBefore

  package init(
    staticWidths: [Int], rainWidths: [Int], width: Int, heads: Int, feedWidth: Int, layers: Int, latent: Int,
    projection: Int
  ) {
    self.staticWidths = staticWidths
    self.rainWidths = rainWidths
    self.width = width
    self.heads = heads
    self.feedWidth = feedWidth
    self.layers = layers
    self.latent = latent
    self.projection = projection
  }

  /// The network of METHOD 3.2: 136,578 parameters and 6,240 of the metric head.
  package static let paper = NetworkShape(
    staticWidths: [32, 32], rainWidths: [16, 32], width: 64, heads: 4, feedWidth: 128, layers: 3, latent: 64,
    projection: 32)

  /// The network of the preset `proposed`: no ground, a small patch, all of `PhysicsVector`.
  package static let memory: NetworkShape = {
    var shape = NetworkShape(
      staticWidths: [], rainWidths: [4, 8], width: 16, heads: 2, feedWidth: 32, layers: 1, latent: 64, projection: 32)
    shape.patch = 5
    shape.physics = PhysicsVector.count
    return shape
  }()

  /// The network of tests (METHOD 3.4).
  package static let tiny = NetworkShape(
    staticWidths: [4, 8], rainWidths: [4, 8], width: 16, heads: 4, feedWidth: 32, layers: 1, latent: 16,
    projection: 8)

  package var readsGround: Bool { !staticWidths.isEmpty }
  package var readsRain: Bool { !rainWidths.isEmpty }
  /// Whether a cell's memory is an input.
  package var readsMemory: Bool { physics > PhysicsVector.countOfDay }

  /// Cells on each side of a cell that its value depends on.
  package var halo: Int { readsGround || readsRain ? (patch - 1) / 2 : 0 }
  /// Edge of the map after both convolutions, whose mean is taken.
  package var pooled: Int { patch - 4 }
  /// Hours of the rain window; whole days, 24 ... 240.
  package var hours: Int { tokens * hoursPerToken }
  /// Features the static branch hands on: centre, then mean.
  package var staticFeatures: Int { 2 * (staticWidths.last ?? 0) }
  /// Features a rain token has before the transformer: centre, then mean.
  package var tokenFeatures: Int { 2 * (rainWidths.last ?? 0) }
  /// Inputs of the latent layer: static, rain, physics.
  package var joined: Int { staticFeatures + (readsRain ? width : 0) + physics }
  package var headWidth: Int { width / heads }

  /// What is wrong with the sizes; `nil` when a network can be built from them.
  ///
  /// The upper bounds keep a damaged model file from asking for absurd memory.
  package var flaw: String? {
    guard [0, 2].contains(staticWidths.count), [0, 2].contains(rainWidths.count) else {
      return "a branch without or with two convolutions"
    }
    let sizes =
      [staticChannels, joined] + staticWidths + rainWidths + [
        width, heads, feedWidth, latent, projection, reconstruction ?? 1,
      ]
    guard sizes.allSatisfy({ (1...1_024).contains($0) }), (1...24).contains(layers) else {
      return "a size is outside 1 ... 1024 (layers: 1 ... 24)"
    }
    guard staticChannels == 31, [0, 1, PhysicsVector.countOfDay, PhysicsVector.count].contains(physics) else {
      return
        "inputs other than 31 static and 0, 1, \(PhysicsVector.countOfDay) or \(PhysicsVector.count) of the physics"
    }
    let patches = Self.patches
    guard patches.contains(patch), patch % 2 == 1 else {
      return "a patch of \(patch) cells, not an odd number from \(patches.lowerBound) to \(patches.upperBound)"
    }
    guard (4...24).contains(tokens), tokens.isMultiple(of: 4) else {
      return "\(tokens) tokens, not a multiple of 4 from 4 to 24"
    }
    guard (1...12).contains(hoursPerToken) else { return "\(hoursPerToken) hours a token, not 1 to 12" }
    guard Self.windows.contains(hours), hours.isMultiple(of: 24) else {
      return "\(tokens) tokens of \(hoursPerToken) hours are a window of \(hours) hours, not of 1 to 10 whole days"
    }
    guard width.isMultiple(of: 4 * heads) else { return "\(heads) heads of a width \(width) are no multiples of 4" }
    guard (staticWidths + rainWidths + [feedWidth, latent]).allSatisfy({ $0.isMultiple(of: 4) }) else {
      return "channels, feed-forward or latent width that are no multiples of 4"
    }
    return nil
  }
}

extension NetworkShape {
  /// Names of the inputs in the order in which a network of the shape reads them.
  package var featureOrder: [String] {
    let ground =
      ["elevation", "slope"] + ["N", "NE", "E", "SE", "S", "SW", "W", "NW"].map { "aspect \($0)" }
      + (1...InputScaling.soils).map { "soil \($0)" } + (1...InputScaling.vegetations).map { "vegetation \($0)" }
    let rain = ["rain ln(1 + mm/10), \(hours) hours, oldest first, \(hoursPerToken) a token"]
    return (readsGround ? ground : []) + (readsRain ? rain : []) + PhysicsVector.names.prefix(physics)
  }
}
