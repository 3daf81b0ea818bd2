import CLinux
import Glibc

/// The network namespace that a user means: by its name of ip-netns(8), the path of its file, or the number of a process
/// in it.
public enum NamedNamespace {
  /// Why it can't be entered.
  public enum Refusal: Error, Hashable, Sendable {
    /// There is no such name, file or process.
    case notFound
    /// The file is no network namespace's.
    case noNamespace
    /// It takes a right that is lacking: CAP_SYS_ADMIN, and for a process the right to look into it.
    case notPermitted
    /// Anything else, by errno.
    case system(Int32)
  }

  /// Moves this process, in which one thread alone may run, into the namespace for good. The corresponding C function is
  /// `setns`.
  public static func enter(_ word: String) throws(Refusal) {
    do throws(SystemError) {
      // A pipe would hold the program up.
      let file = try Descriptor(path(word), flags: O_RDONLY | O_NONBLOCK)
      guard linux_enter_network_namespace(file.number) == 0 else {
        throw SystemError(number: errno)
      }
    } catch {
      switch error.number {
      case ENOENT, ESRCH, ENOTDIR, ELOOP, ENAMETOOLONG: throw .notFound
      case EINVAL: throw .noNamespace
      case EPERM, EACCES: throw .notPermitted
      default: throw .system(error.number)
      }
    }
  }

  /// Names of ip-netns(8).
  public static var names: [String] {
    let found = NamespaceSearch.namesPaths.flatMap { path in
      (try? Descriptor(path, flags: O_RDONLY | O_DIRECTORY).names(limit: mostNames)) ?? []
    }
    return Set(found.map { String(decoding: $0, as: UTF8.self) }).sorted()
  }

  /// A folder of /sys/class/net that shows the devices of the namespace that this process is in: /sys shows those of
  /// whoever mounted it. Nil where the kernel gives none; the receiver's to close.
  public static var deviceFiles: Int32? {
    let mount = unsafe linux_mount("sysfs")
    guard mount >= 0 else { return nil }
    let root = Descriptor(owning: mount)
    return try? Descriptor("class/net", in: root.number, flags: O_RDONLY | O_DIRECTORY).release()
  }

  private static let mostNames = 1_024

  /// Digits are a process: a name of digits can be given as its path.
  private static func path(_ word: String) -> String {
    if word.contains("/") { return word }
    if !word.isEmpty, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "/proc/\(word)/ns/net"
    }
    let paths = NamespaceSearch.namesPaths.map { $0 + word }
    return paths.first { unsafe access($0, F_OK) == 0 } ?? paths[0]
  }
}
