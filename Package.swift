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

/// The tests of a module, in a folder of its name.
func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: house)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// The one module whose tests are built, when `ICWSCAN_TESTS` names one: `make test-all` optimises those of `Identify`.
let testedAlone = Context.environment["ICWSCAN_TESTS"]

let package = Package(
  name: "icwscan",
  products: [.executable(name: "icwscan", targets: ["icwscan"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLinux"),
    // Its header comes with libsqlite3-dev; the library itself is loaded when it is needed.
    .target(name: "CSQLite"),

    module("Packets"),
    module("Captures", ["CPcap", "CArchive", "CZlib"]),
    module("Flows", ["Packets"]),
    module("Identify", ["Packets", "Flows", crypto, cryptoExtras]),
    module("CallWaiting", ["Packets", "Flows", "Identify", "CExpat"]),
    module("Verdicts", ["Packets", "Flows", "Identify", "CallWaiting"]),
    module("Sockets", ["CLinux", "CSQLite", crypto]),
    module("Confine", ["CLinux", "CSeccomp"]),
    module(
      "Report", ["Packets", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets", crypto]),
    .executableTarget(
      name: "icwscan",
      dependencies: [
        "Packets", "Captures", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets", "Confine",
        "Report", "CLinux", argumentParser,
      ],
      swiftSettings: house),

    tests(of: "Packets", ["Packets", "Captures"]),
    tests(of: "Captures", ["Captures", "CPcap", "CArchive"]),
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
    tests(of: "icwscan", ["icwscan", "Identify", "BriefClient", "FloodGenerator"]),
    tests(
      of: "Report",
      ["Report", "Verdicts", "CallWaiting", "Identify", "Flows", "Packets", "Sockets"]),
  ].filter { testedAlone == nil || !$0.isTest || $0.name == "\(testedAlone ?? "")Tests" },
  swiftLanguageModes: [.v6]
)
