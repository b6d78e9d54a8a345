import Foundation
import Mesh
import Neural
import Statistics
import Testing

@testable import Forecasting

struct OneClassTests {
  /// Features about a point, correlated, shape `(n, 6)`.
  private static func rows(_ count: Int, shift: Double = 0) -> [Float] {
    var stream = RandomStream(seed: 8, "rows", .number(Int(shift)))
    return (0..<count).flatMap { _ -> [Float] in
      let common = stream.normal()
      return (0..<6).map { Float(1 + common + 0.4 * stream.normal() + ($0 == 2 ? shift : 0)) }
    }
  }

  private static func scores(_ head: OneClassHead, _ rows: [Float]) -> [Double] {
    stride(from: 0, to: rows.count, by: 6).map { head.score(rows[$0..<$0 + 6]) }
  }

  private static let settings: OneClassSettings = {
    var settings = OneClassSettings()
    (settings.epochs, settings.rate, settings.batch) = (30, 3e-3, 32)
    return settings
  }()

  private func head(_ reading: OneClassReading, seed: UInt64 = 1) throws -> OneClassHead {
    switch reading {
    case .deep: try .deep(fitting: Self.rows(200), features: 6, settings: Self.settings, seed: seed)
    case .mahalanobis: .mahalanobis(fitting: Self.rows(200), features: 6, shrinkage: 0.1)
    }
  }

  @Test(arguments: OneClassReading.allCases)
  func `features unlike the training days' are far, and these are 1 away in the mean`(reading: OneClassReading) throws {
    let head = try head(reading)
    let own = Self.scores(head, Self.rows(200))
    #expect(abs(own.reduce(0, +) / 200 - 1) < 1e-5)
    let far = Self.scores(head, Self.rows(50, shift: 6))
    #expect(far.reduce(0, +) / 50 > 3)
  }

  @Test func `Deep SVDD draws features to its centre, the same for a seed`() throws {
    var losses: [Double] = []
    let one = try OneClassHead.deep(fitting: Self.rows(200), features: 6, settings: Self.settings, seed: 1) {
      losses.append($1)
    }
    #expect(losses.count == 30 && losses[29] < 0.5 * losses[0])
    #expect(try one == head(.deep) && one != head(.deep, seed: 2))
    #expect(one.centre.allSatisfy { abs($0) >= 0.1 })
  }

