/// systemd as the system's or a user's manager.
public enum ServiceManager {
  /// Whether a process is one: process 1, also of a container, or a program of that name which was started with `--user`.
  public static func isOne(_ holder: Holder) -> Bool {
    let process = holder.process
    guard
      process.executable?.split(separator: UInt8(ascii: "/")).last.map({
        $0.elementsEqual("systemd".utf8) || $0.elementsEqual("init".utf8)
      }) == true
    else { return false }
    return isOfSystem(holder) || process.arguments.contains(Array("--user".utf8))
  }

  /// Whether a manager is the system's, or that of a container.
  static func isOfSystem(_ holder: Holder) -> Bool {
    holder.process.pid == 1 || holder.provenance?.namespacePID == 1
  }
}
