package import Foundation
import Mesh
import Neural
import SoilWater

/// What can be wrong with the files and runs of this room.
package enum TrainingError: Error, Equatable {
  case badSamples(path: String, reason: String)
  case badCheckpoint(path: String, reason: String)
  case notANumber(phase: String, epoch: Int, batch: Int, samples: [String])
  case cannotTrain(reason: String)
  case nothingLearnt(method: String)
  case cannotJoin(path: String, with: String, differences: [String])
  case shortRain(sample: String, hours: Int)
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badSamples(let path, let reason): "\(path): not a usable sample file: \(reason); build it again"
    case .badCheckpoint(let path, let reason): "\(path): cannot go on from this checkpoint: \(reason)"
    case .notANumber(let phase, let epoch, let batch, let samples):
      "\(phase), epoch \(epoch), batch \(batch): the loss is no number; its samples: "
        + samples.prefix(4).joined(separator: ", ") + (samples.count > 4 ? " and \(samples.count - 4) more" : "")
        + "; look at their rain and physics, or lower the learning rate"
    case .cannotTrain(let reason): "these samples cannot be trained on: \(reason)"
    case .nothingLearnt(let method):
      "\(method): gives all samples of the validation one score, so that no level can be told from another; lower "
        + "finetune.lr, or train on more landslides"
    case .cannotJoin(let path, let other, let differences):
      "\(path): its physics is not that of \(other): \(differences.joined(separator: ", ")); build both with the same settings"
    case .shortRain(let sample, let hours):
      "\(sample): the network reads the last \(hours) hours of rain, but the samples have not all of them; build the "
        + "samples from earlier rain, or choose a shorter window"
    }
  }
}

/// The sample file: safetensors with these tensors.
///
/// | tensor | type, shape | content |
/// | --- | --- | --- |
/// | `rain.frames` | U16 (frames, 17, 17) | tenths of mm in an hour, 65535 missing; rows from the north |
/// | `rain.index` | I32 (sites, hours) | frame of each hour, -1 for a dry one |
/// | `site.cell`, `site.region` | I32 (sites) | MESH3 code; place in the metadata `regions` |
/// | `site.elevation`, `site.slope` | F32 (sites, 17, 17) | m, degrees, NaN unknown |
/// | `site.aspect`, `site.soil`, `site.vegetation` | I32 (sites, 17, 17) | classes, 0 unknown |
/// | `sample.site`, `sample.day`, `sample.label` | I32 (samples) | place of the site; days since 1970-01-01 JST; 1, 0, -1 unlabelled |
/// | `sample.events` | I32 (samples) | landslides of the cell on the day |
/// | `sample.physics` | F32 (samples, 5) | q, rank, SWI max, R60 max (mm, mm/h), SWI-EWS score |
/// | `sample.midnights` | F32 (samples, 10) | SWI at 24:00 of the days before, the day before first, mm |
/// | `sample.memory` | F32 (samples, 8) | ln of the day's highest over the highest of all earlier days, by `MemoryIndex` |
/// | `sample.ranks` | F32 (samples, 2) | rank among all earlier days, by SWI and by S2+S3 |
/// | `sample.record` | I32 (samples) | earlier days that memory and ranks are of |
///
/// Metadata: `format`, `title`, `synthetic` (yes or no), `first_hour` (seconds since 1970 UTC of the end of the first hour), `regions` (JSON), `basis`
/// (JSON): settings of the physics, least rain of a day, and where there are any `notes` (JSON): rules
/// and drops. In Python:
///
///     import numpy
///     from safetensors import safe_open
///     with safe_open("samples.safetensors", "np") as file:
///         label, day = file.get_tensor("sample.label"), file.get_tensor("sample.day").astype("datetime64[D]")
///         site, index = file.get_tensor("sample.site"), file.get_tensor("rain.index")
///         frames = file.get_tensor("rain.frames")
///         first = int(file.metadata()["first_hour"])
///     # 72 hours of sample i, mm, (72, 17, 17); dry hours have no frame. A day ends at 15:00 UTC.
///     last = (int(day[i].astype(int)) * 86400 + 15 * 3600 - first) // 3600
///     at = index[site[i], last - 71 : last + 1]
///     rain = numpy.where((at < 0)[:, None, None], 0, frames[at] / 10)
extension SampleSet {
  package static let format = "lsmap samples 7"

