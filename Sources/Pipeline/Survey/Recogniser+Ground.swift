import Mesh
import Rasters

extension Recogniser {
  /// Heights as the Geospatial Information Authority hands them out.
  static let elevationTiles = Recogniser(
    name: "tiles of heights", mayBe: { $0.ends(in: "xml", "zip", "png") }
  ) { group in
    var (tiles, cells) = (0, MeshGrid?.none)
    for file in group.files {
      guard let found = try elevationTileCells(in: file) else { return nil }
      tiles += found.tiles
      cells = found.cells.map { box in cells?.union(box) ?? box } ?? cells
    }
    var found = FoundInput(.terrain, group, "基盤地図情報 DEM, \(tiles) tiles")
    found.keys = [("dem", found.path)]
    found.credit = "基盤地図情報（国土地理院）"
    (found.cells, found.weight) = (cells, cells?.count ?? 0)
    return found
  }

  /// What GDAL opens as a raster: rain, heights, maps of classes.
  static let rasters = Recogniser(
    name: "rasters",
    mayBe: {
      $0.ends(
        in: "tif", "tiff", "img", "asc", "vrt", "bil", "bip", "flt", "hgt", "dem", "grd", "jp2", "sdat", "nc", "nc4")
    }
  ) { group in
    let survey = try RasterSurvey(group.first)
    let size = "\(shownLength(survey.pixelMetres)) pixels"
    if survey.isPicture { return FoundInput(.other, group, "picture, no measured values") }
    if OutputLayer.named(survey.bandName) != nil { return FoundInput(.other, group, "layer that lsmap predict wrote") }
    if survey.isArchive { return FoundInput(.other, group, "rain archive of lsmap") }
    if group.hints(at: "slope", "aspect", "hillshade", "傾斜", "陰影") {
      return FoundInput(.other, group, "raster, \(size): slope and aspect come from the elevation")
    }
    let role = group.hintedRole
    let isRain = RainUnit(survey.unit) != nil && survey.unit.lowercased() != "m"
    if isRain || role == .rain { return try rain(group, size) }
    guard let range = survey.range else { return FoundInput(.other, group, "raster, \(size), no value in it") }
    if let codes = survey.codes, role != .terrain {
      var found = FoundInput(role ?? .other, group, "raster, \(size), \(codes.count) codes")
      if role == nil {
        found.remarks = ["classes of an unknown kind: name the file by soil or vegetation, or write its section"]
      }
      found.keys = [("path", found.path)]
      found.names = Set(codes.map { String($0) })
      (found.cells, found.weight) = (survey.cells, survey.cells?.count ?? 0)
      found.isSynthetic = survey.isSynthetic
      return found
    }
    // Shares, indices and layers of ours are no heights.
    guard role == .terrain || ["", "m", "metre", "meter"].contains(survey.unit.lowercased()) && range.upperBound >= 10
    else {
      return FoundInput(.other, group, "raster, \(size), \(range.lowerBound) to \(range.upperBound) \(survey.unit)")
    }
    var found = FoundInput(
      .terrain, group, "elevation model, \(size), \(rounded(range.lowerBound, 0)) to \(rounded(range.upperBound, 0)) m")
    found.keys = [("dem", found.path)]
    found.cells = survey.cells
    for file in group.files.dropFirst() {
      if let box = try RasterSurvey.cells(of: file) { found.cells = found.cells?.union(box) ?? box }
    }
    found.weight = found.cells?.count ?? 0
    found.isSynthetic = survey.isSynthetic
    return found
  }

  /// Rain of rasters: times from the files, else from their names.
  private static func rain(_ group: FileGroup, _ size: String) throws -> FoundInput {
    var trouble: RasterError?
    for files in [group.glob, group.template].compactMap({ $0 }) {
      do throws(RasterError) {
        let input = RainInput(format: .geotiff, files: [files])
        let source = try openRainSource(input)
        var found = FoundInput(.rain, group, "rasters of rain, \(size)")
        found.tell(source, of: input)
        found.path = files
        return found
      } catch { trouble = trouble ?? error }
    }
    throw trouble ?? RasterError.notFound(path: group.first)
  }

  private static func shownLength(_ metres: Double) -> String {
    metres >= 1_000 ? "\(rounded(Float(metres / 1_000), 1)) km" : "\(rounded(Float(metres), metres < 10 ? 1 : 0)) m"
  }
}
