import Foundation

/// The folder of real data that lies beside a developer's checkout; never part of the project.
public enum RealData {
  /// `LSMAP_DATA`, else `../shared/data` beside the repository; `nil` where neither exists.
  public static let folder: String? = {
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["LSMAP_DATA"], Repository.path("../shared/data"),
    ]
    return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
  }()

  public static var isPresent: Bool { folder != nil }

  /// Path of a file in the folder; empty where the folder is absent.
  public static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
}