  @Test func `Mahalanobis' distance is that of the shrunk covariance`() throws {
    let rows = Self.rows(40)
    let head = OneClassHead.mahalanobis(fitting: rows, features: 6, shrinkage: 0.25)
    // S' d = gap by elimination, the distance gap · d: no factor, no inverse.
    let columns = (0..<6).map { column in stride(from: column, to: rows.count, by: 6).map { Double(rows[$0]) } }
    let means = columns.map { $0.reduce(0, +) / 40 }
    func covariance(_ i: Int, _ j: Int) -> Double {
      var sum = 0.0
      for (a, b) in zip(columns[i], columns[j]) { sum += (a - means[i]) * (b - means[j]) }
      return sum / 40
    }
    var matrix = (0..<6).map { i in (0..<6).map { covariance(i, $0) } }
    let mean = (0..<6).reduce(0) { $0 + matrix[$1][$1] / 6 }
    for i in 0..<6 { for j in 0..<6 { matrix[i][j] = 0.75 * matrix[i][j] + (i == j ? 0.25 * mean : 0) } }
    func distance(_ x: [Float]) -> Double {
      let gap = zip(x, means).map { Double($0) - $1 }
      var system = zip(matrix, gap).map { $0 + [$1] }
      for pivot in 0..<6 {
        for row in 0..<6 where row != pivot {
          let factor = system[row][pivot] / system[pivot][pivot]
          for column in pivot...6 { system[row][column] -= factor * system[pivot][column] }
        }
      }
      return (0..<6).reduce(0) { $0 + gap[$1] * system[$1][6] / system[$1][$1] }
    }
    let points: [[Float]] = [[1, 1, 1, 1, 1, 1], [3, 0, 2, -1, 1, 4]]
    let all = stride(from: 0, to: rows.count, by: 6).map { distance(Array(rows[$0..<$0 + 6])) }
    let unit = all.reduce(0, +) / 40
    for point in points { #expect(abs(head.score(point[...]) - distance(point) / unit) < 1e-4 * distance(point)) }
  }

  private static func trained(_ name: String, _ reading: OneClassReading, threads: Int) throws -> TrainedModel {
    let samples = madeUpSamples()
    var settings = TrainingSettings.tiny
    settings.statedOneClass.reading = reading.rawValue
    settings.statedOneClass.epochs = 3
    settings.finetuning.epochs = 2
    let method = try Method(named: name)
    let places = Array(samples.samples.indices)
    let lesson = Lesson(
      samples, training: places, settings: method.settings(from: settings), workers: Workers(threads: threads))
    return try method.train(
      lesson, validation: ValidationPlan(samples: places, units: "all"), dataHash: "", tool: "test")
  }

  @Test(arguments: ["ctlgnet-ad", "pgnn-0-ad"], OneClassReading.allCases)
  func `a one-class model is the same on any threads and scores a map as its samples`(
    name: String, reading: OneClassReading
  ) throws {
    let model = try Self.trained(name, reading, threads: 1)
    #expect(try Self.trained(name, reading, threads: 2).file == model.file)
    #expect(model.records.count { $0.phase == .oneClass } == (reading == .deep ? 3 : 0))
    let forecaster = try Forecaster(reading: model.file.encoded(), path: "model")
    let samples = madeUpSamples()
    let places = [2, 9]
    let scored = try model.scorer.scores(of: places, in: samples, workers: Workers(threads: 1))
    #expect(scored.allSatisfy { $0 > 0 } && scored[0] != scored[1])
    for (pick, expected) in zip(places, scored) {
      let sample = samples.samples[pick]
      let found = try forecaster.forecast(
        PatchInputs.of(sample, in: samples, halo: forecaster.halo), plan: .init(threads: 1))
      #expect(abs(Double(found.score.values[0]) - expected) < 1e-4 * expected)
    }
  }

  @Test func `the learning sees no landslide`() throws {
    let model = try Self.trained("ctlgnet-ad", .mahalanobis, threads: 1)
    let scorer = try #require(model.scorer as? HybridScorer)
    let samples = madeUpSamples()
    let negatives = samples.samples.indices.filter { samples.samples[$0].label == .none }
    let rows = try features(
      of: negatives, in: samples, parameters: scorer.model.parameters, scaling: scorer.model.scaling,
      workers: Workers(threads: 1))
    let width = scorer.model.parameters.shape.joined
    let plain = OneClassHead.mahalanobis(fitting: rows, features: width, shrinkage: 0.1)
    let scores = try model.scorer.scores(of: negatives, in: samples, workers: Workers(threads: 1))
    #expect(scores == negatives.indices.map { plain.score(rows[$0 * width..<($0 + 1) * width]) })
  }

  @Test func `a damaged payload is refused`() throws {
    let model = try Self.trained("ctlgnet-ad", .deep, threads: 1).file
    func refusal(_ change: (inout ModelPayload) -> Void) -> ForecastError? {
      var damaged = model
      change(&damaged.payload)
      do {
        _ = try Forecaster(damaged, path: "m")
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal { _ in } == nil)
    #expect(
      refusal { $0.tensors.removeAll { $0.name == "distance.map" } } == .missingTensor(path: "m", name: "map"))
    #expect(refusal { $0.tensors.removeAll { $0.name == "distance.hidden" } } != nil)
    #expect(refusal { $0.tensors.removeAll { $0.name.hasPrefix("rain") } } != nil)
    #expect(refusal { $0.tensors.append(Tensor("latent.bias", shape: [1], floats: [0])) } != nil)
    #expect(refusal { $0.tensors.append(Tensor("distance.other", shape: [1], floats: [0])) } != nil)
  }
}