  /// The bytes of the file; same samples, same bytes.
  package var encoded: Data {
    let names = regions
    let side = SampleSite.side
    func integers(_ name: String, _ shape: [Int], _ values: [Int]) -> Tensor {
      Tensor(name, shape: shape, .int32(values.map(Int32.init)))
    }
    func classes(_ name: String, _ layer: KeyPath<SampleSite, [UInt8]>) -> Tensor {
      integers(name, [sites.count, side, side], sites.flatMap { $0[keyPath: layer].map(Int.init) })
    }
    let tensors = [
      integers("site.cell", [sites.count], sites.map(\.cell.number)),
      integers("site.region", [sites.count], sites.map { names.firstIndex(of: $0.region) ?? 0 }),
      Tensor("site.elevation", shape: [sites.count, side, side], floats: sites.flatMap(\.elevation)),
      Tensor("site.slope", shape: [sites.count, side, side], floats: sites.flatMap(\.slope)),
      classes("site.aspect", \.aspect), classes("site.soil", \.soil), classes("site.vegetation", \.vegetation),
      integers("sample.site", [samples.count], samples.map(\.site)),
      integers("sample.day", [samples.count], samples.map(\.day.daysSince1970)),
      integers("sample.label", [samples.count], samples.map { Int($0.label.rawValue) }),
      integers("sample.events", [samples.count], samples.map(\.events)),
      Tensor(
        "sample.physics", shape: [samples.count, 5],
        floats: samples.flatMap {
          [
            $0.physics.q, $0.physics.rank, $0.physics.soilWaterMaximum, $0.physics.hourlyRainMaximum, $0.earlyWarning,
          ]
        }),
      Tensor(
        "sample.midnights", shape: [samples.count, Sample.daysBefore], floats: samples.flatMap(\.midnights)),
      Tensor(
        "sample.memory", shape: [samples.count, MemoryIndex.count],
        floats: samples.flatMap { sample in MemoryIndex.allCases.map { sample.memory[$0] } }),
      Tensor(
        "sample.ranks", shape: [samples.count, 2],
        floats: samples.flatMap { [$0.memory.soilWaterRank, $0.memory.lowerTanksRank] }),
      integers("sample.record", [samples.count], samples.map(\.memory.recordDays)),
      Tensor("rain.index", shape: [sites.count, hours], .int32(frameOfHour)),
      Tensor("rain.frames", shape: [frames.count / SampleSite.cells, side, side], .uint16(frames)),
    ]
    let listed = (try? JSONEncoder().encode(names)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    var metadata = [
      "format": Self.format, "title": title, "synthetic": isSynthetic ? "yes" : "no",
      "first_hour": String(firstHour.unixSeconds), "regions": listed,
      "basis": sortedJSON(basis),
    ]
    if !notes.isEmpty { metadata["notes"] = sortedJSON(notes) }
    return Safetensors(tensors, metadata: metadata).encoded
  }

  /// Reads the bytes of a sample file; every index is checked.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - path: Its name, for the error.
  /// - Throws: `badSamples`.
  package init(reading data: Data, path: String) throws(TrainingError) {
    let file: Safetensors
    do { file = try Safetensors(reading: data, path: path) } catch {
      throw .badSamples(path: path, reason: error.description)
    }
    func bad(_ reason: String) -> TrainingError { .badSamples(path: path, reason: reason) }
    guard file.metadata["format"] == Self.format else { throw bad("its format is not \(Self.format)") }
    guard let first = file.metadata["first_hour"].flatMap({ Int($0) }).flatMap(JSTHour.init(endingAtUnixSeconds:)),
      let listed = file.metadata["regions"],
      let names = try? JSONDecoder().decode([String].self, from: Data(listed.utf8))
    else { throw bad("first hour or regions are missing") }
    guard let index = file.tensor("rain.index"), let frameOfHour = index.integers, index.shape.count == 2,
      let rain = file.tensor("rain.frames"), let frames = rain.words, rain.shape.count == 3,
      rain.shape[1] == SampleSite.side, rain.shape[2] == SampleSite.side
    else { throw bad("rain.index or rain.frames is missing or of another shape") }
    let (siteCount, hours, frameCount) = (index.shape[0], index.shape[1], Int32(rain.shape[0]))
    guard frameOfHour.allSatisfy({ $0 >= -1 && $0 < frameCount }) else {
      throw bad("rain.index points past the frames")
    }
    guard let text = file.metadata["basis"],
      let basis = try? JSONDecoder().decode(SampleBasis.self, from: Data(text.utf8))
    else { throw bad("what its physics rests on is missing or damaged") }
    if let flaw = basis.flaw { throw bad("its physics rests on \(flaw)") }
    var notes = SampleNotes()
    if let text = file.metadata["notes"] {
      guard let read = try? JSONDecoder().decode(SampleNotes.self, from: Data(text.utf8)) else {
        throw bad("its notes are damaged")
      }
      notes = read
    }
    guard let synthetic = file.metadata["synthetic"], ["yes", "no"].contains(synthetic) else {
      throw bad("it does not say whether its samples are synthetic")
    }
    let reader = SampleFileReader(file: file, path: path)
    let sites = try reader.sites(count: siteCount, names: names)
    let samples = try reader.samples(sites: siteCount)
    self.init(
      sites: sites, samples: samples, firstHour: first, hours: hours, frameOfHour: frameOfHour,
      frames: frames, title: file.metadata["title"] ?? "", isSynthetic: synthetic == "yes",
      basis: basis, notes: notes)
    guard self.samples.allSatisfy({ hasWindow($0, hours: 24) }) else { throw bad("a sample's day is not in the rain") }
  }
}

private struct SampleFileReader {
  let file: Safetensors
  let path: String

