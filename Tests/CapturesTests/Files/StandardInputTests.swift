import Captures
import Glibc
import Testing

/// `-`: the only tests that exchange the standard input of the process, one after the other.
@Suite(.serialized, .timeLimit(.minutes(20))) struct StandardInputTests {
  /// What is read from `-` while standard input is `descriptor`.
  static func reading(from descriptor: Int32) -> Reading {
    let own = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    _ = dup2(descriptor, STDIN_FILENO)
    _ = close(descriptor)
    defer {
      _ = dup2(own, STDIN_FILENO)
      _ = close(own)
    }
    return Reading { () throws(CaptureError) in try CaptureFile(path: "-") }
  }

  @Test(arguments: [false, true])
  func `a pipe on standard input gives the frames of the file`(isPcapng: Bool) {
    let bytes = isPcapng ? PcapngFileTests.file(bigEndian: false).all : PcapFileTests.file().all
    let (read, write) = InputTests.ends()
    InputTests.send(bytes, to: write)
    _ = close(write)
    let reading = Self.reading(from: read)
    #expect(!reading.frames.isEmpty)
    #expect(reading.error == nil && reading.frames == Reading(bytes).frames)
  }

  @Test func `a file on standard input is read from where it stands`() {
    let scratch = Scratch()
    let bytes = PcapFileTests.file().all
    scratch.fill([1, 2, 3] + bytes)
    let file = scratch.again()
    _ = lseek(file, 3, SEEK_SET)
    #expect(Self.reading(from: file).frames == Reading(bytes).frames)
  }

  @Test func `errors of standard input name it as it was typed`() {
    let (read, write) = InputTests.ends()
    _ = close(write)
    let error = Self.reading(from: read).error
    #expect(error?.failure == .empty && error?.source == "-")
  }
}
