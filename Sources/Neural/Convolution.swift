import CKernels

extension Tape {
  /// Valid 3 x 3 convolution (cross-correlation, as in PyTorch) of square channels-last maps.
  ///
  ///     Y[m, y, x, o] = b[o] + Σ over ky, kx, i of W[o, i, ky, kx] X[m, y + ky, x + kx, i]
  ///
  /// Shapes: `X (maps · edge², channels)`, of whose channels the weight reads the first `inputs`; the others are padding
  /// that keeps rows long. `W (outputs, inputs, 3, 3)`, `b (outputs)`, `Y (maps · (edge − 2)², outputs)`. The windows are
  /// read where they lie. `dW` and `dX` are added to.
  package func convolve(
    _ x: Activation, edge: Int, inputs: Int, weight: Weight, bias: Weight, outputs: Int
  ) -> Activation {
    let channels = x.columns
    let (inner, pixels) = (edge - 2, edge * edge)
    let maps = x.rows / pixels
    precondition(x.rows == maps * pixels && inputs <= channels, "\(x.rows) rows in maps of \(pixels) pixels")
    let y = activation(rows: maps * inner * inner, columns: outputs)
    let places = windowPlaces(maps: maps, edge: edge, channels: channels)
    let packed = PackedKernel(weight.values, outputs: outputs, inputs: inputs, channels: channels, arena: arena)
    multiplyWindows(
      x.values, places: places, segments: 3, run: 3 * channels, segmentStride: edge * channels, packed.forward,
      bStride: outputs, into: y.values, places: nil, rows: y.rows, columns: outputs, bias: bias.values)
    record { [arena] in
      guard let dy = y.gradient else { return }
      let gradient = arena.zeros(outputs * 9 * channels)
      for row in 0..<3 {
        addOuterProducts(
          dy, x.values + row * edge * channels, to: gradient + row * 3 * channels, rows: y.rows, outputs: outputs,
          inputs: 3 * channels, cStride: 9 * channels, bPlaces: places)
      }
      packed.addUnpacked(gradient, to: weight.gradient)
      lsmap_add_column_sums(y.rows, outputs, dy, outputs, bias.gradient)
      guard let dx = x.gradient else { return }
      let straight = arena.places(y.rows)
      for pixel in 0..<y.rows { straight[pixel] = Int32(pixel * outputs) }
      // One call a place in the window: within it no two rows of dX are the same.
      for place in 0..<9 {
        multiplyWindows(
          dy, places: straight, run: outputs, packed.backward + place * channels, bStride: 9 * channels,
          into: dx + (place / 3 * edge + place % 3) * channels, places: places, rows: y.rows, columns: channels,
          adding: true)
      }
    }
    return y
  }

  /// Where the window of each output pixel begins, in values from the first map.
  private func windowPlaces(maps: Int, edge: Int, channels: Int) -> UnsafeMutablePointer<Int32> {
    let inner = edge - 2
    let places = arena.places(maps * inner * inner)
    var next = 0
    for map in 0..<maps {
      for row in 0..<inner {
        for column in 0..<inner {
          places[next] = Int32(((map * edge + row) * edge + column) * channels)
          next += 1
        }
      }
    }
    return places
  }
}

/// The weight of a convolution in the orders the products need, channels padded with 0.
private struct PackedKernel {
  /// `(ky, kx, channel, output)`.
  let forward: UnsafeMutablePointer<Float>
  /// `(output, ky, kx, channel)`.
  let backward: UnsafeMutablePointer<Float>
  let outputs: Int
  let inputs: Int
  let channels: Int

  init(_ weight: UnsafePointer<Float>, outputs: Int, inputs: Int, channels: Int, arena: Arena) {
    self.outputs = outputs
    self.inputs = inputs
    self.channels = channels
    backward = arena.zeros(outputs * 9 * channels)
    forward = arena.allocate(outputs * 9 * channels)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for place in 0..<9 {
          backward[(output * 9 + place) * channels + input] = weight[(output * inputs + input) * 9 + place]
        }
      }
    }
    transpose(backward, rows: outputs, columns: 9 * channels, into: forward)
  }

  /// Adds a gradient in the order of `backward` to one in the weight's order.
  func addUnpacked(_ packed: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>) {
    for output in 0..<outputs {
      for input in 0..<inputs {
        for place in 0..<9 {
          gradient[(output * inputs + input) * 9 + place] += packed[(output * 9 + place) * channels + input]
        }
      }
    }
  }
}
