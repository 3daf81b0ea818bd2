/// systemd as the system's or a user's manager.
public enum ServiceManager {
  /// Whether a process is one: process 1, or a program of that name which was started with `--user`.
  public static func isOne(_ process: ProcessIdentity) -> Bool {
    guard
      process.executable?.split(separator: UInt8(ascii: "/")).last.map({
        $0.elementsEqual("systemd".utf8) || $0.elementsEqual("init".utf8)
      }) == true
    else { return false }
    return process.pid == 1 || process.arguments.contains(Array("--user".utf8))
  }
}
