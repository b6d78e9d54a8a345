import Mesh

/// Where a cell's soil water index stands among its rain events on earlier days (METHOD 2.7).
struct EventPlace {
  /// 1 (highest) ... 10.
  let rank: Int
  /// Day of the event it comes after; of the highest so far for rank 1.
  let after: JSTDay
  let recordDays: Int

  /// `nil` below the tenth event, and where there is none to compare with.
  init?(rank: Int, after: JSTDay?, recordDays: Float) {
    guard (1...10).contains(rank), let after, !recordDays.isNaN else { return nil }
    (self.rank, self.after, self.recordDays) = (rank, after, Int(recordDays))
  }

  func words(in language: Language) -> String {
    rank == 1
      ? language.say(.highestEvent, "\(recordDays)", "\(after)")
      : language.say(.eventPlace, "\(rank)", "\(recordDays)", "\(after)")
  }
}
