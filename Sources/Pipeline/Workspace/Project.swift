package import Mesh
import Rasters
import SoilWater

/// An area of a catalogue with its workspace: what every command that works on an area starts from.
package struct Project: Sendable {
  package let catalogue: Catalogue
  package private(set) var area: Area
  package private(set) var workspace: Workspace
  /// The area's cells and all within the halo of one, on `grid`: nothing that is said of the area depends on others.
  package private(set) var workingCells: CellSet
  /// What rain archive and states hold.
  let store: Store
  /// The whole area's own cells, those that hold no land too, also where this is a part of it.
  let wholeArea: CellSet
  /// The working cells of the whole area.
  let wholeCells: CellSet
  package private(set) var threads: Int
  package private(set) var console: Console
  /// Rain that is open.
  let sources: RainSources
  /// Rain and states of days that parts share.
  private(set) var dailyFiles = DailyFiles()
  /// Cells around the area that its values rest on: those that the network looks at (METHOD 3.3), and never less than the
  /// units of past rain reach that a cell is compared with (METHOD 2.2), which are whole then, whoever asks for them.
  package let halo: Int
  /// The reach of the usual units, whose size no catalogue changes.
  package static let usualHalo = ClimatologySettings().reach

  /// Reads the catalogue and finds the area.
  ///
  /// - Parameters:
  ///   - path: The catalogue.
  ///   - area: As the user names it; the catalogue's own when `nil`.
  ///   - threads: Workers.
  ///   - console: Told every step.
  /// - Throws: `CatalogueError`, `AreaError`, or what reading boundaries throws.
  package init(catalogue path: String, area: String?, threads: Int, console: Console) throws {
    try self.init(try Catalogue.read(path), area: area, threads: threads, console: console)
  }

  /// Finds the area of a catalogue.
  ///
  /// - Parameters:
  ///   - catalogue: Where the inputs are.
  ///   - area: As the user names it; the catalogue's own when `nil`.
  ///   - halo: Cells around the area that the network looks at; those of a wider halo than the usual have a workspace of
  ///     their own.
  ///   - store: The catalogue's, where it is known already.
  ///   - sources: Rain that other areas of the process have opened.
  ///   - threads: Workers.
  ///   - console: Told every step.
  /// - Throws: `AreaError`, or what reading boundaries throws.
  init(
    _ catalogue: Catalogue, area: String?, halo: Int = usualHalo, store: Store? = nil,
    sources: RainSources = RainSources(keeping: false), threads: Int, console: Console
  ) throws {
    guard let name = area ?? catalogue.area else { throw AreaError.none }
    self.catalogue = catalogue
    self.sources = sources
    self.area = try Area.named(name, in: catalogue.boundaries)
    self.halo = max(halo, Self.usualHalo)
    let own = Store(self.area, halo: self.halo)
    wholeArea = own.area
    wholeCells = own.cells
    workingCells = own.cells
    let shared = try name == catalogue.areaOfStore ? own : store ?? Store(of: catalogue, halo: self.halo)
    self.store = shared.flatMap { $0.cells.holds(own.cells) ? $0 : nil } ?? own
    workspace = Workspace(
      catalogue: catalogue, store: self.store.key, area: self.store.key == own.key ? nil : self.area.key)
    self.threads = threads
    self.console = console
    if let shared, self.store.key != shared.key {
      console.note("\(self.area.name) is not all within the store \(shared.name): it keeps its own rain and soil water")
    }
    if self.halo > Self.usualHalo {
      console.note(
        "the model looks \(self.halo) cells around: \(workspace.folder) is a workspace of its own, which a warm start or a fit "
          + "of \(self.area.key) does not serve")
    }
  }

  /// The same with fewer cells.
  func part(_ cells: Layer<Bool>, named name: String) -> Project {
    var copy = self
    copy.area = area.keeping(cells)
    copy.workspace = workspace.of(part: name)
    copy.workingCells = CellSet(cells).padded(by: halo)
    return copy
  }

  /// The same with its share of the threads, where several parts are worked on side by side.
  func besideOthers(_ count: Int) -> Project {
    var copy = self
    copy.threads = max(1, threads / count)
    copy.console = Console(within: console)
    return copy
  }

  /// The same, keeping rain and states of some days in memory for all parts, and those that an earlier run kept there.
  func keepingFiles(of days: ClosedRange<JSTDay>, in files: DailyFiles) -> Project {
    var copy = self
    files.keep(days, at: wholeCells)
    copy.dailyFiles = files
    return copy
  }

  /// The same with a workspace whose daily files are a task's own.
  func keepingDaily(in folder: String) -> Project {
    var copy = self
    copy.workspace = workspace.keepingDaily(in: folder)
    return copy
  }

  /// The same area with fewer cells, in the same workspace: what is derived for it does not change.
  func keeping(_ cells: Layer<Bool>, withoutLand: Int) -> Project {
    var copy = self
    copy.area = area.keeping(cells, withoutLand: withoutLand)
    return copy
  }

  /// Whether rain archive and states hold more than this area wants.
  var sharesStore: Bool { store.cells != wholeCells }

  /// The cells that layers are prepared for: the area and the halo around it.
  package var grid: MeshGrid { area.grid.padded(by: halo) }

  /// The area's cells on `grid`.
  package var cells: Layer<Bool> { area.cells.cropped(to: grid, fill: false) }
}
