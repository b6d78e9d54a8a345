import Mesh

/// Variables of a run's project: what labels of a print layout, of the program's or of a user's own, can say (`[% @lsmap_title %]`).
enum LayoutVariable: String, CaseIterable {
  /// What, where and when: `Landslide risk, Tottori 鳥取県, 2023-08-15 JST`.
  case title = "lsmap_title"
  case area = "lsmap_area"
  case date = "lsmap_date"
  /// Which hours, and which of them are forecast.
  case hours = "lsmap_hours"
  case model = "lsmap_model"
  case sources = "lsmap_sources"
  /// What is missing or uncertain.
  case notes = "lsmap_notes"
  /// That the map is no official warning, in the project's language.
  case notice = "lsmap_notice"
  case noticeEnglish = "lsmap_notice_en"
  case noticeJapanese = "lsmap_notice_ja"

  func value(in project: QGISProject) -> String {
    let facts = project.facts
    return switch self {
    case .title: project.title
    case .area: facts.areaTitle
    case .date: facts.dateJST
    case .hours: facts.horizon.words(in: facts.language)
    case .model: facts.language.say(.modelIs, facts.model)
    case .sources: facts.sources.isEmpty ? "" : facts.language.say(.sources, facts.sources.joined(separator: "; "))
    case .notes: facts.notes.joined(separator: " ")
    case .notice: facts.notice
    case .noticeEnglish: Phrase.notice.english
    case .noticeJapanese: Phrase.notice.japanese
    }
  }
}
