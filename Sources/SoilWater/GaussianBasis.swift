import COpenBLAS
import Foundation

/// Gaussians on a rectangle of centres, seen from a finer one of nodes; shared by all units of a fit with these axes.
///
/// With `u = i/(N−1)`, `v = j/(N−1)` for node (`i`, `j`) and centres `p/(G−1)`, `q/(G−1)`:
///
///     h_pq(i, j) = exp(−((u − u_p)² + (v − v_q)²)/r²) = K_ip K_jq        r = ρ/(G−1)
///
/// so that everything is a product of the tables `K` of the axes (`GaussianAxis`).
/// - Source: METHOD.md 2.2.
package struct GaussianBasis: Sendable {
  let soilWater: GaussianAxis
  let rain: GaussianAxis

  package init(soilWater: GaussianAxis, rain: GaussianAxis) { (self.soilWater, self.rain) = (soilWater, rain) }

  /// A square of centres.
  package init(nodes: Int, centres: Int, rho: Double) {
    let axis = GaussianAxis(nodes: nodes, centres: centres, rho: rho)
    self.init(soilWater: axis, rain: axis)
  }

  /// How many Gaussians there are.
  package var count: Int { soilWater.centres * rain.centres }

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
  ///   - visits: Distinct nodes within the axes, with at least one event each.
  ///   - lambda: Regularisation, above 0.
  /// - Returns: `w`, one a Gaussian, soil water first, rounded as files keep it; `nil` when the system cannot
  ///   be solved.
  package func weights(_ visits: [Visits], lambda: Double) -> [Float]? {
    guard !visits.isEmpty else { return [Float](repeating: 0, count: count) }
    let exact = visits.count < count ? dualWeights(visits, lambda) : primalWeights(visits, lambda)
    return exact?.map { Float($0) }
  }

  /// The second system: one row a visited node.
  package func dualWeights(_ visits: [Visits], _ lambda: Double) -> [Double]? {
    let count = visits.count
    var matrix = [Double](repeating: 0, count: count * count)
    var solution = [Double](repeating: 1, count: count)
    soilWater.products.withUnsafeBufferPointer { waterProducts in
      rain.products.withUnsafeBufferPointer { rainProducts in
        matrix.withUnsafeMutableBufferPointer { matrix in
          for b in 0..<count {
            let (x, y) = (visits[b].soilWater * soilWater.nodes, visits[b].rain * rain.nodes)
            for a in b..<count {
              matrix[b * count + a] = waterProducts[x + visits[a].soilWater] * rainProducts[y + visits[a].rain]
            }
            matrix[b * count + b] += lambda / Double(visits[b].events)
          }
        }
      }
    }
    guard solveSymmetric(&matrix, &solution) else { return nil }
    // Hᵀα, an axis after the other: first the sums over nodes of one soil water.
    let (across, centres) = (rain.centres, soilWater.centres)
    var rows = [Double](repeating: 0, count: soilWater.nodes * across)
    for (visit, alpha) in zip(visits, solution) {
      for q in 0..<across { rows[visit.soilWater * across + q] += alpha * rain.table[visit.rain * across + q] }
    }
    var weights = [Double](repeating: 0, count: self.count)
    for i in 0..<soilWater.nodes {
      for p in 0..<centres {
        let k = soilWater.table[i * centres + p]
        for q in 0..<across { weights[p * across + q] += k * rows[i * across + q] }
      }
    }
    return weights
  }

  /// The first system: one row a Gaussian.
  ///
  /// With `M_i = Σ_j c_ij k_j k_jᵀ` for the nodes of one soil water the matrix is `Σ_i (k_i k_iᵀ) ⊗ M_i`: one product of
  /// the pairs `k_ip k_ir` with the `M_i`.
  package func primalWeights(_ visits: [Visits], _ lambda: Double) -> [Double]? {
    let (centres, across) = (soilWater.centres, rain.centres)
    let (size, square) = (count, across * across)
    var rows: [Int: [Visits]] = [:]
    for visit in visits { rows[visit.soilWater, default: []].append(visit) }
    let places = rows.keys.sorted()
    let pairs = (0..<centres).flatMap { p in (p..<centres).map { r in (p, r) } }
    var inner = [Double](repeating: 0, count: places.count * square)
    var outer = [Double](repeating: 0, count: pairs.count * places.count)
    var weights = [Double](repeating: 0, count: size)
    for (place, i) in places.enumerated() {
      var sums = [Double](repeating: 0, count: across)
      for visit in rows[i] ?? [] {
        for q in 0..<across {
          let scaled = Double(visit.events) * rain.table[visit.rain * across + q]
          sums[q] += scaled
          for s in 0..<across {
            inner[place * square + q * across + s] += scaled * rain.table[visit.rain * across + s]
          }
        }
      }
      for p in 0..<centres {
        for q in 0..<across { weights[p * across + q] += soilWater.table[i * centres + p] * sums[q] }
      }
      for (pair, (p, r)) in pairs.enumerated() {
        outer[pair * places.count + place] = soilWater.table[i * centres + p] * soilWater.table[i * centres + r]
      }
    }
    precondition(oneBLASThread)
    var blocks = [Double](repeating: 0, count: pairs.count * square)
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(pairs.count), Int32(square), Int32(places.count), 1, outer,
      Int32(places.count), inner, Int32(square), 0, &blocks, Int32(square))
    var matrix = [Double](repeating: 0, count: size * size)
    for (pair, (p, r)) in pairs.enumerated() {
      for q in 0..<across {
        let (column, block) = ((p * across + q) * size + r * across, pair * square + q * across)
        for s in 0..<across { matrix[column + s] = blocks[block + s] }
      }
    }
    for i in 0..<size { matrix[i * size + i] += lambda }
    return solveSymmetric(&matrix, &weights) ? weights : nil
  }

  /// Values of the weighted sum on all nodes, `K W Kᵀ`, soil water first.
  ///
  /// - Parameter weights: One a Gaussian, soil water first.
  /// - Returns: Shape of the nodes of soil water and of rain.
  package func surface(_ weights: [Float]) -> [Double] {
    precondition(weights.count == count, "\(weights.count) weights for \(count) centres")
    let (centres, across, columns) = (soilWater.centres, rain.centres, rain.nodes)
    var half = [Double](repeating: 0, count: across)
    var result = [Double](repeating: 0, count: soilWater.nodes * columns)
    rain.transposed.withUnsafeBufferPointer { rainTable in
      result.withUnsafeMutableBufferPointer { result in
        guard let rainTable = rainTable.baseAddress, let result = result.baseAddress else { return }
        for i in 0..<soilWater.nodes {
          for q in 0..<across { half[q] = 0 }
          for p in 0..<centres {
            let k = soilWater.table[i * centres + p]
            for q in 0..<across { half[q] += k * Double(weights[p * across + q]) }
          }
          let row = result + i * columns
          for q in 0..<across {
            // Each node adds its centres in their order; nodes side by side fill the vectors.
            let (k, table) = (half[q], rainTable + q * columns)
            for j in 0..<columns { row[j] += k * table[j] }
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
