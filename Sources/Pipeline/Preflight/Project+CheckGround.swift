import Mesh
import Rasters

extension Project {
  /// Elevation, soil and vegetation, each aligned by itself, so that the trouble of one does not hide another's.
  func checkGround() throws -> [InputCheck] {
    var hashes = InputHashes(rememberedIn: workspace.hashes)
    // Sea is no lack: the land is known once the elevation can be read.
    let land = (try? onLand(&hashes)) ?? self
    var checks: [InputCheck] = []
    for kind in GroundKind.allCases {
      guard let path = kind.path(in: catalogue) else { continue }
      checks.append(
        try InputCheck.of(kind.rawValue, path) { check in
          console.begin("reading \(kind.rawValue)")
          let inputs = kind.alone(try staticInputs().inputs)
          var (cells, known) = (0, 0)
          for part in land.parts() {
            let (stack, report) = try alignStatic(inputs, to: part.grid, threads: threads)
            let wanted = CellSet(part.cells)
            cells += wanted.count
            known += kind.known(in: stack, at: wanted)
            if let entry = report.entry(kind.layer) { kind.tell(entry, &check) }
            for doubt in report.doubts() where !check.remarks.contains(doubt) { check.lack(doubt) }
          }
          check.cover = "\(known)/\(cells) cells"
          if Double(known) < DoorFindings.leastGroundCover * Double(cells) {
            check.lack("known in too few cells: check its place, reference system and codes")
          }
        })
    }
    return checks
  }
}

/// The inputs of the static layers.
private enum GroundKind: String, CaseIterable {
  case terrain, soil, vegetation

  /// Name in the report of an alignment.
  var layer: String { self == .terrain ? "elevation" : rawValue }

  func path(in catalogue: Catalogue) -> String? {
    let paths =
      switch self {
      case .terrain: catalogue.terrain?.paths
      case .soil: catalogue.soil?.paths
      case .vegetation: catalogue.vegetation?.paths
      }
    return paths?.joined(separator: ", ")
  }

  func alone(_ inputs: StaticInputs) -> StaticInputs {
    var own = inputs
    if self != .terrain { own.elevation = nil }
    if self != .soil { own.soil = nil }
    if self != .vegetation { own.vegetation = nil }
    return own
  }

  func known(in stack: StaticStack, at cells: CellSet) -> Int {
    switch self {
    case .terrain: cells.gather(stack.elevation.values[...]).count { !$0.isNaN }
    case .soil: cells.gather(stack.soil.majority.values[...]).count { $0 != 0 }
    case .vegetation: cells.gather(stack.vegetation.majority.values[...]).count { $0 != 0 }
    }
  }

  func tell(_ entry: AlignmentReport.Entry, _ check: inout InputCheck) {
    check.place = entry.referenceSystem ?? ""
    check.datum = entry.datumStep ?? ""
    if self == .terrain, let low = entry.minimum, let high = entry.maximum {
      check.unit = "\(rounded(Float(low), 0)) to \(rounded(Float(high), 0)) m"
    } else if let share = entry.meanUnknownShare {
      check.unit = "\(rounded(Float(share * 100), 1)) % unknown"
    }
    for line in entry.recognised where !check.remarks.contains(line) { check.remarks.append(line) }
  }
}
