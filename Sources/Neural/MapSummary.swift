import CKernels

/// A valid 3 x 3 convolution (cross-correlation, as in PyTorch) with a rectifier.
///
///     Y[m, o, y, x] = max(b[o] + Σ over i, ky, kx of W[o, i, ky, kx] X[m, i, y + ky, x + kx], 0)
///
/// Shapes: `W (outputs, inputs, 3, 3)`, `b (outputs)`.
package struct ConvolutionLayer {
  let weight: Weight
  let bias: Weight
  let outputs: Int

  /// - Precondition: `outputs` is a multiple of 4.
  package init(weight: Weight, bias: Weight, outputs: Int) {
    precondition(outputs.isMultiple(of: 4), "\(outputs) channels are no multiple of 4")
    self.weight = weight
    self.bias = bias
    self.outputs = outputs
  }
}

extension Tape {
  /// What a branch makes of maps: convolutions with rectifiers, then the centre pixel and the mean of each map.
  ///
  /// Shape `(maps, 2 · channels)` of the last layer, centres first. `dW` and `db` of all layers are added to; the maps need
  /// no gradient. A bundle goes through all layers, and two go back through all, while they are in the caches; gradients
  /// between layers are gone with them.
  /// - Precondition: `maps.edge − 2 · layers` is odd and above 0.
  package func summarise(_ maps: MapStack, by layers: [ConvolutionLayer]) -> Activation {
    var stacks = [maps]
    for layer in layers {
      let before = stacks[stacks.count - 1]
      stacks.append(before.like(channels: layer.outputs, edge: before.edge - 2, arena: arena))
    }
    let last = stacks[layers.count]
    precondition(last.edge > 0 && last.edge % 2 == 1, "maps of \(maps.edge) pixels after \(layers.count) convolutions")
    let y = activation(rows: maps.maps, columns: 2 * last.channels)
    let panels = zip(layers, stacks).map { layer, x in layer.forwardPanels(inputs: x.channels, arena: arena) }
    for bundle in 0..<maps.bundles {
      for (number, layer) in layers.enumerated() {
        let (x, out) = (stacks[number], stacks[number + 1])
        lsmap_maps_convolution(
          panels[number], layer.bias.values, layer.outputs, x.channels, x.bundle(bundle), x.lanes, out.bundle(bundle),
          out.edge * out.lanes, out.edge)
      }
      lsmap_maps_pool(
        last.bundle(bundle), last.channels, last.edge, last.lanes, last.maps(inBundle: bundle),
        y.values + bundle * last.lanes * y.columns)
    }
    record { [arena] in
      guard let dy = y.gradient else { return }
      let gradients = zip(layers, stacks).enumerated().map { number, pair in
        LayerGradient(of: pair.0, over: pair.1, reachesInput: number > 0, arena: arena)
      }
      for first in stride(from: 0, to: maps.bundles, by: LayerGradient.bundles) {
        let bundles = first..<min(first + LayerGradient.bundles, maps.bundles)
        for bundle in bundles {
          lsmap_maps_pool_gradient(
            dy + bundle * last.lanes * y.columns, last.bundle(bundle), last.channels, last.edge, last.lanes,
            last.maps(inBundle: bundle), gradients[layers.count - 1].output(of: bundle - first))
        }
        for number in layers.indices.reversed() {
          gradients[number].addWeights(input: stacks[number].bundle(first), bundles: bundles)
          guard number > 0 else { continue }
          for bundle in bundles {
            gradients[number].lead(to: gradients[number - 1], of: bundle - first, gate: stacks[number].bundle(bundle))
          }
        }
      }
      for gradient in gradients { gradient.finish() }
      y.forgetGradient()
    }
    return y
  }
}

