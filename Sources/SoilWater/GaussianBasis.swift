import COpenBLAS
import Foundation

/// Gaussians on a square of centres, seen from a finer square of nodes; shared by all units of a fit.
///
/// With `u = i/(N−1)`, `v = j/(N−1)` for node (`i`, `j`) and centres `p/(G−1)`, `q/(G−1)`:
///
///     h_pq(i, j) = exp(−((u − u_p)² + (v − v_q)²)/r²) = K_ip K_jq        r = ρ/(G−1)
///
/// so that everything is a product of the one table `K`.
/// - Source: METHOD.md 2.2.
package struct GaussianBasis: Sendable {
  package let nodes: Int
  package let centres: Int
  /// `K`, shape `(nodes, centres)`.
  let table: [Double]
  /// `K Kᵀ`, shape `(nodes, nodes)`: the product of two nodes' activations is one entry an axis.
  let products: [Double]

  package init(nodes: Int, centres: Int, rho: Double) {
    precondition(nodes > 1 && centres > 1 && rho > 0, "\(nodes) nodes, \(centres) centres, radius \(rho)")
    self.nodes = nodes
    self.centres = centres
    var table = [Double](repeating: 0, count: nodes * centres)
    for i in 0..<nodes {
      for p in 0..<centres {
        let distance = (Double(i) / Double(nodes - 1) * Double(centres - 1) - Double(p)) / rho
        table[i * centres + p] = exp(-distance * distance)
      }
    }
    var products = [Double](repeating: 0, count: nodes * nodes)
    for i in 0..<nodes {
      for j in 0..<nodes {
        var sum = 0.0
        for p in 0..<centres { sum += table[i * centres + p] * table[j * centres + p] }
        products[i * nodes + j] = sum
      }
    }
    self.table = table
    self.products = products
  }

  /// A node that rain events visited, and how many of them.
  package struct Visits: Sendable, Equatable {
    package let soilWater: Int
    package let rain: Int
    package let events: Int

    package init(soilWater: Int, rain: Int, events: Int) {
      self.soilWater = soilWater
      self.rain = rain
      self.events = events
    }
  }

  /// Weights of the Gaussians for targets of 1 at the visited nodes.
  ///
  ///     (Σ_b c_b h_b h_bᵀ + λI) w = Σ_b c_b h_b        or, the same,        w = Hᵀα,   (H Hᵀ + λC⁻¹) α = 1
  ///
  /// The second system has one row a visited node; it is taken where there are fewer of these than Gaussians, and its
  /// matrix costs one product an entry.
  /// - Parameters:
  ///   - visits: Distinct nodes with at least one event each.
  ///   - lambda: Regularisation, above 0.
  /// - Returns: `w`, shape `(centres, centres)`, soil water first, rounded as files keep it; `nil` when the system cannot
  ///   be solved.
  package func weights(_ visits: [Visits], lambda: Double) -> [Float]? {
    guard !visits.isEmpty else { return [Float](repeating: 0, count: centres * centres) }
    let exact = visits.count < centres * centres ? dualWeights(visits, lambda) : primalWeights(visits, lambda)
    return exact?.map { Float($0) }
  }

  /// The second system: one row a visited node.
  package func dualWeights(_ visits: [Visits], _ lambda: Double) -> [Double]? {
    let count = visits.count
    var matrix = [Double](repeating: 0, count: count * count)
    var solution = [Double](repeating: 1, count: count)
    products.withUnsafeBufferPointer { products in
      matrix.withUnsafeMutableBufferPointer { matrix in
        for b in 0..<count {
          let (x, y) = (visits[b].soilWater * nodes, visits[b].rain * nodes)
          for a in b..<count {
            matrix[b * count + a] = products[x + visits[a].soilWater] * products[y + visits[a].rain]
          }
          matrix[b * count + b] += lambda / Double(visits[b].events)
        }
      }
    }
    guard solveSymmetric(&matrix, &solution) else { return nil }
    // Hᵀα, an axis after the other: first the sums over nodes of one soil water.
    var rows = [Double](repeating: 0, count: nodes * centres)
    for (visit, alpha) in zip(visits, solution) {
      for q in 0..<centres { rows[visit.soilWater * centres + q] += alpha * table[visit.rain * centres + q] }
    }
    var weights = [Double](repeating: 0, count: centres * centres)
    for i in 0..<nodes {
      for p in 0..<centres {
        let k = table[i * centres + p]
        for q in 0..<centres { weights[p * centres + q] += k * rows[i * centres + q] }
      }
    }
    return weights
  }

  /// The first system: one row a Gaussian.
  ///
  /// With `M_i = Σ_j c_ij k_j k_jᵀ` for the nodes of one soil water the matrix is `Σ_i (k_i k_iᵀ) ⊗ M_i`: one product of
  /// the pairs `k_ip k_ir` with the `M_i`.
  package func primalWeights(_ visits: [Visits], _ lambda: Double) -> [Double]? {
    let size = centres * centres
    var rows: [Int: [Visits]] = [:]
    for visit in visits { rows[visit.soilWater, default: []].append(visit) }
    let places = rows.keys.sorted()
    let pairs = (0..<centres).flatMap { p in (p..<centres).map { r in (p, r) } }
    var inner = [Double](repeating: 0, count: places.count * size)
    var outer = [Double](repeating: 0, count: pairs.count * places.count)
    var weights = [Double](repeating: 0, count: size)
    for (place, i) in places.enumerated() {
      var sums = [Double](repeating: 0, count: centres)
      for visit in rows[i] ?? [] {
        for q in 0..<centres {
          let scaled = Double(visit.events) * table[visit.rain * centres + q]
          sums[q] += scaled
          for s in 0..<centres { inner[place * size + q * centres + s] += scaled * table[visit.rain * centres + s] }
        }
      }
      for p in 0..<centres {
        for q in 0..<centres { weights[p * centres + q] += table[i * centres + p] * sums[q] }
      }
      for (pair, (p, r)) in pairs.enumerated() {
        outer[pair * places.count + place] = table[i * centres + p] * table[i * centres + r]
      }
    }
    precondition(oneBLASThread)
    var blocks = [Double](repeating: 0, count: pairs.count * size)
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(pairs.count), Int32(size), Int32(places.count), 1, outer,
      Int32(places.count), inner, Int32(size), 0, &blocks, Int32(size))
    var matrix = [Double](repeating: 0, count: size * size)
    for (pair, (p, r)) in pairs.enumerated() {
      for q in 0..<centres {
        let (column, block) = ((p * centres + q) * size + r * centres, pair * size + q * centres)
        for s in 0..<centres { matrix[column + s] = blocks[block + s] }
      }
    }
    for i in 0..<size { matrix[i * size + i] += lambda }
    return solveSymmetric(&matrix, &weights) ? weights : nil
  }

  /// Values of the weighted sum on all nodes, `K W Kᵀ`: shape `(nodes, nodes)`, soil water first.
  package func surface(_ weights: [Float]) -> [Double] {
    precondition(weights.count == centres * centres, "\(weights.count) weights for \(centres) x \(centres) centres")
    var half = [Double](repeating: 0, count: nodes * centres)
    var result = [Double](repeating: 0, count: nodes * nodes)
    table.withUnsafeBufferPointer { k in
      half.withUnsafeMutableBufferPointer { half in
        result.withUnsafeMutableBufferPointer { result in
          for i in 0..<nodes {
            for p in 0..<centres {
              for q in 0..<centres { half[i * centres + q] += k[i * centres + p] * Double(weights[p * centres + q]) }
            }
            for j in 0..<nodes {
              var sum = 0.0
              for q in 0..<centres { sum += half[i * centres + q] * k[j * centres + q] }
              result[i * nodes + j] = sum
            }
          }
        }
      }
    }
    return result
  }
}

/// Solves a symmetric positive definite system whose lower triangle is filled, column after column.
///
/// - Parameters:
///   - matrix: Shape `(n, n)`; overwritten by its Cholesky factor.
///   - solution: The right-hand side; overwritten by the solution.
/// - Returns: Whether the matrix was positive definite.
private func solveSymmetric(_ matrix: inout [Double], _ solution: inout [Double]) -> Bool {
  precondition(oneBLASThread)
  var size = Int32(solution.count)
  var one: Int32 = 1
  var info: Int32 = 0
  dpotrf_("L", &size, &matrix, &size, &info)
  guard info == 0 else { return false }
  dpotrs_("L", &size, &one, matrix, &size, &solution, &size, &info)
  return info == 0
}

/// Units are solved side by side, so OpenBLAS keeps to the calling thread.
private let oneBLASThread: Bool = {
  openblas_set_num_threads(1)
  return true
}()
