package import Mesh

/// Colours and words of all products of a run: the program's own, or those of a catalogue's folder of styles where that has them.
package struct StyleBook: Hashable, Sendable {
  package var palettes = Palettes.program
  /// Words of classes by layer, where they are not the program's.
  package var words: [String: ClassWords] = [:]

  package init() {}

  /// A layer as readers meet it: its classes in these words, all in a language.
  package func describe(_ layer: LayerDescription, in language: Language) -> LayerDescription {
    (words[layer.name].map(layer.calling) ?? layer).inLanguage(language)
  }
}