extension ConvolutionLayer {
  /// `(outputs / 4, input, ky, kx, 4 outputs)`.
  fileprivate func forwardPanels(inputs: Int, arena: Arena) -> UnsafeMutablePointer<Float> {
    let columns = 9 * inputs
    let panels = arena.allocate(outputs * columns)
    for output in 0..<outputs {
      let (from, to) = (weight.values + output * columns, panels + output / 4 * 4 * columns + output % 4)
      for column in 0..<columns { to[4 * column] = from[column] }
    }
    return panels
  }

  /// `(inputs / 4, output, ky, kx, 4 inputs)`, the window turned by half a turn.
  fileprivate func backwardPanels(inputs: Int, arena: Arena) -> UnsafeMutablePointer<Float> {
    precondition(inputs.isMultiple(of: 4), "\(inputs) channels are no multiple of 4")
    let panels = arena.allocate(outputs * 9 * inputs)
    for output in 0..<outputs {
      for input in 0..<inputs {
        let from = weight.values + (output * inputs + input) * 9
        let to = panels + (input / 4 * outputs + output) * 36 + input % 4
        for place in 0..<9 { to[4 * place] = from[8 - place] }
      }
    }
    return panels
  }
}

/// The gradient after a layer, of a few bundles at a time, and the sums of its weights' gradients over all bundles.
private struct LayerGradient {
  /// Bundles that share a pass over the sums.
  static let bundles = 2

  let layer: ConvolutionLayer
  let inputs: Int
  let edge: Int
  let lanes: Int
  /// Rows between two pixels of 0 on each side.
  let padded: lsmap_maps
  let sums: UnsafeMutablePointer<Float>
  let biasSums: UnsafeMutablePointer<Float>
  let panels: UnsafeMutablePointer<Float>?

  init(of layer: ConvolutionLayer, over x: MapStack, reachesInput: Bool, arena: Arena) {
    (self.layer, inputs, edge, lanes) = (layer, x.channels, x.edge - 2, x.lanes)
    let row = (edge + 4) * lanes
    let count = layer.outputs * edge * row
    padded = lsmap_maps(
      values: arena.allocate(Self.bundles * count), row: row, plane: edge * row, bundle: count)
    for begin in stride(from: padded.values, to: padded.values + Self.bundles * count, by: row) {
      begin.update(repeating: 0, count: 2 * lanes)
      (begin + (edge + 2) * lanes).update(repeating: 0, count: 2 * lanes)
    }
    sums = arena.allocate(layer.outputs * inputs * 9 * Int(LSMAP_MAP_SUMS))
    biasSums = arena.allocate(layer.outputs * Int(LSMAP_MAP_SUMS))
    panels = reachesInput ? layer.backwardPanels(inputs: x.channels, arena: arena) : nil
  }

  private func padded(_ number: Int) -> lsmap_maps {
    var place = padded
    place.values += number * padded.bundle
    return place
  }

  /// Where the gradient itself stands.
  func output(of number: Int) -> lsmap_maps {
    var place = padded(number)
    place.values += 2 * lanes
    return place
  }

  /// - Parameters:
  ///   - input: The layer's input, at the first of the bundles.
  ///   - bundles: Those whose gradients stand here.
  func addWeights(input: lsmap_maps, bundles: Range<Int>) {
    lsmap_maps_weight_gradient(
      layer.outputs, inputs, output(of: 0), input, bundles.count, lanes, edge * lanes, edge,
      bundles.lowerBound == 0 ? 0 : 1, sums, biasSums)
  }

  /// Writes the gradient of the layer before, whose output is `gate`.
  func lead(to before: LayerGradient, of number: Int, gate: lsmap_maps) {
    guard let panels else { preconditionFailure("a first layer leads to no gradient") }
    lsmap_maps_convolution_gradient(
      panels, inputs, layer.outputs, padded(number), lanes, before.output(of: number), gate, before.edge * lanes, edge)
  }

  func finish() {
    lsmap_maps_add_sums(layer.outputs * inputs * 9, sums, layer.weight.gradient)
    lsmap_maps_add_sums(layer.outputs, biasSums, layer.bias.gradient)
  }
}
