package import Forecasting
import Mesh

extension Project {
  /// The landslides of the catalogue's inventory on the area's cells, and what was rejected, each with its reason.
  ///
  /// Days are Japanese days. Events outside the area are rejects (`outside`), and so are those more than 1 km uncertain
  /// and those without a day.
  ///
  /// - Throws: `CatalogueError` without an inventory section; else what `readInventory` throws.
  package func inventory() throws -> Inventory {
    guard let source = catalogue.inventory else {
      throw CatalogueError.missingSection(path: catalogue.path, section: "inventory", purpose: "reading landslides")
    }
    let cells = area.cells
    return try readInventory(
      source.path, columns: source.columns, referenceSystem: source.crs, triggers: source.triggers
    ) { cells[$0] ?? false }
  }
}
