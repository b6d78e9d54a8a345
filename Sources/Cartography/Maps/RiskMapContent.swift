package import Mesh

/// All that a risk map sheet says, as plain values.
package struct RiskMapContent: Sendable {
  /// Levels 1 ... 5; 0 is no data.
  package var level: Layer<UInt8>
  /// True for the cells of the area; the sheet shows these and counts these. On the grid of `level`.
  package var area: Layer<Bool>
  /// Calibrated probability, `NaN` for none; ranks the cells of the highest level.
  package var probability: Layer<Float>?
  /// Highest soil water index in parts of the highest that the cell has survived on earlier days, 1 at its record, `NaN` for
  /// none. Orders cells of one risk.
  package var pastRecord: Layer<Float>?
  /// Whether a cell's past is known; all where absent.
  package var isCompared: Layer<Bool>?
  /// Whether the boundary is a coast or border; else it is a frame that may hold sea.
  package var boundaryIsLand = true
  /// Daily maximum of the soil water index, mm, `NaN` for none: shown on a small map of its own.
  package var soilWaterIndex: Layer<Float>?
  /// Mean elevation, m, `NaN` for none: a faint relief under the levels. May reach beyond the area.
  package var elevation: Layer<Float>?
  /// Levels hour by hour in a run as of a time; shown in a strip of their own.
  package var leads: [Lead] = []
  /// Rings of the area's boundary, longitude and latitude in degrees.
  package var boundary: [[SIMD2<Double>]]
  /// Rings of the land around, drawn quietly below.
  package var surroundings: [[SIMD2<Double>]]
  /// `Tottori`.
  package var areaName: String
  /// `鳥取県`.
  package var areaNameJapanese: String
  /// The hours the map is about, and which of them are forecast.
  package var horizon: RainHorizon
  /// What made the map: the model's title as its metadata gives it.
  package var model: String
  /// What is missing or uncertain, a sentence each: `Missing rain hours in 12 cells.`
  package var notes: [String]
  /// Where the data come from, a line each.
  package var sources: [String]
  /// Heads the sheet, before the area's name.
  package var title: String
  /// The layer of the levels; its classes are the legend.
  package var levelDescription: LayerDescription
  /// What the line around the cells of level 4 and above is: `80 %-recall line`.
  package var levelLine: String
  /// Of all words of the sheet; those given here are in it already.
  package var language: Language
  /// The colours of the sheet.
  package var palettes = Palettes.program
  /// Where the highest cell's soil water stands among the rain events it has lived through, in words.
  package var highestEvent: String?
  /// Municipalities with a cell at level 4 or 5, the worst first; `nil` where none are known.
  package var towns: [TownLine]?
  /// People in the cells of levels 4 and 5; `nil` where it is not known.
  package var peopleOverThreshold: Float?
  /// Kilometres of road in those cells; `nil` where it is not known.
  package var roadsOverThreshold: Float?

  /// The levels of an hour.
  package struct Lead: Sendable {
    /// `12:00 (+3 h)`.
    package let words: String
    /// On the grid of the sheet's own levels.
    package let level: Layer<UInt8>

    package init(words: String, level: Layer<UInt8>) {
      self.words = words
      self.level = level
    }
  }

  /// A municipality on the sheet.
  package struct TownLine: Hashable, Sendable {
    package let name: String
    /// Cells at level 4 or 5.
    package let overThreshold: Int
    /// Their share of all its cells, 0 ... 1.
    package let share: Double
    package let worstLevel: Int
    /// In the cells of levels 4 and 5; `nil` where it is not known.
    package let people: Float?

    package init(name: String, overThreshold: Int, share: Double, worstLevel: Int, people: Float?) {
      self.name = name
      self.overThreshold = overThreshold
      self.share = share
      self.worstLevel = worstLevel
      self.people = people
    }
  }

  package init(
    level: Layer<UInt8>, area: Layer<Bool>, probability: Layer<Float>? = nil,
    soilWaterIndex: Layer<Float>? = nil, elevation: Layer<Float>? = nil,
    boundary: [[SIMD2<Double>]] = [], surroundings: [[SIMD2<Double>]] = [], areaName: String,
    areaNameJapanese: String = "", horizon: RainHorizon, model: String, levelDescription: LayerDescription,
    levelLine: String,
    notes: [String] = [], sources: [String] = [], language: Language = .english
  ) {
    precondition(level.grid == area.grid, "level on \(level.grid), area on \(area.grid)")
    precondition(probability.map { $0.grid == level.grid } ?? true, "probability on another grid than the level")
    precondition(soilWaterIndex.map { $0.grid == level.grid } ?? true, "soil water on another grid than the level")
    self.level = level
    self.area = area
    self.probability = probability
    self.soilWaterIndex = soilWaterIndex
    self.elevation = elevation
    self.boundary = boundary
    self.surroundings = surroundings
    self.areaName = areaName
    self.areaNameJapanese = areaNameJapanese
    self.horizon = horizon
    self.model = model
    self.levelDescription = levelDescription
    self.levelLine = levelLine
    self.notes = notes
    self.sources = sources
    self.language = language
    title = language.say(.title)
  }
}

/// What the sheet states in figures.
package struct RiskMapSummary: Hashable, Sendable {
  /// Cells of the levels 0 (no data) ... 5.
  package var cells = [Int](repeating: 0, count: 6)
  /// The highest cell, where it is one to mark: above level 1.
  var marked: Mesh3Code? { highestLevel >= 2 ? highest : nil }
  /// The cell of the highest level and probability, one with a known past if there is any of the level; of these the
  /// furthest past its record, then the wettest, the most northern, then western.
  package var highest: Mesh3Code?
  package var highestLevel = 0
  package var highestProbability: Float?
  /// How many cells have the highest cell's level and probability, itself among them.
  package var equals = 0

  package var total: Int { cells.reduce(0, +) }
  /// Cells of level 4 or 5.
  package var overThreshold: Int { cells[4] + cells[5] }

  package init(of content: RiskMapContent) {
    let level = content.level
    var best: RiskOrder?
    func value(_ layer: Layer<Float>?, _ i: Int) -> Float { layer.map { $0.values[i] } ?? .nan }
    for i in level.values.indices where content.area.values[i] {
      let number = min(level.values[i], 5)
      cells[Int(number)] += 1
      guard number > 0 else { continue }
      let probability = value(content.probability, i)
      let order = RiskOrder(
        level: number, isCompared: content.isCompared?.values[i] ?? true, probability: probability,
        pastRecord: value(content.pastRecord, i),
        soilWater: value(content.soilWaterIndex, i))
      let isEqual = best.map { $0.hasSameRisk(as: order) } ?? false
      if isEqual { equals += 1 }
      if let best, order <= best { continue }
      if !isEqual { equals = 1 }
      best = order
      highest = level.grid.code(at: i)
      highestLevel = Int(number)
      highestProbability = probability.isNaN ? nil : probability
    }
  }
}
