package import Foundation
import Mesh

/// A QGIS project of many days: a group of layers a day, the last day uppermost, each in its own frame of the temporal controller.
package struct QGISSeason: Sendable {
  /// In the order of time; layers of the run folders, relative to this project.
  package let days: [QGISProject]
  /// The table of towns, relative to this project; `nil` where no municipalities are known.
  package let towns: String?

  /// - Precondition: At least one day.
  package init(days: [QGISProject], towns: String?) {
    precondition(!days.isEmpty, "a season without days")
    self.days = days
    self.towns = towns
  }

  /// The bytes of the `.qgs` file.
  package var document: Data {
    let (first, last) = (days[0], days[days.count - 1])
    let facts = last.facts
    let title =
      "\(facts.language.say(.reportTitle)), \(facts.areaTitle), "
      + facts.language.say(.clockDay, "\(first.facts.date) – \(facts.date)")
    let daily = days.reversed().map { day in
      QGISLayerGroup(
        name: "\(day.facts.date) (\(weekday(of: day.facts.horizon.day, facts.language)))",
        isOpen: day.facts.date == facts.date, layers: day.layersOfDay)
    }
    // Lines above the levels, which are opaque; the ground below.
    let places = QGISLayerGroup(
      name: facts.language.say(.groupPlaces), isOpen: false, layers: last.layersOfArea + last.seasonTowns(towns))
    let ground = QGISLayerGroup(
      name: facts.language.say(.groupGround), isOpen: false, layers: last.layersOfGround)
    return QGISDocument(
      title: title, identifier: "lsmap/\(facts.area)/season/\(first.facts.key)/\(facts.key)",
      abstract: facts.sentences.joined(separator: " "), theme: facts.language.say(.themeSeason), view: last.view,
      hours: (first.facts.horizon.start, facts.horizon.end),
      groups: ([places] + daily + [ground]).filter { !$0.layers.isEmpty }, layouts: [], variables: []
    ).data
  }
}
