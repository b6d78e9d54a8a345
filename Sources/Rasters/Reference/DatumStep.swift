import CGDAL

/// What is done between a source's datum and JGD2011, and how sure the result is.
package enum DatumStep: Hashable, Sendable {
  /// JGD2000, JGD2011 and WGS 84 share the lattice: coordinates are taken as they are.
  case sameLattice(datum: String)
  /// Tokyo datum through three geocentric offsets.
  case tokyoOffsets
  /// Tokyo datum through a grid of shifts such as TKY2JGD.par.
  case tokyoGrid(path: String)
  /// What PROJ picks for a datum that is not known here.
  case chosenByPROJ(datum: String)

  /// Metres, one standard statement a step; `nil` where nobody states one.
  package var accuracyMetres: Double? {
    switch self {
    case .sameLattice(let datum): datum == "JGD2011" ? 0 : 1
    case .tokyoOffsets: 9
    case .tokyoGrid: 0.2
    case .chosenByPROJ: nil
    }
  }

  package var sentence: String {
    switch self {
    case .sameLattice("JGD2011"): "none: JGD2011"
    case .sameLattice(let datum): "none: \(datum) taken as JGD2011 (null shift; metres off in Tohoku since 2011)"
    case .tokyoOffsets:
      "Tokyo datum by geocentric offsets -146.414, 507.337, 680.507 m (EPSG:15483; give a TKY2JGD grid for 0.2 m)"
    case .tokyoGrid(let path): "Tokyo datum by the grid \(path), bilinear"
    case .chosenByPROJ(let datum): "\(datum) by PROJ's own choice of transformation"
    }
  }

  /// Tokyo longitude, latitude to JGD2000, spelt out: PROJ's own choice over Kyushu and Tsushima is a Korean one.
  /// - Source: PLATFORM 3; offsets of EPSG:15483.
  static let tokyoPipeline =
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=bessel "
    + "+step +proj=helmert +x=-146.414 +y=507.337 +z=680.507 +step +inv +proj=cart +ellps=GRS80 "
    + "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
}

/// The datum a name in a file stands for.
enum KnownDatum: Hashable {
  case lattice(String)
  case tokyo
  case other(String)

  /// Reads the names of EPSG, OGC and ESRI, which differ in blanks, case and a leading `D_`.
  init(name: String) {
    let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if letters.contains("jgd2011") || letters.contains("geodeticdatum2011") {
      self = .lattice("JGD2011")
    } else if letters.contains("jgd2000") || letters.contains("geodeticdatum2000") {
      self = .lattice("JGD2000")
    } else if letters.contains("wgs1984") || letters.contains("wgs84") || letters.contains("worldgeodeticsystem1984") {
      self = .lattice("WGS 84")
    } else if letters.contains("basedongrs80") || letters.contains("basedongrs1980") {
      self = .lattice("an unnamed datum on GRS 80")
    } else if letters.contains("tokyo"), !letters.contains("1892") {
      self = .tokyo
    } else {
      self = .other(name)
    }
  }
}
