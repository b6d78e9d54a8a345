// The one table of words. A phrase is one line: English, Japanese; `{0}` ... are values.

extension Phrase {
  // MARK: All products
  package static let notice = Phrase(
    "Model classes, not an official warning. Warnings are issued by JMA; follow JMA and your municipality.",
    "モデルによる区分であり、公式の警報・注意報ではありません。気象庁と市町村の情報に従ってください。")
  package static let title = Phrase("Landslide risk level", "土砂災害リスクレベル")
  package static let titleSynthetic = Phrase("Landslide risk level (synthetic data)", "土砂災害リスクレベル（人工データ）")
  package static let level = Phrase("Level", "レベル")
  package static let levelNumber = Phrase("level {0}", "レベル{0}")
  package static let levelCatches = Phrase("catches {0} of known slides", "既知の土砂災害の{0}を捕捉")
  package static let levelCatchesBetween = Phrase(
    "catches {0} of known slides, 95 % interval {1}", "既知の土砂災害の{0}を捕捉（95 %区間 {1}）")
  package static let levelBelow = Phrase(
    "below the threshold that catches {0} of known slides", "既知の土砂災害の{0}を捕捉する値より下")
  package static let levelNotMeasured = Phrase(
    "class of the model, recall not measured", "モデルの区分（捕捉率は未検証）")
  package static let levelTitle = Phrase("Risk level", "リスクレベル")
  package static let levelTitleNotMeasured = Phrase("Risk level (no recall measured)", "リスクレベル（捕捉率は未検証）")
  package static let recallLine = Phrase("{0}-recall line", "捕捉率{0}の線")
  package static let levelLine = Phrase("Line of level 4", "レベル4の線")
  package static let cells = Phrase("Cells", "メッシュ数")
  package static let noData = Phrase("no data", "データなし")
  package static let sources = Phrase("Sources: {0}.", "出典: {0}")
  package static let modelIs = Phrase("Model: {0}", "モデル: {0}")
  package static let rainIs = Phrase("Rain: {0}", "雨量: {0}")
  package static let clockDay = Phrase("{0} JST", "{0}（日本時間）")
  package static let weekdays = Phrase("Thu Fri Sat Sun Mon Tue Wed", "木 金 土 日 月 火 水")
  package static let allHours = Phrase("24 h to 24:00 JST", "24:00（日本時間）までの24時間")
  package static let analysisTo = Phrase("analysis to {0} JST", "解析 {0}（日本時間）まで")
  package static let noForecast = Phrase("no forecast", "予報なし")
  package static let forecastIssued = Phrase("forecast {0} issued {1}", "予報 {0}（{1}発表）")
  package static let forecastUnknownIssue = Phrase("forecast {0} (time of issue unknown)", "予報 {0}（発表時刻不明）")

  // MARK: Sheet
  package static let ofCells = Phrase("of {0} cells are", "/ {0} メッシュが")
  package static let atLevelFour = Phrase("at level 4 or 5", "レベル4以上")
  package static let highestIs = Phrase("Highest: level {0}", "最大: レベル{0}")
  package static let highestWithProbability = Phrase("Highest: level {0}, probability {1}", "最大: レベル{0}、確率 {1}")
  package static let cellAt = Phrase("cell {0}, {1}°N {2}°E", "メッシュ {0}（北緯{1}° 東経{2}°）")
  package static let oneOfEquals = Phrase(
    "one of {0} cells of this risk: the furthest past its own record, then the wettest",
    "同じリスクの{0}メッシュのうち、過去の記録を最も超え、次に土壌雨量指数が最大のもの")
  package static let noCellHasData = Phrase("No cell has data.", "データのあるメッシュがありません。")
  package static let aroundLevels = Phrase("{0}: around the cells of levels 4 and 5", "{0}: レベル4・5を囲む線")
  package static let lineNotDrawn = Phrase(
    "{0}: not drawn at this scale; it runs around levels 4 and 5", "{0}: この縮尺では省略（レベル4・5を囲む線）")
  package static let highestCell = Phrase("highest cell", "リスク最大のメッシュ")
  package static let atLatitude = Phrase("at {0}°N", "北緯{0}°での縮尺")
  package static let gridAndModel = Phrase(
    "1-km cells (MESH3, JGD2011). Model: {0}", "約1 kmメッシュ（3次メッシュ、JGD2011）　モデル: {0}")
  package static let greatestValue = Phrase("greatest {0}, cell {1} (ring)", "最大 {0}、メッシュ {1}（○印）")
  package static let noValue = Phrase("no value", "値なし")

