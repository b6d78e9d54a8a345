package import Mesh
import Rasters

extension JSTHour {
  /// Reads a full hour as a user writes it, JST unless it names a zone: `2023-08-15T09:00`, `2023-08-15T00:00Z`,
  /// `2023-08-15 24:00`; `nil` for anything else, a day without a clock among them.
  package init?(stated text: some StringProtocol) {
    guard text.contains(":"), let time = UniversalTime(text, zone: 9 * 3_600) else { return nil }
    self.init(endingAtUnixSeconds: time.unixSeconds)
  }
}
