package import Forecasting
import Mesh
import Rasters
import SoilWater

extension Project {
  /// Joins archive, static stack, soil water and inventory into samples (METHOD 8.6).
  ///
  /// Rain goes through tenths of a mm, as the file holds it, so the physics of a sample can be made again from the file.
  /// It is that of `SitePhysics`: fitted without labels and, month by month, on the days before, as `predict` does.
  ///
  /// - Parameter request: Which samples.
  /// - Returns: The samples, whose notes list what was left out.
  /// - Throws: `DatasetError`, or what reading the inputs throws.
  package func samples(_ request: DatasetRequest) throws -> SampleSet {
    let lock = try lock(for: .changing)
    defer { lock.release() }
    _ = try importRain(try rainSource())
    lock.onlyRead()
    let archive = archive
    guard let first = archive.days().first, let last = archive.days().last else {
      throw RainLack.nothingToImport(catalogue: catalogue.path)
    }
    let (from, to) = (max(request.from ?? first, first), min(request.to ?? last, last))
    guard from <= to else { throw RainLack.dateOutsideRain(day: request.from ?? to, first: first, last: last) }
    var hashes = InputHashes(rememberedIn: workspace.hashes)
    let stack = try staticStack(&hashes).stack
    try hashes.save()

    let chosen = try SampleSites(
      request, of: self, days: from...to,
      isLand: { cell in stack.elevation.grid.index(of: cell).map { !stack.elevation.values[$0].isNaN } ?? false })
    console.begin("samples of \(chosen.sites.count) cells of \(area.name)")
    var basis = SampleBasis()
    basis.physics = catalogue.physics
    basis.rainyMillimetres = request.rainyMillimetres
    var builder = SampleSetBuilder(
      firstDay: first, days: first.distance(to: last) + 1,
      title: catalogue.title, isSynthetic: catalogue.isSynthetic, basis: basis)
    let wide = area.grid.padded(by: SampleSite.side / 2)
    var done = 0
    for group in SiteRain.groups(chosen.sites, days: first.distance(to: last) + 1) {
      let rain = try SiteRain(of: group.map(\.cell), days: first...last, on: wide) {
        try self.rain(of: $0, on: wide)
      }
      for (place, site) in group.enumerated() {
        try builder.add(
          sampleSite(site, stack), rainTenths: rain.tenths[place],
          requests: (from...to).compactMap { day in
            if let events = site.events[day] { return SampleRequest(day: day, events: events) }
            guard rain.total(of: place, on: day) >= request.rainyMillimetres else { return nil }
            return site.isLabelled ? SampleRequest(day: day, events: 0) : SampleRequest(unlabelled: day)
          })
        done += 1
        console.progress(Double(done) / Double(chosen.sites.count))
      }
    }
    console.end()
    let rules =
      ["days: \(from) to \(to), rainy from \(request.rainyMillimetres) mm; past rain \(first) to \(last)"]
      + chosen.rules
    let samples = builder.samples(notes: SampleNotes(rules: rules, drops: chosen.drops + builder.drops))
    guard !samples.samples.isEmpty else {
      let counts = samples.notes.counts.map { "\($0.count) x \($0.what): \($0.reason)" }.joined(separator: "; ")
      throw DatasetError.nothingLeft(area: area.name, why: counts.isEmpty ? "no rainy day" : counts)
    }
    return samples
  }

  /// The static layers around a site; unknown beyond the stack.
  private func sampleSite(_ site: SampleSites.Site, _ stack: StaticStack) -> SampleSite {
    let margin = SampleSite.side / 2
    let square = MeshGrid(south: site.cell.row, west: site.cell.column, height: 1, width: 1).padded(by: margin)
    return SampleSite(
      region: site.region, cell: site.cell, elevation: stack.elevation.cropped(to: square, fill: .nan).values,
      slope: stack.slope.cropped(to: square, fill: .nan).values,
      aspect: stack.aspect.cropped(to: square, fill: 0).values,
      soil: stack.soil.majority.cropped(to: square, fill: 0).values,
      vegetation: stack.vegetation.majority.cropped(to: square, fill: 0).values)
  }
}

/// Joins a catalogue's inputs into samples and writes them.
///
/// - Parameters:
///   - request: Which samples.
///   - project: Catalogue and area.
///   - path: The sample file.
/// - Returns: What was written.
/// - Throws: What `Project.samples` and writing throw.
package func buildDataset(_ request: DatasetRequest, of project: Project, to path: String) throws -> DatasetInfo {
  let set = try project.samples(request)
  let data = set.encoded
  try writeAtomically(data, to: path)
  return DatasetInfo(set, path: path, data: data)
}