  // MARK: Areas
  package static let areaBox = Phrase("Box {0}", "範囲 {0}")
  package static let areaMesh = Phrase("Mesh {0}", "メッシュ {0}")

  // MARK: Towns
  package static let municipality = Phrase("Municipality", "市区町村")
  package static let municipalities = Phrase("Municipalities", "市区町村")
  package static let townsAtLevelFour = Phrase(
    "Municipalities with cells at level 4 or 5: {0}", "レベル4以上のメッシュがある市区町村: {0}")
  package static let noTownAtLevelFour = Phrase(
    "No municipality has a cell at level 4 or 5.", "レベル4以上のメッシュがある市区町村はありません。")
  package static let moreTowns = Phrase("and {0} more: {1}", "ほか{0}市区町村: {1}")
  package static let share = Phrase("Share", "割合")
  package static let people = Phrase("People", "人口")
  package static let peopleAtLevelFour = Phrase(
    "About {0} people live in cells of levels 4 and 5.", "レベル4以上のメッシュの人口は約{0}人です。")
  package static let roadsAtLevelFour = Phrase(
    "About {0} km of roads run in cells of levels 4 and 5.", "レベル4以上のメッシュの道路延長は約{0} kmです。")
  package static let elsewhere = Phrase("outside every municipality", "市区町村の境界外")
  package static let wholePrefecture = Phrase("whole prefecture", "県全体")

  // MARK: Columns of tables
  package static let columnCode = Phrase("code", "コード")
  package static let columnPrefecture = Phrase("prefecture", "都道府県")
  package static let columnMunicipality = Phrase("municipality", "市区町村")
  package static let columnCells = Phrase("cells", "メッシュ数")
  package static let columnNoData = Phrase("no_data", "データなし")
  package static let columnOverThreshold = Phrase("cells_4_5", "レベル4以上")
  package static let columnShare = Phrase("share_4_5", "レベル4以上の割合")
  package static let columnWorstLevel = Phrase("worst_level", "最大レベル")
  package static let columnProbability = Phrase("probability", "確率")
  package static let columnWorstCell = Phrase("worst_cell", "最大のメッシュ")
  package static let columnHour = Phrase("hour_jst", "時（日本時間）")
  package static let columnPeopleNoData = Phrase("people_no_data", "人口_データなし")
  package static let columnMesh = Phrase("mesh3", "メッシュコード")
  package static let columnLatitude = Phrase("latitude", "緯度")
  package static let columnLongitude = Phrase("longitude", "経度")
  package static let columnRank = Phrase("rank", "既往順位")
  package static let columnEventRank = Phrase("event_rank", "既往事例順位")
  package static let columnEventDay = Phrase("event_after", "直上の事例")
  package static let columnAnomaly = Phrase("anomaly", "土壌雨量異常度")
  package static let columnSoilWater = Phrase("swi_mm", "土壌雨量指数_mm")
  package static let columnQuality = Phrase("quality", "品質")
  package static let columnPeopleOfCell = Phrase("people", "人口")
  package static let columnRoadsOfCell = Phrase("road_km", "道路_km")
  package static let columnRoadsNoData = Phrase("road_km_no_data", "道路_km_データなし")
  package static let columnDate = Phrase("date", "日付")
  package static let columnLevelOfCell = Phrase("level", "レベル")
  package static func columnLevel(_ level: Int) -> Phrase { Phrase("level_\(level)", "レベル\(level)") }
  package static func columnPeople(_ level: Int) -> Phrase { Phrase("people_level_\(level)", "人口_レベル\(level)") }
  package static func columnRoads(_ level: Int) -> Phrase { Phrase("road_km_level_\(level)", "道路_km_レベル\(level)") }

