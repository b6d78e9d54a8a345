import CKernels

extension Tape {
  /// Multi-head self-attention of sequences, between the input and the output projection.
  ///
  /// With `d` the head width, for each sequence and head:
  ///
  ///     P = softmax(Q Kᵀ / √d)        O = (P ⊙ M) V
  ///     dV = (P ⊙ M)ᵀ dO        dP = (dO Vᵀ) ⊙ M        dS = P ⊙ (dP − Σ_j dP P) / √d        dQ = dS K        dK = dSᵀ Q
  ///
  /// Shapes: `QKV (sequences · length, 3 · heads · d)`, in each row the queries of all heads, then keys, then values;
  /// `O (sequences · length, heads · d)`. `M` is the dropout mask, 1 without.
  package func attend(
    _ qkv: Activation, length: Int, heads: Int, dropout: Dropout? = nil
  ) -> Activation {
    let width = qkv.columns / 3
    let (sequences, depth) = (qkv.rows / length, width / heads)
    precondition(qkv.rows == sequences * length && qkv.columns == 3 * heads * depth, "\(qkv.rows) x \(qkv.columns)")
    let out = activation(rows: qkv.rows, columns: width)
    let square = length * length
    let shares = arena.allocate(sequences * heads * square)
    let across = arena.allocate(length * depth)
    let scale = 1 / Float(depth).squareRoot()
    let mask = dropout.map { $0.mask(count: sequences * heads * square, arena: arena) }
    let kept = mask == nil ? shares : arena.allocate(sequences * heads * square)
    for sequence in 0..<sequences {
      for head in 0..<heads {
        let query = qkv.values + sequence * length * 3 * width + head * depth
        let place = (sequence * heads + head) * square
        let share = shares + place
        transpose(query + width, rows: length, columns: depth, stride: 3 * width, into: across)
        multiply(query, across, into: share, rows: length, columns: length, depth: depth, aStride: 3 * width)
        lsmap_softmax(length, length, scale, share)
        mask?.dropFirst(place).apply(to: share, count: square, into: kept + place)
        multiply(
          kept + place, query + 2 * width, into: out.values + sequence * length * width + head * depth, rows: length,
          columns: depth, depth: length, bStride: 3 * width, cStride: width)
      }
    }
    record { [arena] in
      guard let dout = out.gradient, let (gradient, adding) = qkv.gradientPart else { return }
      let dshare = arena.allocate(square)
      for sequence in 0..<sequences {
        for head in 0..<heads {
          let begin = sequence * length * 3 * width + head * depth
          let (query, dquery) = (qkv.values + begin, gradient + begin)
          let place = (sequence * heads + head) * square
          let dhead = dout + sequence * length * width + head * depth
          multiplyTransposed(
            kept + place, dhead, into: dquery + 2 * width, rows: length, outputs: length, inputs: depth, bStride: width,
            cStride: 3 * width, adding: adding)
          transpose(query + 2 * width, rows: length, columns: depth, stride: 3 * width, into: across)
          multiply(dhead, across, into: dshare, rows: length, columns: length, depth: depth, aStride: width)
          mask?.dropFirst(place).apply(to: dshare, count: square, into: dshare)
          lsmap_softmax_gradient(length, length, scale, shares + place, dshare)
          multiply(
            dshare, query + width, into: dquery, rows: length, columns: depth, depth: length, bStride: 3 * width,
            cStride: 3 * width, adding: adding)
          multiplyTransposed(
            dshare, query, into: dquery + width, rows: length, outputs: length, inputs: depth, bStride: 3 * width,
            cStride: 3 * width, adding: adding)
        }
      }
      out.forgetGradient()
    }
    return out
  }
}