  private func bad(_ reason: String) -> TrainingError { .badSamples(path: path, reason: reason) }

  private func integers(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Int32] {
    guard let tensor = file.tensor(name), tensor.shape == shape, let values = tensor.integers else {
      throw bad("\(name) is missing or not I32 \(shape)")
    }
    return values
  }

  private func floats(_ name: String, _ shape: [Int]) throws(TrainingError) -> [Float] {
    guard let tensor = file.tensor(name), tensor.shape == shape, let values = tensor.floats else {
      throw bad("\(name) is missing or not F32 \(shape)")
    }
    return values
  }

  func sites(count: Int, names: [String]) throws(TrainingError) -> [SampleSite] {
    let (side, cells) = (SampleSite.side, SampleSite.cells)
    let shape = [count, side, side]
    let codes = try integers("site.cell", [count])
    let regions = try integers("site.region", [count])
    let elevation = try floats("site.elevation", shape)
    let slope = try floats("site.slope", shape)
    guard !(elevation + slope).contains(where: \.isInfinite) else { throw bad("an infinite elevation or slope") }
    var layers: [[Int32]] = []
    for (name, top) in [("site.aspect", 8), ("site.soil", 10), ("site.vegetation", 11)] {
      let values = try integers(name, shape)
      guard values.allSatisfy({ (0...Int32(top)).contains($0) }) else { throw bad("\(name) outside 0 ... \(top)") }
      layers.append(values)
    }
    var sites: [SampleSite] = []
    for site in 0..<count {
      guard names.indices.contains(Int(regions[site])), let cell = Mesh3Code(String(codes[site])) else {
        throw bad("site \(site) has no valid cell or region")
      }
      let range = site * cells..<(site + 1) * cells
      sites.append(
        SampleSite(
          region: names[Int(regions[site])], cell: cell, elevation: Array(elevation[range]), slope: Array(slope[range]),
          aspect: layers[0][range].map(UInt8.init), soil: layers[1][range].map(UInt8.init),
          vegetation: layers[2][range].map(UInt8.init)))
    }
    return sites
  }

  func samples(sites: Int) throws(TrainingError) -> [Sample] {
    let count = file.tensor("sample.site")?.values.count ?? 0
    let places = try integers("sample.site", [count])
    let days = try integers("sample.day", [count])
    let labels = try integers("sample.label", [count])
    let events = try integers("sample.events", [count])
    let physics = try floats("sample.physics", [count, 5])
    let depth = Sample.daysBefore
    let midnights = try floats("sample.midnights", [count, depth])
    let width = MemoryIndex.count
    let excesses = try floats("sample.memory", [count, width])
    let ranks = try floats("sample.ranks", [count, 2])
    let recordDays = try integers("sample.record", [count])
    var samples: [Sample] = []
    for i in 0..<count {
      let before = Array(midnights[i * depth..<(i + 1) * depth])
      let input = PhysicsInput(
        q: physics[5 * i], rank: physics[5 * i + 1], soilWaterMaximum: physics[5 * i + 2],
        hourlyRainMaximum: physics[5 * i + 3], soilWaterAtStart: before[2])
      let memory = MemoryInput(
        excess: SIMD8(excesses[i * width..<(i + 1) * width]), soilWaterRank: ranks[2 * i],
        lowerTanksRank: ranks[2 * i + 1], recordDays: Int(recordDays[i]))
      guard (0..<sites).contains(Int(places[i])), let label = Sample.Label(rawValue: labels[i]), input.isComplete,
        memory.isComplete, (0...1).contains(input.q), physics[5 * i + 4].isFinite, before.allSatisfy(\.isFinite),
        events[i] >= 0,
        (events[i] > 0) == (label == .landslide)
      else { throw bad("sample \(i) has no valid site, label, physics or memory") }
      samples.append(
        Sample(
          site: Int(places[i]), day: JSTDay(daysSince1970: Int(days[i])), label: label, physics: input,
          midnights: before, memory: memory, earlyWarning: physics[5 * i + 4], events: Int(events[i])))
    }
    return samples
  }
}
