package import Mesh

/// Why a day cannot be predicted.
package enum RainLack: ReportedError, Equatable {
  /// An archive or source without any rain, or without any up to a day.
  case noRain(day: JSTDay?, archive: String)
  case dateOutsideRain(day: JSTDay, first: JSTDay, last: JSTDay)
  case timeAfterRain(JSTHour, end: JSTHour)
  case noForecast(day: JSTDay, asOf: JSTHour, end: JSTHour)
  case beforeWarmStart(day: JSTDay, first: JSTDay, path: String)
  case nothingToImport(catalogue: String)
  case cellOutside(cell: Mesh3Code, area: String)
  case recordTooLong(first: JSTDay, last: JSTDay, archive: String)

  package var exitCode: ExitCode { .badInput }

  package var description: String {
    switch self {
    case .noRain(let day, let archive):
      "\(archive): holds no rain\(day.map { " up to \($0)" } ?? ""); import it with lsmap rain import"
    case .dateOutsideRain(let day, let first, let last):
      "\(day): outside the rain, which goes from \(first) to \(last); choose a day within, or import more rain"
    case .timeAfterRain(let time, let end):
      "\(time.words): after the analysed rain, which ends at \(end.words); choose --as-of by then, or fetch more rain"
    case .noForecast(let day, let asOf, let end):
      "\(day): no rain is known of it as of \(asOf.words), the forecast ends at \(end.words); give a longer forecast "
        + "as forecast_rain in the catalogue, or leave --date out"
    case .beforeWarmStart(let day, let first, let path):
      "\(day): the soil water begins with a warm start, its first whole day is \(first); choose a later day, or delete "
        + "\(path) to start with empty tanks"
    case .cellOutside(let cell, let area):
      "cell \(cell): not in \(area); name a cell of the area, as lsmap mesh finds it"
    case .recordTooLong(let first, let last, let archive):
      "\(archive): rain from \(first) to \(last) is longer than a record can be; delete the days with a wrong date"
    case .nothingToImport(let path): "\(path): its rain holds no hour of the days asked for; check files: and the dates"
    }
  }
}
