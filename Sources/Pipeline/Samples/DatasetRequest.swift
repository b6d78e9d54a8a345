import Foundation
package import Mesh
import Rasters

/// Which samples `lsmap dataset build` makes of a catalogue (METHOD 8.6).
package struct DatasetRequest: Sendable {
  /// Days that become samples; the whole archive when `nil`. All of the archive is past rain, whatever they are.
  package var from: JSTDay?
  package var to: JSTDay?
  /// Rain from which a day of a cell is a sample, mm. A landslide is one on any day.
  package var rainyMillimetres = 5.0
  /// Regions with fewer landslides are left out.
  package var leastEvents = 4
  /// A file of mesh codes; `nil` takes the cells with a landslide.
  package var cells: String?
  /// A file of mesh codes, or an area of which each region gives its middle land cell: learnt from without labels.
  package var unlabelled: String?
  /// `FILE:ATTRIBUTE`, polygons whose names are the regions; `nil` takes the second mesh.
  package var regions: String?

  package init() {}

  /// Reads mesh codes of third meshes from a text file, separated by blanks, commas or lines; `#` begins a comment.
  static func codes(in path: String) throws(DatasetError) -> [Mesh3Code] {
    guard let data = try? PlainFile.contents(path) else { throw .unreadable(path: path) }
    var codes: [Mesh3Code] = []
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let bare = line.prefix { $0 != "#" }
      for word in bare.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
        guard let code = Mesh3Code(word) else { throw .badCode(path: path, text: String(word)) }
        codes.append(code)
      }
    }
    guard !codes.isEmpty else { throw .badCode(path: path, text: "nothing in it") }
    return Set(codes).sorted { $0.number < $1.number }
  }
}

/// What can be wrong with a data set to be.
package enum DatasetError: ReportedError, Equatable {
  case unreadable(path: String)
  case badCode(path: String, text: String)
  case badRegions(String)
  case noLandslide(area: String, from: JSTDay, to: JSTDay, found: String)
  case nothingLeft(area: String, why: String)
  case tooFar(path: String)
  case benchmarkRain(folder: String, limit: Double)

  package var exitCode: ExitCode {
    switch self {
    case .badRegions, .benchmarkRain: .usage
    default: .badInput
    }
  }

  package var description: String {
    switch self {
    case .unreadable(let path): "\(path): no such file; give a text file of eight-digit mesh codes"
    case .badCode(let path, let text): "\(path): \(text) is no mesh code of eight digits"
    case .badRegions(let text): "\(text): not a file and an attribute; write regions.gpkg:name"
    case .noLandslide(let area, let from, let to, let found):
      "\(area): no landslide of the inventory lies there between \(from) and \(to) (\(found)); "
        + "choose another area or period, or learn without labels with --unlabelled"
    case .nothingLeft(let area, let why):
      "\(area): no sample is left: \(why); lower --min-events or data.rainyMm, or give more rain before the days"
    case .benchmarkRain(let folder, let limit):
      "\(folder): its rainy days begin at \(limit) mm, which its number of samples decides; leave data.rainyMm out"
    case .tooFar(let path): "\(path): none of its cells is in the area; name cells of the area, or another --area"
    }
  }
}
