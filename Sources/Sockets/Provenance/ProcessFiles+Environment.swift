/// A process's environment at its start; it may have changed its own copy since.
struct ProcessEnvironment: Hashable {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The value of a variable; nil when it is unset or empty.
  func value(of name: String) -> [UInt8]? {
    let head = Array("\(name)=".utf8)
    for variable in bytes.split(separator: 0) where variable.starts(with: head) {
      let value = variable.dropFirst(head.count)
      return value.isEmpty ? nil : Array(value)
    }
    return nil
  }
}

extension ProcessFiles {
  /// The environment (/proc/PID/environ); empty when it can't be read.
  func environment(limit: Int) -> ProcessEnvironment {
    ProcessEnvironment((try? directory.contents(of: "environ", limit: limit)) ?? [])
  }
}
