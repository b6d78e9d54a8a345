import Cartography
import Forecasting
import Mesh
import Rasters

/// The forecast of one valid time of a run as of a time.
struct LeadForecast {
  let validTime: JSTHour
  let probability: Layer<Float>
  let level: Layer<UInt8>
}

extension Products {
  /// Probability and level of each valid time, a band each, named by time, lead and issue (METHOD 7.3).
  var leadLayers: [LayerPlan] {
    guard !day.leads.isEmpty else { return [] }
    let language = project.catalogue.language
    let levels = LayerDescription.levelLeads(levelDescription).inLanguage(language)
    let risks = LayerDescription.riskLeads.inLanguage(language)
    return [
      LayerPlan(
        description: risks,
        bands: day.leads.map { lead in
          DescribedBand(risks, name: horizon.leadWords(lead.validTime, in: language)) { lead.probability }
        }),
      LayerPlan(
        description: levels,
        bands: day.leads.map { lead in
          DescribedBand(levels, name: horizon.leadWords(lead.validTime, in: language)) {
            lead.level.map { $0 == 0 ? .nan : Float($0) }
          }
        }),
    ]
  }

  var leadSummaries: [LeadSummary] {
    guard let asOf = horizon.asOf else { return [] }
    return day.leads.map { lead in
      var cells = [Int](repeating: 0, count: 6)
      for level in lead.level { cells[min(5, Int(level))] += 1 }
      return LeadSummary(
        leadHours: asOf.distance(to: lead.validTime), validTime: "\(lead.validTime)",
        rain: horizon.leadWords(lead.validTime), cellsByLevel: cells)
    }
  }

  /// Where the analysis ends and what is forecast; nothing for an observed day.
  var horizonTags: [String: String] {
    guard let asOf = horizon.asOf else { return [:] }
    let issues = horizon.forecasts.map { issue in
      "\(issue.hours.lowerBound)/\(issue.hours.upperBound) "
        + (issue.issuedAt.map { "issued \(RainHorizon.clock($0)) JST" } ?? "time of issue unknown")
    }
    return [
      "LSMAP_AS_OF": "\(asOf)", "LSMAP_VALID_TIME": "\(horizon.end)", "LSMAP_RAIN": horizon.words,
      "LSMAP_FORECAST_HOURS": "\(horizon.forecastHours)",
      "LSMAP_FORECAST": issues.isEmpty ? "none" : issues.joined(separator: "; "),
    ]
  }

  /// What a reader of a run as of a time must know; nothing for an observed day.
  func horizonNotes(in language: Language) -> [String] {
    guard let asOf = horizon.asOf else { return [] }
    var notes: [String] = []
    if horizon.forecasts.isEmpty {
      notes.append(language.say(.noteNoForecast, asOf.words))
    } else {
      let first = horizon.forecasts.first?.hours.lowerBound ?? horizon.end
      notes.append(language.say(.noteForecast, first.words, horizon.end.words))
      let gaps = asOf.distance(to: horizon.end) - horizon.forecastHours
      if gaps > 0 { notes.append(language.say(.noteForecastGaps, "\(gaps)")) }
      if horizon.forecasts.contains(where: { $0.issuedAt == nil }) {
        notes.append(language.say(.noteIssueUnknown, asOf.words))
      }
    }
    if let target = horizon.target, horizon.end < JSTHour(ending: target, 24) {
      notes.append(language.say(.noteDayIncomplete, "\(target)", horizon.end.clock))
    }
    return notes
  }
}
