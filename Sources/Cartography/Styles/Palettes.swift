// Made by scripts/styles from styles/palettes.csv: change that table, not this file.

/// The colours of maps and of what lies beside them: the program's own, or those of a catalogue's folder of styles.
package struct Palettes: Hashable, Sendable {
  package var levels = [
    Colour(236, 236, 218),
    Colour(242, 231, 0),
    Colour(255, 40, 0),
    Colour(170, 0, 170),
    Colour(12, 0, 12),
  ]
  package var trust = [
    Colour(198, 219, 239),
    Colour(107, 174, 214),
    Colour(230, 150, 50),
    Colour(150, 80, 30),
    Colour(186, 188, 191),
  ]
  package var aspect = [
    Colour(214, 69, 65),
    Colour(232, 140, 60),
    Colour(226, 203, 72),
    Colour(133, 185, 84),
    Colour(64, 160, 140),
    Colour(66, 128, 190),
    Colour(112, 92, 184),
    Colour(178, 84, 150),
  ]
  package var soil = [
    Colour(190, 190, 190),
    Colour(92, 70, 62),
    Colour(214, 202, 220),
    Colour(58, 52, 60),
    Colour(132, 44, 40),
    Colour(150, 190, 205),
    Colour(222, 120, 66),
    Colour(132, 150, 122),
    Colour(168, 122, 76),
    Colour(240, 222, 160),
  ]
  package var vegetation = [
    Colour(170, 164, 172),
    Colour(240, 226, 150),
    Colour(226, 176, 110),
    Colour(208, 228, 140),
    Colour(168, 206, 106),
    Colour(112, 160, 110),
    Colour(140, 190, 90),
    Colour(88, 158, 76),
    Colour(24, 104, 52),
    Colour(176, 216, 196),
    Colour(198, 216, 234),
  ]
  package var kinds = [
    Colour(141, 160, 203),
    Colour(90, 62, 43),
    Colour(200, 200, 200),
    Colour(60, 60, 66),
    Colour(140, 40, 40),
    Colour(166, 216, 84),
    Colour(230, 130, 60),
    Colour(102, 194, 165),
    Colour(150, 110, 70),
    Colour(245, 215, 130),
    Colour(231, 138, 195),
    Colour(80, 140, 200),
  ]
  package var events = [
    Colour(84, 0, 88),
    Colour(190, 20, 60),
    Colour(244, 109, 45),
    Colour(253, 184, 99),
    Colour(254, 217, 90),
    Colour(254, 230, 140),
    Colour(255, 240, 176),
    Colour(255, 250, 190),
    Colour(234, 242, 208),
    Colour(210, 230, 220),
    Colour(233, 238, 242),
  ]
  package var risk = [
    ColourStop(0, Colour(255, 255, 255)),
    ColourStop(0.02, Colour(255, 250, 190)),
    ColourStop(0.1, Colour(254, 217, 90)),
    ColourStop(0.3, Colour(244, 109, 45)),
    ColourStop(0.6, Colour(190, 20, 60)),
    ColourStop(1, Colour(84, 0, 88)),
  ]
  package var uncertainty = [
    ColourStop(0, Colour(255, 255, 255)),
    ColourStop(0.02, Colour(236, 236, 248)),
    ColourStop(0.05, Colour(188, 189, 220)),
    ColourStop(0.1, Colour(128, 125, 186)),
    ColourStop(0.2, Colour(84, 39, 143)),
    ColourStop(0.5, Colour(40, 0, 70)),
  ]
  package var anomaly = [
    ColourStop(0, Colour(255, 255, 255)),
    ColourStop(0.2, Colour(255, 250, 190)),
    ColourStop(0.4, Colour(254, 217, 90)),
    ColourStop(0.6, Colour(244, 109, 45)),
    ColourStop(0.8, Colour(190, 20, 60)),
    ColourStop(1, Colour(84, 0, 88)),
  ]
  package var swi = [
    ColourStop(0, Colour(250, 252, 254)),
    ColourStop(50, Colour(214, 232, 246)),
    ColourStop(100, Colour(146, 197, 222)),
    ColourStop(150, Colour(67, 147, 195)),
    ColourStop(200, Colour(33, 102, 172)),
    ColourStop(300, Colour(84, 24, 112)),
  ]
  package var record = [
    ColourStop(0, Colour(250, 252, 254)),
    ColourStop(0.5, Colour(214, 232, 246)),
    ColourStop(1, Colour(146, 197, 222)),
    ColourStop(1.1, Colour(254, 217, 90)),
    ColourStop(1.25, Colour(244, 109, 45)),
    ColourStop(1.5, Colour(190, 20, 60)),
    ColourStop(2, Colour(84, 0, 88)),
  ]
  package var rain = [
    ColourStop(0, Colour(250, 252, 254)),
    ColourStop(1, Colour(214, 232, 246)),
    ColourStop(5, Colour(146, 197, 222)),
    ColourStop(20, Colour(67, 147, 195)),
    ColourStop(50, Colour(33, 102, 172)),
    ColourStop(80, Colour(84, 24, 112)),
  ]
  package var elevation = [
    ColourStop(0, Colour(116, 168, 120)),
    ColourStop(100, Colour(190, 211, 148)),
    ColourStop(300, Colour(240, 230, 178)),
    ColourStop(700, Colour(207, 170, 116)),
    ColourStop(1500, Colour(150, 110, 84)),
    ColourStop(3000, Colour(250, 250, 250)),
  ]
  package var plain = [
    Colour(68, 1, 84),
    Colour(65, 68, 135),
    Colour(42, 120, 142),
    Colour(34, 168, 132),
    Colour(122, 209, 81),
    Colour(253, 231, 37),
  ]
  package var tanks = [
    Colour(158, 202, 225),
    Colour(107, 150, 190),
    Colour(70, 96, 138),
  ]
  package var map = Map()
  package var plot = Plot()

  /// Single colours of a map.
  package struct Map: Hashable, Sendable {
    /// Ground of the notice that this is no official warning.
    package var noticeFill = Colour(255, 247, 224)
    /// Its frame.
    package var noticeEdge = Colour(190, 140, 20)
    /// Sea.
    package var sea = Colour(222, 234, 243)
    /// Land of which the map says nothing.
    package var otherLand = Colour(226, 225, 222)
    /// Where no boundaries say what is land and what is sea.
    package var unknownGround = Colour(240, 240, 238)
    /// No data.
    package var noData = Colour(186, 188, 191)
    /// Stripes over it.
    package var noDataHatch = Colour(128, 131, 136)
    /// Dots that tell level 2 from 1 in black and white.
    package var levelTwoDots = Colour(120, 112, 0)
    /// Stripes that tell level 4 from 3 in black and white.
    package var levelFourStripes = Colour(226, 150, 226)
    /// Boundary of the area.
    package var boundary = Colour(70, 74, 80)
    /// Boundaries on small maps and in QGIS.
    package var quietBoundary = Colour(110, 114, 120)
    /// Coasts and borders around.
    package var coast = Colour(150, 152, 156)
    /// Ring around the highest cell.
    package var highestCell = Colour(0, 92, 175)
    /// Relief in the shade.
    package var shade = Colour(70, 72, 66)
    /// Quick-looks where there is no value.
    package var blank = Colour(242, 243, 245)
  }

  /// Single colours of a plot.
  package struct Plot: Hashable, Sendable {
    /// Snake line of the day.
    package var snake = Colour(200, 30, 60)
    /// Snake line before it.
    package var before = Colour(140, 142, 148)
    /// Lines of equal cover.
    package var cover = Colour(120, 140, 165)
    /// Their numbers.
    package var coverWords = Colour(90, 110, 140)
    /// Observed rain.
    package var rain = Colour(33, 102, 172)
    /// Forecast rain.
    package var forecastRain = Colour(146, 197, 222)
  }
}

