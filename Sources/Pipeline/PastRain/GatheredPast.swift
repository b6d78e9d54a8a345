import Foundation
import Mesh
import Neural
import Rasters
import SoilWater
import Statistics

/// What an area's past rain was boiled down to, kept so that a later day adds only the days since (METHOD 2.2, 1 to 4).
///
/// A safetensors file of the workspace; it may be deleted. It is used only for the same cells, tanks, start and settings,
/// and while the rain of all its days is what it was; what comes out is bit for bit what gathering anew gives.
struct GatheredPast {
  /// Digest of the rain it rests on.
  let rain: String
  let builder: ClimatologyBuilder

  func write(to file: DerivedFile) throws(RasterError) {
    let gathered = builder.gathered
    let days = gathered.days.map { Int32($0.daysSince1970) }
    let tensors = [
      Tensor("days", shape: [days.count], .int32(days)),
      Tensor(
        "sizes", shape: [3],
        .int32([gathered.events, gathered.openEvents].map { Int32($0.count) } + [Int32(gathered.nodes.count)])),
      Tensor("maxima", packing: gathered.dailyMaxima), Tensor("events", packing: gathered.events),
      Tensor("open", packing: gathered.openEvents), Tensor("nodes", packing: gathered.nodes),
    ]
    let metadata = ["kind": file.kind.title, DerivedFile.keyTag: file.key, "rain": rain]
    try writeAtomically(Safetensors(tensors, metadata: metadata).encoded, to: file.path)
  }

  init(rain: String, builder: ClimatologyBuilder) {
    (self.rain, self.builder) = (rain, builder)
  }

  /// - Returns: `nil` where the file is about something else.
  /// - Throws: `NeuralError` for a damaged file, `SoilWaterError`.
  init?(reading source: DerivedFile, grid: MeshGrid, settings: ClimatologySettings, threads: Int) throws {
    let data = try PlainFile.contents(source.path)
    let file = try Safetensors(reading: data, path: source.path)
    guard file.metadata[DerivedFile.keyTag] == source.key, let rain = file.metadata["rain"] else { return nil }
    var gathered = ClimatologyBuilder.Gathered()
    gathered.days = (file.tensor("days")?.integers ?? []).map { JSTDay(daysSince1970: Int($0)) }
    func values<Value: BitwiseCopyable>(_ name: String, count: Int) -> [Value]? {
      file.tensor(name)?.unpacked(count: count)
    }
    guard let sizes = file.tensor("sizes")?.integers, sizes.count == 3, sizes.allSatisfy({ $0 >= 0 }),
      let maxima: [Float] = values("maxima", count: gathered.days.count * grid.count),
      let events: [Int32] = values("events", count: Int(sizes[0])),
      let open: [Int32] = values("open", count: Int(sizes[1])),
      let nodes: [UInt16] = values("nodes", count: Int(sizes[2]))
    else { return nil }
    (gathered.dailyMaxima, gathered.events, gathered.openEvents, gathered.nodes) = (maxima, events, open, nodes)
    guard
      let builder = try ClimatologyBuilder(grid: grid, settings: settings, threads: threads, gathered: gathered)
    else { return nil }
    self.init(rain: rain, builder: builder)
  }
}

extension RainArchive {
  /// A digest of the rain of days: it changes when that of any of them does.
  func digest(of days: ClosedRange<JSTDay>) throws(RasterError) -> String {
    var digest = SHA256()
    for day in days { digest.update("\(day) \(try fingerprint(of: day))\n".utf8) }
    return digest.hexadecimal
  }
}
