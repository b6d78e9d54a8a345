import Mesh
package import Rasters

extension Catalogue {
  /// Where elevation, slope and aspect come from.
  package enum TerrainSource: Sendable, Encodable {
    /// A digital elevation model; slope and aspect come from it.
    case model(RasterInput, seaValues: [Float])
    /// A table of mesh codes and mean elevations.
    case table(MeshTableInput)
    /// KSJ G04-a: elevation, slope and aspect of each MESH3 cell; files or globs.
    case ksj([String], crs: String?)

    /// Files and globs.
    var paths: [String] {
      switch self {
      case .model(let raster, _): raster.paths
      case .table(let table): [table.path]
      case .ksj(let paths, _): paths
      }
    }
  }

  /// A map of classes with the legend that translates its codes.
  package struct ClassSource: Sendable, Encodable {
    package enum Values: Sendable, Encodable {
      case raster(RasterInput)
      case polygons([VectorInput], attribute: String)
      case table(MeshTableInput)
    }

    /// Columns of a table of plant communities, whose naturalness is the class.
    package struct Communities: Sendable, Encodable {
      package let codeColumn: String
      package let naturalnessColumn: String
    }

    package let values: Values
    package let legend: String
    package let communities: Communities?

    /// Files and globs, the legend not among them.
    var paths: [String] {
      switch values {
      case .raster(let raster): raster.paths
      case .polygons(let polygons, _): polygons.map(\.path)
      case .table(let table): [table.path]
      }
    }
  }

  /// What all static layers have in common.
  package struct AlignmentSettings: Sendable, Encodable {
    package var minimumCoverage = StaticInputs().minimumCoverage
    /// Shifts from Tokyo datum, such as TKY2JGD.par.
    package var tokyoGrid: String?
  }
}

extension StrictMapping {
  /// The `terrain` section.
  func terrain(_ resolve: (String) -> String) throws(CatalogueError) -> Catalogue.TerrainSource {
    defer { finish() }
    if let files = try optionalTexts("dem") {
      var raster = try raster(files.map(resolve))
      if let word = try text("coding") {
        guard let coding = ElevationCoding(rawValue: word) else {
          throw .badValue(
            path: file, line: line(of: "coding"), key: full("coding"),
            expected: ElevationCoding.allCases.map(\.rawValue).joined(separator: " or "))
        }
        raster.coding = coding
      }
      return .model(raster, seaValues: try numbers("sea") ?? [])
    }
    if let files = try optionalTexts("ksj") { return .ksj(files.map(resolve), crs: try text("crs")) }
    let path = resolve(try require("table"))
    return .table(
      MeshTableInput(
        path, codeColumn: try text("code_column") ?? "meshcode", valueColumn: try text("column") ?? "elevation_m",
        referenceSystem: try text("crs"), missing: (try numbers("missing") ?? []).map(Double.init)))
  }

  /// The `soil` or `vegetation` section: an attribute of a `.csv` is its column, of another file that of its polygons;
  /// without one the file is a raster.
  func classes(_ resolve: (String) -> String) throws(CatalogueError) -> Catalogue.ClassSource {
    defer { finish() }
    guard let files = try optionalTexts("path")?.map(resolve) else {
      throw .missingKey(path: file, section: name, key: "path")
    }
    let legend = resolve(try require("legend"))
    var communities: Catalogue.ClassSource.Communities?
    if let naturalness = try text("naturalness_column") {
      communities = .init(codeColumn: try require("community_column"), naturalnessColumn: naturalness)
    }
    let values: Catalogue.ClassSource.Values
    if let attribute = try text("attribute") {
      let tables = [".csv", ".csv.gz", ".tsv", ".tsv.gz"]
      if let path = files.first, tables.contains(where: path.lowercased().hasSuffix) {
        guard files.count == 1 else {
          throw .badValue(
            path: file, line: line(of: "path"), key: full("path"), expected: "one file, where it is a table")
        }
        values = .table(
          MeshTableInput(
            path, codeColumn: try text("code_column") ?? "meshcode", valueColumn: attribute,
            referenceSystem: try text("crs")))
      } else {
        let (layer, filter, crs) = (try text("layer"), try text("filter"), try text("crs"))
        let encoding = try text("encoding")
        values = .polygons(
          files.map { VectorInput($0, layer: layer, filter: filter, referenceSystem: crs, encoding: encoding) },
          attribute: attribute)
      }
    } else {
      values = .raster(try raster(files))
    }
    return Catalogue.ClassSource(values: values, legend: legend, communities: communities)
  }

  /// The `exposure` section: people, roads or both.
  func exposure(
    _ resolve: (String) -> String
  ) throws(CatalogueError) -> (population: PopulationMesh?, roads: VectorInput?) {
    defer { finish() }
    let tables = try optionalTexts("population")?.map(resolve)
    let column = try text("column")
    let roads = try mapping("roads").map { (m) throws(CatalogueError) in
      defer { m.finish() }
      return VectorInput(
        resolve(try m.require("path")), layer: try m.text("layer"), filter: try m.text("filter"),
        referenceSystem: try m.text("crs"), encoding: try m.text("encoding"))
    }
    guard tables != nil || roads != nil else { throw .missingKey(path: file, section: name, key: "population") }
    return (tables.map { PopulationMesh($0, column: column) }, roads)
  }

  /// The `alignment` section.
  func alignment(_ resolve: (String) -> String) throws(CatalogueError) -> Catalogue.AlignmentSettings {
    defer { finish() }
    var settings = Catalogue.AlignmentSettings()
    settings.minimumCoverage = try number("minimum_coverage", in: 0...1) ?? settings.minimumCoverage
    settings.tokyoGrid = try text("tokyo_grid").map(resolve)
    return settings
  }

  private func raster(_ files: [String]) throws(CatalogueError) -> RasterInput {
    var raster = RasterInput(files)
    raster.referenceSystem = try text("crs")
    raster.band = try whole("band", in: 1...65_535) ?? 1
    raster.nodata = try number("nodata", in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    raster.openOptions = try optionalTexts("open_options") ?? []
    if let text = try text("registration") {
      guard let registration = RasterInput.Registration(rawValue: text) else {
        throw .badValue(
          path: file, line: line(of: "registration"), key: full("registration"),
          expected: RasterInput.Registration.allCases.map(\.rawValue).joined(separator: " or "))
      }
      raster.registration = registration
    }
    return raster
  }
}
