import CLinux
import Glibc

/// What a taken-over process would try, one after the other.
final class Attempts {
  private let directory: String
  private let secret: String
  private let other: Int32
  private var output: Int32 = -1
  private var tcp: Int32 = -1
  /// A file that is open and that a parser shall only read.
  private(set) var closed: Int32 = -1

  init(directory: String, secret: String, other: Int32) {
    self.directory = directory
    self.secret = secret
    self.other = other
  }

  /// Opens what a real run opens before it confines itself.
  func before() {
    unsafe _ = mkdir("\(directory)/empty", 0o700)
    output = unsafe open("\(directory)/before", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    closed = fcntl(output, F_DUPFD_CLOEXEC, 3)
    tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  }

  /// Tries everything.
  func after() {
    files()
    processes()
    sockets()
    say("write to an open file", Int(unsafe write(output, "x", 1)))
    say("write to a closed file", Int(unsafe write(closed, "x", 1)))
    say("copy a closed file", Int(fcntl(closed, F_DUPFD_CLOEXEC, 3)))
    say("truncate an open file", Int(ftruncate(output, 0)))
    say("start a thread", startThread())
    say("set the user", Int(setuid(12_345)))
  }

  private func files() {
    say("read a file", opened("/etc/passwd", O_RDONLY))
    say("read a directory", opened("/etc", O_RDONLY | O_DIRECTORY))
    say("read a secret file", opened(secret, O_RDONLY))
    say("create a file", opened("\(directory)/made", O_WRONLY | O_CREAT))
    say("reopen a file", opened("\(directory)/before", O_WRONLY | O_TRUNC))
    say("truncate while reading", opened("\(directory)/before", O_RDONLY | O_TRUNC))
    say("write a file elsewhere", opened("\(directory)/../elsewhere", O_WRONLY | O_CREAT))
    say("remove a file", Int(unsafe unlink("\(directory)/victim")))
    say(
      "remove an empty directory",
      Int(unsafe unlinkat(AT_FDCWD, "\(directory)/empty", AT_REMOVEDIR)))
    say("remove a file by the other call", Int(unsafe unlinkat(AT_FDCWD, "\(directory)/victim", 0)))
    say("rename a file", Int(unsafe rename("\(directory)/victim", "\(directory)/renamed")))
    say("make a directory", Int(unsafe mkdir("\(directory)/folder", 0o700)))
    say("link a file", Int(unsafe symlink("victim", "\(directory)/link")))
    say("change rights", Int(unsafe chmod("\(directory)/victim", 0o777)))
    say("truncate by path", Int(unsafe truncate("\(directory)/victim", 0)))
  }

  private func processes() {
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    // Only a failure comes back from this one.
    say("execute a program", unsafe startProgram(&arguments))
    say("signal another process", Int(kill(other, 0)))
    say("signal itself", Int(kill(getpid(), 0)))
    var link = [CChar](repeating: 0, count: 256)
    say("look at another process", unsafe readlink("/proc/\(other)/fd/0", &link, 255))
    say("enter a network namespace", enter("/proc/self/ns/net"))
    say("change the root", Int(unsafe chroot("/")))
  }

  private func startProgram(_ arguments: inout [UnsafeMutablePointer<CChar>?]) -> Int {
    var process: pid_t = 0
    let result = unsafe posix_spawn(&process, "/bin/true", nil, nil, &arguments, nil)
    if result != 0 {
      errno = result
      return -1
    }
    return Int(waitpid(process, nil, 0))
  }

  private func sockets() {
    for (name, family, kind) in [
      ("packet", AF_PACKET, SOCK_RAW), ("netlink", AF_NETLINK, SOCK_RAW),
      ("unix", AF_UNIX, SOCK_STREAM),
      ("internet", AF_INET, SOCK_DGRAM), ("vsock", Int32(40), SOCK_STREAM),
    ] {
      let descriptor = socket(family, Int32(kind.rawValue), 0)
      say("make a \(name) socket", Int(descriptor))
      if descriptor >= 0 { close(descriptor) }
    }
    say("connect to port 1", connected(to: 1))
    say("connect to port 53", connected(to: 53))
  }

  /// Connects the socket that was made before; a refusal by the peer is no refusal by the kernel.
  private func connected(to port: UInt16) -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(tcp, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 || errno == ECONNREFUSED ? 0 : -1
  }

  private func enter(_ path: String) -> Int {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return -1 }
    defer { close(descriptor) }
    return Int(linux_enter_network_namespace(descriptor))
  }

  private func startThread() -> Int {
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, { _ in nil }, nil)
    if result != 0 {
      errno = result
      return -1
    }
    return Int(pthread_join(thread, nil))
  }

  private func opened(_ path: String, _ flags: Int32) -> Int {
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    return Int(descriptor)
  }

  private func say(_ action: String, _ result: Int) {
    let failure = errno
    print(result >= 0 ? "allowed \(action)" : "denied \(action): \(failure)")
  }
}
