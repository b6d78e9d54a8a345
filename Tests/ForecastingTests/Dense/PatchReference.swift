import Forecasting
import Foundation

/// The network of METHOD 3.2 on one patch, loop by loop as the text has it, sums in `Double`.
struct PatchReference {
  let parameters: NetworkParameters
  private var shape: NetworkShape { parameters.shape }

  /// - Parameters:
  ///   - statics: Shape `(31, patch, patch)`.
  ///   - rain: Shape `(hours, patch, patch)`, already ln(1 + mm/10).
  ///   - physics: As many inputs as the shape has, standardised.
  ///   - logit: logit of the clipped q.
  /// - Returns: The logit `z`.
  func logit(statics: [Double], rain: [Double], physics: [Double], logit: Double) -> Double {
    let ground =
      shape.readsGround
      ? summarise(convolved(convolved(statics, shape.patch, "static.conv1"), shape.patch - 2, "static.conv2")) : []
    let latent = linear(ground + (shape.readsRain ? encoded(rain) : []) + physics, "latent").map { max($0, 0) }
    let skip = shape.hasSkip ? log1p(exp(Double(parameters["skip.raw"][0]))) : 0
    return linear(latent, "classifier")[0] + skip * logit
  }

  /// The mean of the tokens behind the encoder.
  private func encoded(_ rain: [Double]) -> [Double] {
    let edge = shape.patch
    let values = shape.hoursPerToken * edge * edge
    var tokens = (0..<shape.tokens).map { token -> [Double] in
      let patch = Array(rain[token * values..<(token + 1) * values])
      let features = summarise(convolved(convolved(patch, edge, "rain.conv1"), edge - 2, "rain.conv2"))
      let position = (0..<shape.width).map { i in
        let angle = Double(token) / pow(10_000, Double(i / 2 * 2) / Double(shape.width))
        return i % 2 == 0 ? sin(angle) : cos(angle)
      }
      return added(linear(features, "token"), position)
    }
    for layer in 0..<shape.layers { tokens = encoded(tokens, "encoder.\(layer)") }
    return tokens.reduce(Array(repeating: 0, count: shape.width), added).map { $0 / Double(shape.tokens) }
  }

  private func convolved(_ maps: [Double], _ edge: Int, _ name: String) -> [Double] {
    let (weight, bias) = (parameters["\(name).weight"], parameters["\(name).bias"])
    let inputs = maps.count / (edge * edge)
    let out = edge - 2
    var result: [Double] = []
    for o in bias.indices {
      for y in 0..<out {
        for x in 0..<out {
          var sum = Double(bias[o])
          for i in 0..<inputs {
            for dy in 0..<3 {
              for dx in 0..<3 {
                sum += Double(weight[((o * inputs + i) * 3 + dy) * 3 + dx]) * maps[(i * edge + y + dy) * edge + x + dx]
              }
            }
          }
          result.append(max(sum, 0))
        }
      }
    }
    return result
  }

  /// Centres, then means, of the maps that the convolutions leave: 5 x 5 of a patch of 9.
  private func summarise(_ maps: [Double]) -> [Double] {
    let pixels = (shape.patch - 4) * (shape.patch - 4)
    let channels = stride(from: 0, to: maps.count, by: pixels).map { Array(maps[$0..<$0 + pixels]) }
    return channels.map { $0[pixels / 2] } + channels.map { $0.reduce(0, +) / Double(pixels) }
  }

  private func linear(_ x: [Double], _ name: String) -> [Double] {
    let (weight, bias) = (parameters["\(name).weight"], parameters["\(name).bias"])
    return bias.indices.map { row in
      x.indices.reduce(Double(bias[row])) { $0 + Double(weight[row * x.count + $1]) * x[$1] }
    }
  }

  private func normalised(_ x: [Double], _ name: String) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let (weight, bias) = (parameters["\(name).weight"], parameters["\(name).bias"])
    return x.indices.map { (x[$0] - mean) / (variance + 1e-5).squareRoot() * Double(weight[$0]) + Double(bias[$0]) }
  }

  private func encoded(_ tokens: [[Double]], _ name: String) -> [[Double]] {
    let width = shape.width
    let head = shape.headWidth
    let mixed = tokens.map { linear(normalised($0, "\(name).norm1"), "\(name).attention.in") }
    return tokens.indices.map { query in
      var attended = Array(repeating: 0.0, count: width)
      for h in 0..<shape.heads {
        let range = h * head..<(h + 1) * head
        let scores = tokens.indices.map { key in
          range.reduce(0) { $0 + mixed[query][$1] * mixed[key][width + $1] } / Double(head).squareRoot()
        }
        let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
        for key in tokens.indices {
          for i in range { attended[i] += weights[key] / weights.reduce(0, +) * mixed[key][2 * width + i] }
        }
      }
      let x = added(tokens[query], linear(attended, "\(name).attention.out"))
      let inner = linear(normalised(x, "\(name).norm2"), "\(name).feed.0")
      return added(x, linear(inner.map { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }, "\(name).feed.1"))
    }
  }

  private func added(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(+) }
}
