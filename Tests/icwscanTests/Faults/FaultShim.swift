import Glibc
import Testing

/// The library that lets system calls fail (Tests/Faults/shim.c), compiled when the first test wants it.
enum FaultShim {
  /// Whether there is a C compiler.
  static let isPossible = path != nil

  private static let path: String? = {
    let library = Place.binary + "-faults.so"
    let built = try? Command.run([
      "cc", "-shared", "-fPIC", "-o", library, "\(Place.root)/Tests/Faults/shim.c",
    ])
    return built?.status == 0 ? library : nil
  }()

  /// The variables that make a program meet a fault.
  static func variables(_ fault: String) -> [String: String] {
    ["LD_PRELOAD": path ?? "", "FAULT": fault]
  }

  /// `icwscan` in the package's folder, meeting a fault.
  static func icwscan(_ fault: String, _ words: String...) throws -> Program.Outcome {
    try Command.run([Place.binary] + words, environment: variables(fault))
  }
}

extension Trait where Self == ConditionTrait {
  /// Only where a C compiler can build the library of faults.
  static var faults: Self { .enabled(if: FaultShim.isPossible, "a C compiler (cc) is needed") }
  /// Not in a build with a sanitizer (Tests/sanitized), for this reason.
  static func unsanitized(_ reason: Comment) -> Self {
    .disabled(if: unsafe getenv("ICWSCAN_SANITIZER") != nil, reason)
  }
  /// Only as root in a mount namespace of its own.
  static var mounts: Self {
    .enabled(
      if: Namespace.canMount && getuid() == 0, "root and a mount namespace (unshare -m) are needed")
  }
}