extension Palettes {
  /// Colours of classes and of what comes in an order, by name: the number of the first, and where they are.
  package static let lists: [String: (first: Int, path: any WritableKeyPath<Palettes, [Colour]> & Sendable)] = [
    "levels": (1, \.levels),
    "trust": (0, \.trust),
    "aspect": (1, \.aspect),
    "soil": (1, \.soil),
    "vegetation": (1, \.vegetation),
    "kinds": (1, \.kinds),
    "events": (1, \.events),
    "plain": (1, \.plain),
    "tanks": (1, \.tanks),
  ]
  /// Colours at rising values, by name.
  package static let ramps: [String: any WritableKeyPath<Palettes, [ColourStop]> & Sendable] = [
    "risk": \.risk,
    "uncertainty": \.uncertainty,
    "anomaly": \.anomaly,
    "swi": \.swi,
    "record": \.record,
    "rain": \.rain,
    "elevation": \.elevation,
  ]
  /// Single colours, by palette and name.
  package static let singles: [String: [String: any WritableKeyPath<Palettes, Colour> & Sendable]] = [
    "map": [
      "noticeFill": \.map.noticeFill,
      "noticeEdge": \.map.noticeEdge,
      "sea": \.map.sea,
      "otherLand": \.map.otherLand,
      "unknownGround": \.map.unknownGround,
      "noData": \.map.noData,
      "noDataHatch": \.map.noDataHatch,
      "levelTwoDots": \.map.levelTwoDots,
      "levelFourStripes": \.map.levelFourStripes,
      "boundary": \.map.boundary,
      "quietBoundary": \.map.quietBoundary,
      "coast": \.map.coast,
      "highestCell": \.map.highestCell,
      "shade": \.map.shade,
      "blank": \.map.blank,
    ],
    "plot": [
      "snake": \.plot.snake,
      "before": \.plot.before,
      "cover": \.plot.cover,
      "coverWords": \.plot.coverWords,
      "rain": \.plot.rain,
      "forecastRain": \.plot.forecastRain,
    ],
  ]
  /// Colours of pictures that know no catalogue, by name.
  package static let own = [
    "curves": [
      "#005caf",
      "#d55e00",
      "#008c64",
      "#aa3c8c",
      "#787828",
      "#3c3c42",
      "#56b4e9",
      "#e69f00",
    ],
    "text": [
      "#1c1e22",
      "#585c62",
      "#c4c7cc",
      "#f7f8f9",
    ],
  ]
}

/// The program's own curves.
enum CurvePalette {
  static let curves = [
    Colour(0, 92, 175),
    Colour(213, 94, 0),
    Colour(0, 140, 100),
    Colour(170, 60, 140),
    Colour(120, 120, 40),
    Colour(60, 60, 66),
    Colour(86, 180, 233),
    Colour(230, 159, 0),
  ]
}

/// The program's own text.
enum TextPalette {
  /// Text and lines.
  static let ink = Colour(28, 30, 34)
  /// Text of less weight.
  static let quietInk = Colour(88, 92, 98)
  /// Lines between paragraphs.
  static let rule = Colour(196, 199, 204)
  /// Ground of a plot's legend.
  static let panel = Colour(247, 248, 249)
}