  // MARK: Notes
  package static let noteSea = Phrase(
    "Left out as sea: {0} cells that hold no land.", "陸地を含まない{0}メッシュは海として除外。")
  package static let allCells = Phrase("all cells", "全メッシュ")
  package static let someCells = Phrase("{0} of {1} cells", "{1}メッシュ中{0}")
  package static let noteNotValid = Phrase(
    "Soil water not valid yet in {0}: spin-up incomplete or over 24 hours missing in 10 days.",
    "土壌雨量指数が未確定: {0}（助走不足、または10日間に24時間を超える欠測）。")
  package static let noteEmptyTanks = Phrase(
    "Soil water began with empty tanks {0} days before; {1} are recommended.",
    "土壌雨量は{0}日前に空のタンクから計算開始（推奨は{1}日）。")
  package static let noteRainMissing = Phrase(
    "Rain missing in the last 10 days, up to {0} hours, in {1}: risk may be too low.",
    "過去10日間に最大{0}時間の雨量欠測: {1}。リスクが過小の可能性。")
  package static let noteNoRain = Phrase("No rain cover, no risk value: {0}.", "雨量なし、リスク値なし: {0}。")
  package static let noteNoPast = Phrase(
    "No past rain to compare with in {0}: anomaly set to 1.", "比較できる過去の雨量なし: {0}（異常度を1とした）。")
  package static let noteFewDays = Phrase(
    "Compared with only {0} past days: ranks are rough.", "比較した過去は{0}日のみ: 順位は粗い。")
  package static let noteNoRecall = Phrase("No recall was measured; levels: {0}.", "捕捉率は未検証。レベルの由来: {0}")
  package static let noteSoilUnknown = Phrase("Soil unknown.", "土壌は未使用。")
  package static let noteVegetationUnknown = Phrase("Vegetation unknown.", "植生は未使用。")
  package static let notePopulationUnknown = Phrase(
    "Population unknown in {0}: people there are not counted.", "人口が不明: {0}（集計に含まない）。")
  package static let noteNoRoads = Phrase(
    "No road of the catalogue's file lies in the area.", "道路データに対象地域の道路がない。")
  package static let noteElsewhere = Phrase(
    "{0} cells lie in no municipality of the boundaries.", "{0}メッシュはどの市区町村の境界にも含まれない。")
  package static let noteNoForecast = Phrase(
    "No forecast rain: the map ends with the analysis, {0} JST, and knows no later hour.",
    "予報雨量なし: 地図は解析の終わり {0}（日本時間）までで、以後を含まない。")
  package static let noteForecast = Phrase(
    "Rain from {0} on is forecast; the map ends at {1} JST. Levels are those of the analysis: no recall was measured for forecasts.",
    "{0}以降の雨量は予報、地図は{1}（日本時間）まで。レベルは解析雨量のもので、予報に対する捕捉率は未検証。")
  package static let noteForecastGaps = Phrase(
    "{0} hours before the end have neither analysis nor forecast: taken as missing.",
    "終わりまでの{0}時間は解析も予報もなく、欠測扱い。")
  package static let noteIssueUnknown = Phrase(
    "The forecast rain does not say when it was issued: it may have been after {0}.",
    "予報雨量の発表時刻は不明。{0}より後に発表された可能性あり。")
  package static let noteDayIncomplete = Phrase(
    "{0} is not complete: its last known hour is {1}.", "{0}は未完: 最後の時刻は{1}。")
  package static let noteHindcast = Phrase(
    "Hindcast of both sides: {0} of the days it is compared with come after the map, no service could know them.",
    "前後両側の再計算: 比較した日のうち{0}日は地図より後で、当時は知り得ない。")
  package static let noteFitAge = Phrase(
    "Compared with the days through {0}: this past is {1} days old.", "比較した過去は{0}まで（{1}日前の時点）。")

