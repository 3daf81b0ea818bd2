import ArgumentParser
import Captures
import Report
import Sockets

/// `--netns`: everything happens in another network namespace.
extension Live {
  /// Moves this process there, before there are others.
  func enterNamespace() throws {
    guard let namespace else { return }
    let name = Escaped.path(namespace)
    do throws(NamedNamespace.Refusal) {
      try NamedNamespace.enter(namespace)
    } catch {
      switch error {
      case .notFound:
        throw ValidationError(
          "--netns: there is no network namespace \(name); ip netns list shows the names")
      case .noNamespace: throw ValidationError("--netns: \(name) is no network namespace")
      case .notPermitted:
        Diagnostics.say(
          "--netns \(name): not permitted; entering a network namespace takes root or CAP_SYS_ADMIN (sudo)"
        )
        throw ExitStatus.notPermitted
      case .system(let number):
        throw ValidationError(
          "--netns: \(name): "
            + Words.line(ErrorRecord(CaptureError(source: namespace, code: number))))
      }
    }
  }
}
