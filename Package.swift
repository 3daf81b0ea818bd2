// swift-tools-version: 6.2
import PackageDescription

/// The rules of every module here: imports are internal unless said, existentials are spelled out, unsafe code is
/// marked, a warning is an error. `Lifetimes` lets `Reader` store the `Span` that it walks.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableExperimentalFeature("Lifetimes"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A module of the project; the dependencies are the arrows of the README's architecture picture.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of a module, in a folder of its name, with the C libraries that they alone call.
func tests(
  of name: String, _ dependencies: [Target.Dependency], libraries: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies, swiftSettings: house,
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// The one module whose tests are built, when `ICWSCAN_TESTS` names one: `make test-all` optimises those of `Identify`.
let testedAlone = Context.environment["ICWSCAN_TESTS"]

/// Whether the fuzzers are built: they need coverage in every module, so they have a build of their own (`make fuzz`).
let fuzzes = Context.environment["FUZZ"] != nil

/// The program; as a library under another name of its `main` where the fuzzers look into it.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  fuzzes
    ? .target(
      name: name, dependencies: dependencies,
      swiftSettings: house + [
        .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "icwscan_main"])
      ])
    : .executableTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The fuzzers, one executable that takes the name of its target.
let fuzzers: [Target] = [
  .executableTarget(
    name: "Fuzz",
    dependencies: [
      "CFuzzer", "Packets", "Captures", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets",
      "Roles", "Report", "icwscan",
    ],
    path: "Tests/Fuzz", exclude: ["Trial"], swiftSettings: house)
]

/// What they look into, tried for seconds in the ordinary build.
let trial = Target.testTarget(
  name: "FuzzTests",
  dependencies: [
    "CFuzzer", "Packets", "Captures", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets",
    "Roles", "Report", "icwscan", argumentParser,
  ],
  path: "Tests/Fuzz", exclude: ["Fuzz.swift"], swiftSettings: house)

/// Modules that other packages may use.
let libraries = [
  "Packets", "Captures", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets",
]

/// What makes the documentation, fetched for `make docs` alone.
let documentation: [Package.Dependency] =
  Context.environment["ICWSCAN_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")]

let package = Package(
  name: "icwscan",
  products: fuzzes
    ? []
    : [.executable(name: "icwscan", targets: ["icwscan"])]
      + libraries.map { .library(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ] + documentation,
  targets: [
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CLoader"),
    // Their headers come with libpcap-dev, libarchive-dev, zlib1g-dev, libexpat1-dev, libseccomp-dev and libsqlite3-dev;
    // each library itself is loaded when it is needed.
    .target(name: "CPcap", dependencies: ["CLoader"]),
    .target(name: "CArchive", dependencies: ["CLoader"]),
    .target(name: "CZlib", dependencies: ["CLoader"]),
    .target(name: "CExpat", dependencies: ["CLoader"]),
    .target(name: "CSeccomp", dependencies: ["CLoader"]),
    .target(name: "CSQLite"),

    module("Digests", ["CNettle"]),
    module("Packets"),
    module("Captures", ["CPcap", "CArchive", "CZlib"]),
    module("Flows", ["Packets"]),
    module("Identify", ["Packets", "Flows", "Digests", "CNettle"]),
    module("CallWaiting", ["Packets", "Flows", "Identify", "CExpat"]),
    module("Verdicts", ["Packets", "Flows", "Identify", "CallWaiting"]),
    module("Sockets", ["CLinux", "CSQLite", "Digests"]),
    module("Confine", ["CLinux", "CSeccomp"]),
    module("Roles", ["CLinux", "Packets", "Sockets", "Confine"]),
    module(
      "Report", ["Packets", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets", "Digests"]),
    program(
      "icwscan",
      [
        "Packets", "Captures", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets", "Confine",
        "Roles", "Report", "CLinux", argumentParser,
      ]),

    .target(name: "CFuzzer", path: "Tests/CFuzzer"),
    trial,
    tests(of: "Digests", ["Digests"]),
    tests(of: "Packets", ["Packets", "Captures"]),
    tests(of: "Captures", ["Captures", "CPcap", "CArchive"], libraries: ["pcap", "archive"]),
    tests(of: "Flows", ["Flows", "Packets"]),
    tests(of: "Identify", ["Identify", "Flows", "Packets", "Captures"]),
    tests(of: "CallWaiting", ["CallWaiting", "Flows", "Packets"]),
    tests(of: "Verdicts", ["Verdicts", "CallWaiting", "Identify", "Flows", "Packets"]),
    tests(of: "Sockets", ["Sockets", "CLinux"]),
    .executableTarget(
      name: "ConfineProbe", dependencies: ["Confine", "CLinux", "CSeccomp"],
      path: "Tests/ConfineProbe", swiftSettings: house),
    .executableTarget(
      name: "BriefClient", path: "Tests/BriefClient",
      linkerSettings: [.linkedLibrary("pthread")]),
    .executableTarget(
      name: "FloodGenerator", path: "Tests/FloodGenerator"),
    .executableTarget(
      name: "BenchmarkInputs", path: "Tests/BenchmarkInputs", swiftSettings: house),
    tests(of: "Confine", ["Confine", "ConfineProbe"]),
    tests(of: "Roles", ["Roles", "Sockets", "Confine"]),
    tests(
      of: "icwscan",
      ["icwscan", "Identify", "BriefClient", "BenchmarkInputs", "FloodGenerator"]),
    tests(
      of: "Report",
      ["Report", "Verdicts", "CallWaiting", "Identify", "Flows", "Packets", "Sockets"]),
  ].filter { testedAlone == nil || !$0.isTest || $0.name == "\(testedAlone ?? "")Tests" }
    .filter { !fuzzes || !$0.isTest } + (fuzzes ? fuzzers : []),
  swiftLanguageModes: [.v6]
)
