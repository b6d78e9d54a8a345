import Cartography

/// How the page looks: one column on a phone, two A4 pages on paper.
struct ReportStyle {
  let palettes: Palettes

  var sheet: String {
    """
    body{font:16px/1.45 sans-serif;color:\(Colour.ink.hex);max-width:62rem;margin:0 auto;padding:0 .8rem 2rem}
    h1{font-size:1.5rem;margin:.8rem 0 .4rem}h2{font-size:1.15rem;margin:1.2rem 0 .4rem}
    img{max-width:100%;height:auto}.scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid \(Colour.rule.hex);padding:.2rem .45rem;text-align:left}
    th.n,td.n{text-align:right}td{white-space:nowrap}.levels td,.missing td{white-space:normal}td.n{font-variant-numeric:tabular-nums}th{font-weight:600;font-size:.85em}
    .notice{background:\(palettes.map.noticeFill.hex);border:1px solid \(palettes.map.noticeEdge.hex);padding:.5rem;font-weight:600;margin:.4rem 0}
    .summary{font-size:1.15rem;font-weight:600;margin:.5rem 0}
    .level{display:inline-block;min-width:1.7em;text-align:center;border:1px solid \(Colour.quietInk.hex);font-weight:700;
    print-color-adjust:exact;-webkit-print-color-adjust:exact}
    \(levelColours)
    .snakes{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:.4rem}
    @page{size:A4;margin:11mm}
    @media print{body{font-size:8pt;line-height:1.25;max-width:none;padding:0}h1{font-size:13pt;margin:0}
    h2{font-size:10pt;margin:5pt 0 2pt;break-after:avoid}p,ul{margin:2pt 0}th,td{padding:.5pt 3pt}
    .notice{padding:2pt 4pt}.summary{font-size:10pt;margin:2pt 0}.map{text-align:center}
    .map img{max-height:112mm}.cells{break-before:page}.snakes{grid-template-columns:1fr 1fr}.snakes img{max-height:50mm}}
    """
  }

  private var levelColours: String {
    (0...5).map { level in
      let colour = level == 0 ? palettes.map.noData : palettes.levels[level - 1]
      return ".l\(level){background:\(colour.hex);color:\(colour.textOnIt.hex)}"
    }.joined()
  }
}