  // MARK: Report
  package static let reportTitle = Phrase("Landslide risk", "土砂災害リスク")
  package static let summaryCells = Phrase(
    "{0} of {1} cells are at level 4 or 5.", "{1}メッシュ中{0}がレベル4以上です。")
  package static let meaning = Phrase("Meaning", "意味")
  package static let roadsOverFour = Phrase("Road km at 4 and 5", "レベル4以上の道路 km")
  package static let peopleOverFour = Phrase("People at 4 and 5", "レベル4以上の人口")
  package static let reportMap = Phrase("Map", "地図")
  package static let reportWorst = Phrase("Cells of highest risk and their soil water", "リスク最大のメッシュと土壌雨量指数")
  package static let reportMissing = Phrase("What was missing or is uncertain", "欠測・不確かな点")
  package static let reportNothingMissing = Phrase("Nothing was missing.", "欠測はありません。")
  package static let leadStrip = Phrase("Risk level hour by hour", "1時間ごとのリスクレベル")
  package static let reportLeads = Phrase("Cells at each level, hour by hour", "1時間ごとのレベル別メッシュ数")
  package static let reportLevels = Phrase("What the levels mean", "レベルの意味")
  package static let reportOrigin = Phrase("Levels from: {0}", "レベルの由来: {0}")
  package static let reportCalm = Phrase("No cell is above level 1.", "レベル2以上のメッシュはありません。")
  package static let reportNoTowns = Phrase(
    "The catalogue names no municipalities.", "カタログに市区町村の境界がありません。")
  package static let reportMade = Phrase("Model, data, making", "モデル・データ・作成")
  package static let reportMadeBy = Phrase("Made by {0}.", "作成: {0}")
  package static let reportSnakeLine = Phrase(
    "Snake line of cell {0}: soil water and rain against what the cell has survived",
    "メッシュ {0} のスネークライン（土壌雨量指数と時間雨量、既往の範囲との比較）")
  package static let cell = Phrase("Cell", "メッシュ")
  package static let hour = Phrase("Hour (JST)", "時（日本時間）")
  package static let probability = Phrase("Probability", "確率")
  package static let soilWater = Phrase("Soil water (mm)", "土壌雨量指数 (mm)")
  package static let ofRecord = Phrase("Against record", "既往最大との比較")
  package static let pastRecord = Phrase("past the record of {0} days", "過去{0}日の最大を超過")
  package static let highestEvent = Phrase(
    "highest of the events of {0} days on record, the highest before {1}", "記録{0}日の降雨事例で1位（これまでの最大は{1}）")
  package static let eventPlace = Phrase(
    "place {0} among the events of {1} days on record, next after {2}", "記録{1}日の降雨事例で{0}位（{2}に次ぐ）")
  package static let soilWaterThere = Phrase("Its soil water index: {0}", "そのメッシュの土壌雨量指数: {0}")
  package static let belowRecord = Phrase("wetter than {0} % of past days", "過去の{0} %の日より湿潤")
  package static let worstHour = Phrase("Worst hour", "最悪の時刻")

