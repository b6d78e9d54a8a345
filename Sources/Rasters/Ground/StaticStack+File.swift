import Mesh

extension StaticStack {
  /// Bands of `static.tif` in their order; names are what `read` looks for. Shares of a layer without an input are left out.
  package var bands: [DescribedBand] {
    var result = [
      DescribedBand(.elevation, name: "elevation", values: elevation.values),
      DescribedBand(.slope, name: "slope", values: slope.values),
      DescribedBand(
        .classNumber("Aspect (1 N to 8 NW, 0 none)", 8), name: "aspect", values: aspect.values.map(Float.init)),
      DescribedBand(.landShare, name: "land", values: landShare.values),
      DescribedBand(.share("Share covered by the elevation input"), name: "coverage", values: coverage.values),
    ]
    for (name, title, shares, description) in [
      ("soil", "Soil group", soil, LayerDescription.soil),
      ("vegetation", "Vegetation class", vegetation, LayerDescription.vegetation),
    ] {
      result.append(
        DescribedBand(
          .classNumber("\(title) (majority)", shares.classes), name: name,
          values: shares.majority.values.map(Float.init)))
      result.append(
        DescribedBand(.share("\(title): no class"), name: "\(name) unknown", values: shares.unknown.values))
      result.append(
        DescribedBand(.share("\(title): covered"), name: "\(name) coverage", values: shares.coverage.values))
      for k in 0..<shares.shares.bands {
        result.append(
          DescribedBand(
            .share("\(title) \(k + 1): \(description.classes[k])"), name: "\(name) \(k + 1)",
            values: shares.shares.band(k).values))
      }
    }
    return result
  }

  /// Writes `static.tif` atomically.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - tags: Provenance.
  /// - Throws: `cannotWrite`.
  package func write(to path: String, tags: [String: String] = [:]) throws(RasterError) {
    try LayerFile.write(bands, on: grid, to: path, format: .plain, tags: tags)
  }

  /// Reads a file that `write` made.
  ///
  /// - Parameter path: The file.
  /// - Returns: The stack, equal bit for bit to the one written.
  /// - Throws: What `LayerFile.readSealed` throws; `malformed` when a band is missing.
  package static func read(_ path: String) throws(RasterError) -> StaticStack {
    let file = try LayerFile.readSealed(path)
    var stack = StaticStack(grid: file.stack.grid)
    func band(_ name: String) throws(RasterError) -> Layer<Float> {
      guard let place = file.names.firstIndex(of: name) else {
        throw .malformed(path: path, reason: "no band \"\(name)\"", remedy: "make the file anew with lsmap align")
      }
      return file.stack.band(place)
    }
    func classBand(_ name: String) throws(RasterError) -> Layer<UInt8> {
      try band(name).map { $0 >= 0 && $0 < 255 ? UInt8($0) : 0 }
    }
    stack.elevation = try band("elevation")
    stack.slope = try band("slope")
    stack.aspect = try classBand("aspect")
    stack.landShare = try band("land")
    stack.coverage = try band("coverage")
    for (name, part) in [("soil", \StaticStack.soil), ("vegetation", \StaticStack.vegetation)] {
      stack[keyPath: part].majority = try classBand(name)
      stack[keyPath: part].unknown = try band("\(name) unknown")
      stack[keyPath: part].coverage = try band("\(name) coverage")
      guard file.names.contains("\(name) 1") else { continue }
      let count = stack[keyPath: part].classes
      stack[keyPath: part].shares = LayerStack(grid: stack.grid, bands: count, filledWith: .nan)
      for k in 0..<count { stack[keyPath: part].shares.setBand(k, to: try band("\(name) \(k + 1)")) }
    }
    return stack
  }
}

extension LayerDescription {
  /// A share of a cell's area.
  static func share(_ title: String) -> LayerDescription {
    LayerDescription(name: "share", title: title, unit: "1", validRange: 0...1)
  }

  /// Class numbers in a file of 32-bit floats, 0 for none.
  static func classNumber(_ title: String, _ count: Int) -> LayerDescription {
    LayerDescription(name: "class", title: title, unit: "", validRange: 0...Float(count))
  }
}
