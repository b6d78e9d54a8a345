// swift-tools-version: 6.2
import PackageDescription

// One target a room of the house; a room names only rooms below it (docs/DESIGN.md, 3).

/// Imports are internal unless a signature shows the other room's types (`package import`). Warnings stop the build where
/// `CI` is set; on a desk they are only shown.
let strict: [SwiftSetting] =
  [.enableUpcomingFeature("InternalImportsByDefault")]
  + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// The commit for `lsmap --version` and the manifests of runs, as the Makefile says it: what the package manager itself knows of
/// the checkout it keeps for as long as this file does not change.
let commit = Context.environment["LSMAP_COMMIT"] ?? ""

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// libFuzzer brings the `main` of this program: made only by `make fuzz`, with the sanitizers.
let fuzzing: [Target] =
  Context.environment["LSMAP_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "lsmap-fuzz",
      dependencies: ["Pipeline", "Cartography", "Forecasting", "Neural", "SoilWater", "Rasters", "Mesh"],
      path: "Tests/Fuzz", exclude: ["corpus", "make-corpus.py"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
  ]

let package = Package(
  name: "lsmap",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGDAL", pkgConfig: "gdal", providers: [.apt(["libgdal-dev"])]),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .target(name: "CGDALCalls", dependencies: ["CGDAL"]),
    .target(name: "CKernels"),
    .target(name: "CBuild", cSettings: [.define("LSMAP_COMMIT", to: "\"\(commit)\"")]),

    room("Statistics", []),
    room("Mesh", []),
    room("Rasters", ["CGDAL", "CGDALCalls", "CPROJ", "CLZMA", "Mesh", "Statistics"]),
    room("SoilWater", ["COpenBLAS", "Mesh", "Statistics"]),
    room("Evaluation", ["Mesh", "Statistics"]),
    room("Neural", ["CKernels", "Statistics"]),
    room("Forecasting", ["Neural", "SoilWater", "Evaluation", "Mesh", "Statistics"]),
    room("Simulation", ["Rasters", "Mesh", "Statistics"]),
    room("Cartography", ["CPNG", "CCairo", "Mesh"]),

    room(
      "Pipeline",
      [
        "Cartography", "Simulation", "Forecasting", "Neural", "SoilWater", "Evaluation", "Rasters", "Mesh",
        "Statistics", "CBuild", "Yams",
      ]),
    .executableTarget(
      name: "lsmap",
      dependencies: [
        "Pipeline", "Forecasting", "Simulation", "Mesh",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Figures of a machine, no checks: `make bench`. Compiled with everything else, run by nobody but a user.
    .executableTarget(
      name: "lsmap-bench",
      dependencies: [
        "Pipeline", "Forecasting", "Neural", "SoilWater", "Rasters", "Mesh", "Statistics", "CKernels", "CPeak",
        "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks", exclude: ["CPeak"], swiftSettings: strict),
    .target(name: "CPeak", path: "Benchmarks/CPeak"),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // The built tool as users run it: the executable is made with all tests.
    tests("Command", []),
    tests("Statistics", ["Statistics"]),
    tests("Mesh", ["Mesh"]),
    tests("Rasters", ["Rasters", "Mesh", "Statistics"]),
    tests("SoilWater", ["SoilWater", "Mesh", "Statistics"]),
    tests("Evaluation", ["Evaluation", "Mesh", "Statistics"]),
    tests("Neural", ["Neural", "Statistics"]),
    tests("Forecasting", ["Forecasting", "Neural", "SoilWater", "Evaluation", "Mesh", "Statistics"]),
    tests("Simulation", ["Simulation", "Rasters", "Mesh", "Statistics"]),
    tests("Cartography", ["Cartography", "Rasters", "Mesh"]),
    tests(
      "Pipeline",
      [
        "Pipeline", "Cartography", "Simulation", "Forecasting", "Neural", "SoilWater", "Evaluation", "Rasters", "Mesh",
        "Statistics",
      ]),
  ] + fuzzing,
  swiftLanguageModes: [.v6]
)
