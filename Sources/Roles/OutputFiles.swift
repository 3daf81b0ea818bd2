public import Confine
import Glibc

/// The files of `-w`, as the helper opens them: in one folder, whose descriptor was opened at the start, by names that
/// it makes itself.
///
/// A file of a rotation is always a new one. A regular file that has its name is removed before, as tcpdump overwrites
/// it; anything else (a link, a folder, a device) is refused.
public final class OutputFiles {
  /// What became of the wish for a file.
  public enum Opened: Hashable {
    /// Its descriptor, open for writing: the caller's to close.
    case descriptor(Int32)
    /// The present one was not moved away, and stays.
    case stands
    /// `-W` files were written.
    case last
    /// The errno of why not.
    case refused(Int32)
  }

  private let folder: OutputFolder
  private let rotation: Rotation
  private let owner: Account?
  /// A copy of the present file's descriptor, to see how large it is and whether its name still leads there.
  private var present: Int32 = -1
  /// The present file's name in the folder.
  public private(set) var presentName: [UInt8] = []
  private var number = 0
  private var began: time_t = 0
  private var windows = 0

  /// The files of a path.
  ///
  /// - Parameters:
  ///   - path: as typed; its last part is the name, or the pattern of names.
  ///   - owner: to whom files are given; nil to leave them to whoever runs this.
  /// - Throws: the errno of a folder that can't be opened.
  public init(
    path: [UInt8], rotation: Rotation, owner: Account?
  ) throws(RoleFailure) {
    folder = try OutputFolder(path: path)
    self.rotation = rotation
    self.owner = owner
  }

  deinit { leave() }

  /// Closes everything: no file is opened through it any more.
  func leave() {
    folder.leave()
    if present >= 0 { close(present) }
    present = -1
  }

  /// The first file.
  public func first() -> Opened {
    began = RoleClock.seconds
    if rotation.isNone { return plain() }
    return rotated()
  }

  /// The next file of the rotation. The helper sees for itself that it is due: nobody else can have files made.
  func next() -> Opened {
    let now = RoleClock.seconds
    if let seconds = rotation.seconds, now - began >= seconds {
      began = now
      windows += 1
      number = 0
      // Beside a size, the count numbers the files of a size alone, as in tcpdump.
      if rotation.size == nil, let count = rotation.count, windows >= count { return .last }
      return rotated()
    }
    guard let size = rotation.size, presentSize > size else { return .refused(EINVAL) }
    number += 1
    if let count = rotation.count, number >= count { number = 0 }
    return rotated()
  }

  /// The present file anew, for a user who has moved it away.
  func again() -> Opened {
    guard present >= 0 else { return .refused(EINVAL) }
    if folder.leads(presentName, to: present) { return .stands }
    return rotation.isNone ? plain(isAgain: true) : created(presentName)
  }

  private var presentSize: UInt64 {
    var status = stat()
    guard present >= 0, unsafe fstat(present, &status) == 0 else { return 0 }
    return UInt64(max(0, status.st_size))
  }

  /// A file that is alone may be anything that its name leads to at the start, as for tcpdump: a pipe, a device, a link.
  private func plain(isAgain: Bool = false) -> Opened {
    presentName = folder.name
    guard !presentName.isEmpty else { return .refused(ENOENT) }
    let name = OutputFolder.terminated(presentName)
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY
    let made = unsafe openat(folder.descriptor, name, flags | O_EXCL, 0o644)
    if made >= 0 || errno != EEXIST { return taken(made) }
    // What is not new keeps its owner.
    if isAgain { return taken(folder.openAgain(flags | O_TRUNC, mode: 0o644), isNew: false) }
    return taken(unsafe openat(folder.descriptor, name, flags | O_TRUNC, 0o644), isNew: false)
  }

  private func rotated() -> Opened {
    guard let made = rotation.name(of: folder.name, at: began, number: number) else {
      return .refused(EINVAL)
    }
    presentName = made
    return created(made)
  }

  private func created(_ name: [UInt8]) -> Opened {
    let folder = folder.descriptor
    let name = OutputFolder.terminated(name)
    var status = stat()
    if unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { return .refused(EEXIST) }
      guard unsafe unlinkat(folder, name, 0) == 0 || errno == ENOENT else {
        return .refused(errno)
      }
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY
    return taken(unsafe openat(folder, name, flags, 0o644))
  }

  /// Gives a new file to its owner and remembers it.
  private func taken(_ descriptor: Int32, isNew: Bool = true) -> Opened {
    guard descriptor >= 0 else { return .refused(errno) }
    // Where this fails (a file system without owners), the file is what it is.
    if isNew, let owner { _ = owner.own(descriptor) }
    if present >= 0 { close(present) }
    present = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    return .descriptor(descriptor)
  }
}
