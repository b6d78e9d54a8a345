import Mesh

extension Method {
  /// The early warning without any network. Untrained, its levels 2 to 5 begin at the contours q_rbf = 0.1, 0.3, 0.5,
  /// 0.9: level 4 is the critical line that METHOD 2.4 takes without disasters.
  static let earlyWarning = labelFree(
    "swi-ews", title: "SWI-EWS",
    start: LabelFreeStart(
      title: Language.english.say(.earlyWarning), edges: [0.1, 0.3, 0.5, 0.9],
      origin: Language.english.say(.levelsOfContours))
  ) { $0.earlyWarning }
}
