import Glibc
import Testing

@testable import Roles

/// What the helper opens, and what it does not.
@Suite struct OutputFilesTests {
  private let folder: String

  init() throws {
    var template = Array("\(P_tmpdir)/icwscan-files-XXXXXX".utf8CString)
    try #require(unsafe mkdtemp(&template) != nil)
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func files(_ name: String, _ rotation: Rotation) throws -> OutputFiles {
    try OutputFiles(path: Array("\(folder)/\(name)".utf8), rotation: rotation, owner: nil)
  }

  /// Writes so many bytes to what was opened, and closes it.
  @discardableResult private func fill(_ opened: OutputFiles.Opened, _ count: Int) -> Bool {
    guard case .descriptor(let descriptor) = opened else { return false }
    defer { close(descriptor) }
    let bytes = [UInt8](repeating: 1, count: count)
    return unsafe write(descriptor, bytes, count) == count
  }

  private func size(_ name: String) -> Int? {
    var status = stat()
    return unsafe lstat("\(folder)/\(name)", &status) == 0 ? Int(status.st_size) : nil
  }

  @Test func `A file is only followed by another when it is full`() throws {
    let files = try files("a", Rotation(size: 100))
    #expect(fill(files.first(), 50))
    #expect(files.next() == .refused(EINVAL))
    #expect(size("a1") == nil)
    let again = try self.files("b", Rotation(size: 100))
    #expect(fill(again.first(), 101) && fill(again.next(), 101) && fill(again.next(), 3))
    #expect(size("b") == 101 && size("b1") == 101 && size("b2") == 3)
  }

  @Test func `A ring begins again with its first file, anew`() throws {
    let files = try files("r", Rotation(size: 10, count: 3))
    #expect(fill(files.first(), 11))
    for _ in 0..<3 { #expect(fill(files.next(), 11)) }
    #expect(fill(files.next(), 4))
    #expect(size("r0") == 11 && size("r1") == 4 && size("r2") == 11 && size("r3") == nil)
  }

  @Test func `Files of a time end after so many`() throws {
    let files = try files("t%s", Rotation(seconds: 1, count: 2))
    #expect(fill(files.first(), 1))
    let begun = time(nil)
    while time(nil) <= begun + 1 { usleep(20_000) }
    #expect(fill(files.next(), 1))
    let second = time(nil)
    while time(nil) <= second + 1 { usleep(20_000) }
    #expect(files.next() == .last)
  }

  @Test func `A link in a file's place is refused, and what it leads to stays`() throws {
    let target = "\(folder)/target"
    let made = unsafe open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(made >= 0)
    #expect(unsafe write(made, "kept", 4) == 4)
    close(made)
    #expect(unsafe symlink("target", "\(folder)/l1") == 0)
    #expect(unsafe mkdir("\(folder)/d1", 0o700) == 0)
    for name in ["l", "d"] {
      let files = try files(name, Rotation(size: 1))
      #expect(fill(files.first(), 2))
      #expect(files.next() == .refused(EEXIST), "\(name)")
    }
    #expect(size("target") == 4)
  }

  @Test func `A file that stands in the way is replaced, its other names are not touched`() throws {
    let other = unsafe open("\(folder)/f1", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(other >= 0)
    #expect(unsafe write(other, "kept", 4) == 4 && link("\(folder)/f1", "\(folder)/hard") == 0)
    close(other)
    let files = try files("f", Rotation(size: 1))
    #expect(fill(files.first(), 2) && fill(files.next(), 2))
    #expect(size("f1") == 2 && size("hard") == 4)
  }

  @Test func `The same file is opened anew only when it was moved away`() throws {
    let files = try files("h", Rotation())
    #expect(fill(files.first(), 5))
    #expect(files.again() == .stands)
    #expect(unsafe rename("\(folder)/h", "\(folder)/old") == 0)
    #expect(fill(files.again(), 2))
    #expect(size("old") == 5 && size("h") == 2)
  }

  @Test(arguments: ["link", "pipe", "second name", "folder"])
  func `What somebody has put in the place of a file that was moved away is refused, and stays`(
    _ kind: String
  ) throws {
    let victim = "\(folder)/victim"
    let made = unsafe open(victim, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(made >= 0)
    #expect(unsafe write(made, "kept", 4) == 4)
    close(made)
    let files = try files("p", Rotation())
    #expect(fill(files.first(), 5))
    #expect(unsafe rename("\(folder)/p", "\(folder)/old") == 0)
    let path = "\(folder)/p"
    let isMade: Int32
    switch kind {
    case "link": isMade = unsafe symlink("victim", path)
    case "pipe": isMade = unsafe mkfifo(path, 0o600)
    case "folder": isMade = unsafe mkdir(path, 0o700)
    default: isMade = unsafe link(victim, path)
    }
    #expect(isMade == 0)
    guard case .refused = files.again() else {
      Issue.record("\(kind) was opened")
      return
    }
    #expect(size("victim") == 4 && size("old") == 5)
  }

  @Test func `A file that was made anew in its place is written, and keeps who it belongs to`()
    throws
  {
    let files = try files("n", Rotation())
    #expect(fill(files.first(), 5))
    #expect(unsafe rename("\(folder)/n", "\(folder)/old") == 0)
    let made = unsafe open("\(folder)/n", O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
    #expect(unsafe made >= 0 && write(made, "12345678", 8) == 8)
    close(made)
    #expect(fill(files.again(), 2))
    var status = stat()
    #expect(unsafe stat("\(folder)/n", &status) == 0)
    #expect(status.st_size == 2 && status.st_mode & 0o777 == 0o640)
  }

  @Test func `A link that was there at the start is followed, also anew`() throws {
    #expect(unsafe symlink("s-target", "\(folder)/s") == 0)
    let files = try files("s", Rotation())
    #expect(fill(files.first(), 5))
    #expect(unsafe rename("\(folder)/s-target", "\(folder)/s-old") == 0)
    #expect(fill(files.again(), 2))
    #expect(size("s-target") == 2 && size("s-old") == 5)
  }

  @Test func `A folder that is moved stays the one that was opened`() throws {
    let files = try files("m", Rotation(size: 1))
    #expect(fill(files.first(), 2))
    #expect(unsafe rename(folder, "\(folder)-moved") == 0)
    #expect(unsafe symlink("/", folder) == 0)
    #expect(fill(files.next(), 2))
    var status = stat()
    #expect(unsafe lstat("\(folder)-moved/m1", &status) == 0)
    _ = unsafe unlink(folder)
  }

  @Test func `A folder that is gone is told`() throws {
    let files = try files("g", Rotation(size: 1))
    #expect(fill(files.first(), 2))
    _ = unsafe unlink("\(folder)/g")
    #expect(unsafe rmdir(folder) == 0)
    #expect(files.next() == .refused(ENOENT))
    #expect(throws: RoleFailure(number: ENOENT)) {
      try OutputFiles(path: Array("\(folder)/x".utf8), rotation: Rotation(), owner: nil)
    }
  }
}
