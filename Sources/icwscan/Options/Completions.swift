import ArgumentParser
import CallWaiting
import Captures
import Identify
import Sockets
import Verdicts

/// What the shells' completion offers for values.
enum Completions {
  /// Interfaces of this host, and `any`.
  static let interfaces = CompletionKind.custom { _, _, _ in
    let devices = (try? DeviceDescription.list()) ?? []
    return (["any"] + devices.map(\.name)).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// Network namespaces that have names.
  static let namespaces = CompletionKind.custom { _, _, _ in NamedNamespace.names }

  /// Verdict classes in a comma-separated list.
  static let classes = list { VerdictClass.allCases.map(\.rawValue) }

  /// Names that an application can have, in a comma-separated list.
  static let applications = list {
    Set(
      Recogniser.all.map(\.name) + KnownUsers.rules.map(\.name)
        + Call.Carrier.allCases.map(\.rawValue)
    ).sorted()
  }

  /// The last word of a comma-separated list; those in front of it are kept, and not offered twice.
  private static func list(_ words: @escaping @Sendable () -> [String]) -> CompletionKind {
    .custom { _, _, typed in
      let before = typed.split(separator: ",", omittingEmptySubsequences: false).dropLast()
      let head = before.map { $0 + "," }.joined()
      return words().filter { !before.contains($0[...]) }.map { head + $0 }
    }
  }
}
