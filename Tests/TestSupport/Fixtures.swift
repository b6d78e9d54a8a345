import Foundation

/// Small files of the project that other programs made, under `fixtures`.
public enum Fixtures {
  public static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("fixtures/" + name).path
  }
}
