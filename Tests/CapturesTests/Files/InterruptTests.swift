import Captures
import Glibc
import Testing

@Suite(.timeLimit(.minutes(20))) struct InterruptTests {
  @Test func `a wait for a pipe ends when the other descriptor becomes readable`() throws {
    let (read, write) = InputTests.ends()
    let (interrupt, trigger) = InputTests.ends()
    InputTests.send(PcapFileTests.file().all + [1, 2, 3], to: write)
    let signal = Aside {
      _ = usleep(30_000)
      InputTests.send([1], to: trigger)
    }
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(descriptor: read, name: "pipe", interrupt: interrupt)
    }
    signal.wait()
    #expect(reading.frames.count == 2 && reading.error?.failure == .interrupted)
    #expect(fcntl(interrupt, F_GETFD) >= 0)
    for descriptor in [write, interrupt, trigger] { _ = close(descriptor) }
  }

  @Test func `a pipe with a name and without a writer can be interrupted`() throws {
    let scratch = Scratch()
    let path = scratch.path + ".fifo"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    defer { _ = unsafe unlink(path) }
    let (interrupt, trigger) = InputTests.ends()
    let signal = Aside {
      _ = usleep(30_000)
      _ = close(trigger)
    }
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(path: path, interrupt: interrupt)
    }
    signal.wait()
    #expect(reading.error?.failure == .interrupted)
    _ = close(interrupt)
  }

  @Test(arguments: [false, true])
  func `a pipe with a name gives its frames when a writer comes`(hasInterrupt: Bool) throws {
    let scratch = Scratch()
    let path = scratch.path + ".fifo"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    defer { _ = unsafe unlink(path) }
    let (interrupt, trigger) = InputTests.ends()
    let writer = Aside {
      _ = usleep(30_000)
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      InputTests.send(PcapFileTests.file().all, to: descriptor)
      _ = close(descriptor)
    }
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(path: path, interrupt: hasInterrupt ? interrupt : nil)
    }
    writer.wait()
    #expect(reading.error == nil && reading.frames.count == 2)
    for descriptor in [interrupt, trigger] { _ = close(descriptor) }
  }

  @Test func `a regular file is read to its end whatever the interrupt says`() {
    let (interrupt, trigger) = InputTests.ends()
    _ = close(trigger)
    let scratch = Scratch()
    scratch.fill(PcapFileTests.file().all)
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(path: scratch.path, interrupt: interrupt)
    }
    #expect(reading.error == nil && reading.frames.count == 2)
    _ = close(interrupt)
  }

  @Test func `an interrupt that is not open interrupts nothing`() {
    let (read, write) = InputTests.ends()
    InputTests.send(PcapFileTests.file().all, to: write)
    _ = close(write)
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(descriptor: read, name: "pipe", interrupt: 987_654)
    }
    #expect(reading.error == nil && reading.frames.count == 2)
  }
}