  // MARK: Snake line
  package static let snakeTitle = Phrase("Soil water and rain: {0}", "土壌雨量指数と雨量: {0}")
  package static let snakePeak = Phrase("peak {0} mm at {1}", "最大 {0} mm（{1}）")
  package static let snakeIndexAxis = Phrase("Soil water index (mm)", "土壌雨量指数 (mm)")
  package static let snakeRainAxis = Phrase("Rain of the hour (mm)", "時間雨量 (mm)")
  package static let snakeOfDay = Phrase("snake line of the day", "当日のスネークライン")
  package static let snakeBefore = Phrase("hours before", "前日まで")
  package static let snakeForecast = Phrase("forecast rain", "予報雨量")
  package static let snakeCritical = Phrase("critical line ({0})", "限界線 ({0})")
  package static let snakeCover = Phrase("cover by past rain", "既往降雨の範囲")
  package static let snakeLandslide = Phrase("landslide", "土砂災害")
  package static let snakeRainInTime = Phrase("Rain (mm/h)", "雨量 (mm/h)")
  package static let snakeTotal = Phrase("total {0} mm, highest hour {1} mm", "合計 {0} mm、最大1時間 {1} mm")
  package static let snakeMissing = Phrase(", grey: missing", "、灰色は欠測")
  package static let snakeTank1 = Phrase("tank 1 (surface)", "第1タンク（表層）")
  package static let snakeTank2 = Phrase("tank 2", "第2タンク")
  package static let snakeTank3 = Phrase("tank 3 (deep)", "第3タンク（深部）")
  package static let snakeIndex = Phrase("soil water index", "土壌雨量指数")
  package static let snakeForPlace = Phrase("{0}, cell {1}", "{0} メッシュ {1}")
  package static let snakeScore = Phrase("q = {0}, rank {1}", "q = {0}、順位 {1}")
  package static let snakePast = Phrase("past rain {0} to {1}, {2} days", "過去の雨量 {0}〜{1}（{2}日）")

  // MARK: QGIS
  package static let groupPlaces = Phrase("Lines and places", "線・場所")
  package static let groupRisk = Phrase("Risk", "リスク")
  package static let groupSoilWater = Phrase("Soil water", "土壌雨量")
  package static let groupQuality = Phrase("Quality", "品質")
  package static let groupGround = Phrase("Ground", "地形・背景")
  package static let layerOutline = Phrase("{0} (around levels 4 and 5)", "{0}（レベル4・5を囲む）")
  package static let layerCells = Phrase("Cells of levels 4 and 5", "レベル4・5のメッシュ")
  package static let layerNoData = Phrase("No data (hatched)", "データなし（斜線）")
  package static let layerBoundary = Phrase("Boundary of the area", "対象地域の境界")
  package static let layerRelief = Phrase("Relief", "陰影起伏")
  package static let layerBasemap = Phrase("GSI map (needs the network)", "地理院地図（要ネットワーク）")
  package static let layerDaily = Phrase("Municipalities by day", "市区町村別・日別の表")
  package static let themeSeason = Phrase("Risk by day", "日別のリスク")
  package static let bandOfRun = Phrase("{0}; 24 h to {1} JST, {2}", "{0}; {1}（日本時間）までの24時間、{2}")
  package static let bandAnalysed = Phrase("{0} JST, +0 h, analysis", "{0}（日本時間）、+0時間、解析")
  package static let bandForecast = Phrase(
    "{0} JST, +{1} h, forecast issued {2} JST", "{0}（日本時間）、+{1}時間、{2}発表の予報")
  package static let bandUnknownIssue = Phrase(
    "{0} JST, +{1} h, forecast of unknown issue", "{0}（日本時間）、+{1}時間、発表時刻不明の予報")
  package static let bandWithoutForecast = Phrase(
    "{0} JST, +{1} h, hour without forecast", "{0}（日本時間）、+{1}時間、予報なし")
  package static let metadata = Phrase(
    "{0} for {1} on {2} ({3}), MESH3 cells of about 1 km. Unit: {4}.",
    "{1}の{0}、{2}、{3}。約1 kmの3次メッシュ。単位: {4}。")
  package static let unitClasses = Phrase("classes", "区分")
  package static let unitShare = Phrase("share of 1", "割合（0〜1）")
  package static let licenceNotStated = Phrase("not stated", "記載なし")
  package static let licenceOfInputs = Phrase("Terms of the input data apply: {0}", "入力データの利用条件による: {0}")
  package static let officialWarnings = Phrase("JMA warnings", "気象庁 防災情報")
  package static let officialWarningsMeaning = Phrase(
    "The official warnings; this map is none.", "公式の警報・注意報（この地図は公式のものではない）")
  package static let publisher = Phrase("Publisher", "発行者")
  package static let theme = Phrase("Risk of the day", "当日のリスク")
}
