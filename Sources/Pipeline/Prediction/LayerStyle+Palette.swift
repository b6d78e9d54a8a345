import Cartography
import Rasters

extension LayerStyle {
  /// The colours of classes as a file keeps them itself; none for a ramp.
  var palette: [LayerFile.PaletteEntry] {
    guard case .classes(let classes) = self else { return [] }
    return classes.map {
      LayerFile.PaletteEntry(value: $0.value, red: $0.colour.red, green: $0.colour.green, blue: $0.colour.blue)
    }
  }
}
