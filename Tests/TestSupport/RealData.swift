import Foundation

/// The folder of real data that lies beside a developer's checkout; never part of the project.
public enum RealData {
  /// Where the environment says that the data is (`LSMAP_DATA`): there a missing folder is a failure, not a reason to skip.
  public static let stated = ProcessInfo.processInfo.environment["LSMAP_DATA"]

  /// `LSMAP_DATA`, else `../shared/data` beside the repository; `nil` where it does not exist.
  public static let folder: String? = {
    let path = stated ?? Repository.path("../shared/data")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  public static var isPresent: Bool { folder != nil }

  /// Path of a file in the folder; empty where the folder is absent.
  public static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
}
