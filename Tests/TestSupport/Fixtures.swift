import Foundation

/// Small files of the project that other programs made, under `fixtures`.
public enum Fixtures {
  public static func path(_ name: String) -> String { Repository.path("fixtures/" + name) }
}

/// The checkout that the tests were built from.
public enum Repository {
  /// Path of a file of the checkout, given from its root.
  public static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(name).path
  }
}
