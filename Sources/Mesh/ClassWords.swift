/// What a reader calls the classes of a layer: the program's own words, or those of a catalogue's folder of styles.
package struct ClassWords: Hashable, Sendable {
  /// The value of the first class; the others follow one by one.
  package let first: Int
  package let english: [String]
  package let japanese: [String]

  package init(first: Int, english: [String], japanese: [String]) {
    precondition(english.count == japanese.count, "\(english.count) English words, \(japanese.count) Japanese")
    self.first = first
    self.english = english
    self.japanese = japanese
  }

  /// Words that are in the reader's language already, from class 1 on.
  package init(said words: [String]) { self.init(first: 1, english: words, japanese: words) }
}
