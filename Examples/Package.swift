// swift-tools-version: 6.2
import PackageDescription

/// What another package writes to use icwscan's modules; there the dependency has a URL.
let package = Package(
  name: "Examples",
  dependencies: [.package(name: "icwscan", path: "..")],
  targets: [
    .executableTarget(
      name: "WhatIsIt",
      dependencies: [
        "Captures", "Packets", "Flows", "Identify", "CallWaiting", "Verdicts", "Sockets",
      ]
      .map { .product(name: $0, package: "icwscan") })
  ],
  swiftLanguageModes: [.v6]
)
