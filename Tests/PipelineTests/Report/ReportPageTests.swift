import Cartography
import Foundation
import Mesh
import TestSupport
import Testing

@testable import Pipeline

/// A picture of the width and height that a sheet or a snake line has.
private let picture = drawQuickLook(
  Layer<Float>(grid: MeshGrid(south: 4_240, west: 2_720, height: 90, width: 100), filledWith: 0.4), .risk)

private func page(
  _ language: Language, notes: [String] = [], towns: [TownRisk]? = nil, cells: Int = 1, leads: [ReportPage.Lead] = [],
  townOfCells: String = "智頭町", place: EventPlace? = nil
) -> ReportPage {
  let manifest = Manifest(
    tool: "lsmap 0", libraries: [:], area: "A", date: "2023-08-15", validTime: "", rain: "", method: "m",
    model: "a < b",
    synthetic: false, modelSHA256: "", thresholds: [], thresholdsOrigin: "held-out days", thresholdsMeasured: true,
    referenceDays: 144, forecastHours: 0, inputs: [], derived: [], outputs: [],
    gaps: Manifest.Gaps(
      cellsByFlag: [], cellsWithoutRisk: 0, cellsWithoutClimatology: 0, notes: notes,
      japaneseNotes: notes.map { _ in "欠測あり" }), seconds: [:])
  let cell = ReportPage.WorstCell(
    code: "53340091", town: townOfCells, level: 5, probability: 0.8, soilWater: 201, rank: 0.9999, place: place,
    hour: 14, picture: leads.isEmpty ? picture : nil)
  return ReportPage(
    language: language, area: "A & B", time: "2023-08-15", manifest: manifest, rain: "24 h",
    counts: [0, 9, 0, 0, 2, 1], map: picture,
    leads: leads, towns: towns, cells: Array(repeating: cell, count: cells), credit: "出典 <x>")
}

private func town(_ place: Int, level: Int) -> TownRisk {
  var town = TownRisk(code: "312\(10 + place)", prefecture: "鳥取県", name: "第\(place)の町")
  town.cellsByLevel[level] = 3 + place
  town.worst = .init(code: "53340091", level: level, probability: 0.5, hour: 3)
  return town
}

@Test(arguments: Language.allCases) func `a report is one page without any other file, whole in both languages`(
  language: Language
) throws {
  let page = page(language, notes: ["Rain missing."], towns: [town(1, level: 4)])
  let text = String(decoding: page.html, as: UTF8.self)
  let note = language == .english ? "Rain missing." : "欠測あり"
  for part in ["智頭町", "第1の町", "53340091", note, "a &lt; b", "A &amp; B", "出典 &lt;x&gt;", "data:image/png;base64,"] {
    #expect(text.contains(part), "\(part)")
  }
  #expect(!text.contains("src=\"http") && !text.contains("href=") && !text.contains("<script"))
  #expect(text.contains(language.say(.notice)) && text.contains(language.say(.pastRecord, "144")))
  // No word of the other language, names and codes apart.
  let other = language == .english ? Phrase.summaryCells.japanese : "Meaning"
  #expect(!text.contains(other.suffix(10)))
}

@Test func `a calm day and a day without gaps say so instead of showing empty tables`() {
  let calm = page(.english, towns: [town(1, level: 1)], cells: 0)
  let text = String(decoding: calm.html, as: UTF8.self)
  #expect(text.contains("No cell is above level 1.") && text.contains("Nothing was missing."))
  #expect(!text.contains("第1の町"))
}

@Test(arguments: Language.allCases) func `a run as of a time has its levels hour by hour, and no snake lines`(
  language: Language
) {
  let time = JSTHour(ending: JSTDay(daysSince1970: 19_584), 9)
  let leads = (0...2).map {
    ReportPage.Lead(validTime: time.advanced(by: $0), hours: $0, counts: [9, 8, 7, 6, 5, 431 + $0])
  }
  let text = String(decoding: page(language, leads: leads).html, as: UTF8.self)
  #expect(text.contains(language.say(.reportLeads)) && text.contains("2023-08-15 11:00") && text.contains("433"))
  // The map alone.
  #expect(text.components(separatedBy: "<img").count == 2)
  #expect(!String(decoding: page(language).html, as: UTF8.self).contains(language.say(.reportLeads)))
}

@Test func `without municipalities the cells have no empty column of them`() {
  let heading = "<th>\(Language.english.say(.municipality))</th>"
  #expect(String(decoding: page(.english).html, as: UTF8.self).contains(heading))
  #expect(!String(decoding: page(.english, townOfCells: "").html, as: UTF8.self).contains(heading))
}

@Test func `of many municipalities the worst are on the page and the others are counted`() {
  let towns = (0..<30).map { town($0, level: $0 == 29 ? 5 : 3) }
  let text = String(decoding: page(.english, towns: towns).html, as: UTF8.self)
  #expect(text.contains("第29の町") && text.contains("and 16 more: towns.csv"))
}

@Suite(.enabled(if: Chromium.path != nil, "no Chromium on this machine: pages are not laid out"))
struct ReportLayoutTests {
  private func file(_ language: Language) throws -> (folder: ScratchFolder, path: String) {
    let folder = try ScratchFolder()
    let towns = (0..<30).map { town($0, level: 3) }
    let notes = (1...8).map { "Something that a reader must know was missing in \($0) of 3,000 cells." }
    return (folder, try folder.write(page(language, notes: notes, towns: towns, cells: 4).html, to: "page.html"))
  }

  @Test(arguments: Language.allCases) func `a full report prints on two A4 pages`(language: Language) throws {
    let (folder, path) = try file(language)
    let pdf = folder.path + "/page.pdf"
    try Chromium.run(["--print-to-pdf=\(pdf)", "--no-pdf-header-footer", "file://" + path])
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: pdf)), as: UTF8.self)
    let pages = text.components(separatedBy: "/Type /Page").dropFirst().count { !$0.hasPrefix("s") }
    #expect(pages == 2)
  }

  @Test func `on a phone's window nothing but tables is scrolled sideways`() throws {
    let (folder, path) = try file(.japanese)
    let measure =
      "<script>document.title = document.documentElement.scrollWidth <= innerWidth ? 'fits' : 'wide'</script>"
    let html = try String(contentsOfFile: path, encoding: .utf8).replacing("</body>", with: measure + "</body>")
    let measured = try folder.write(html, to: "phone.html")
    let dom = try Chromium.run(["--window-size=390,844", "--dump-dom", "file://" + measured])
    #expect(dom.contains("<title>fits</title>"))
  }
}

/// A browser without a window.
private enum Chromium {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// - Returns: What it printed.
  @discardableResult
  static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = ["--headless", "--no-sandbox", "--disable-gpu"] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}

@Test(arguments: [1, 2, 10]) func `a worst cell tells its place among the rain events on record`(rank: Int) throws {
  let place = EventPlace(
    rank: rank, after: JSTDay("2018-07-06"), recordDays: 6_423)
  let text = String(decoding: page(.english, place: place).html, as: UTF8.self)
  #expect(text.contains("6423 days on record") && text.contains("2018-07-06"))
  #expect(text.contains(rank == 1 ? "highest of the events" : "place \(rank) among the events"))
}
