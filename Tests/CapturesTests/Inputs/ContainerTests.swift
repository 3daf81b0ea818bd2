import CArchive
import Captures
import Glibc
import Testing

@Suite struct ContainerTests {
  static let formats = [
    ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FORMAT_TAR_GNUTAR,
    ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_7ZIP,
  ]
  static let members: [(String, [UInt8])] = [
    ("first.pcap", PcapFileTests.file().all),
    ("notes/readme.txt", Array("No capture.".utf8)),
    (
      "packed/second.pcapng.gz",
      Packing.compressed(PcapngFileTests.file(bigEndian: true).all, .gzip)
    ),
    ("empty", []),
    ("\u{1b}[31m../../third", Packing.compressed(PcapFileTests.file().all, .xz)),
  ]

  private func expectAll(_ reading: ContainerReading) {
    #expect(reading.errors.isEmpty, "\(reading.errors)")
    #expect(
      reading.captures.map(\.member) == [
        "first.pcap", "packed/second.pcapng.gz", "\u{1b}[31m../../third",
      ])
    #expect(reading.passedOver == 2)
    let first = Reading(PcapFileTests.file().all).frames
    let second = Reading(PcapngFileTests.file(bigEndian: true).all).frames
    #expect(reading.captures.map(\.frames) == [first, second, first])
  }

  @Test(arguments: formats)
  func `an archive gives its captures, compressed or not, with their names`(format: Int32) {
    expectAll(ContainerReading(Packing.archive(format, Self.members)))
  }

  @Test(arguments: [
    ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_BZIP2,
  ])
  func `so does a compressed archive`(filter: Int32) {
    expectAll(
      ContainerReading(Packing.archive(ARCHIVE_FORMAT_TAR_USTAR, Self.members, filter: filter)))
  }

  @Test func `tar and zip come through a pipe too, 7z says that it can't`() {
    for format in Self.formats {
      let bytes = Packing.archive(format, Self.members)
      let scratch = Scratch()
      let path = scratch.path + ".fifo"
      #expect(unsafe mkfifo(path, 0o600) == 0)
      defer { _ = unsafe unlink(path) }
      let writer = Aside {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
        _ = signal(SIGPIPE, SIG_IGN)
        _ = unsafe write(descriptor, bytes, bytes.count)
        _ = close(descriptor)
      }
      let reading = ContainerReading(path: path)
      writer.wait()
      if format == ARCHIVE_FORMAT_7ZIP {
        #expect(reading.captures.isEmpty && reading.errors.count == 1)
      } else {
        expectAll(reading)
      }
    }
  }

  @Test(arguments: formats)
  func `an archive in an archive is told, and the other members are read`(format: Int32) {
    let inner = Packing.archive(ARCHIVE_FORMAT_ZIP, Self.members)
    let packed = Packing.compressed(Packing.archive(ARCHIVE_FORMAT_TAR_USTAR, Self.members), .gzip)
    let outer = Packing.archive(
      format,
      [("a.zip", inner), ("b.tgz", packed), ("c.pcap", PcapFileTests.file().all)])
    let reading = ContainerReading(outer)
    #expect(reading.errors.map(\.failure) == [.archiveInArchive, .archiveInArchive])
    #expect(reading.errors.map(\.member) == [Array("a.zip".utf8), Array("b.tgz".utf8)])
    #expect(reading.captures.map(\.member) == ["c.pcap"])
  }

  @Test(arguments: formats)
  func `a damaged member is told by name, and the others are read`(format: Int32) {
    let cut = Array(PcapFileTests.file().all.dropLast())
    let reading = ContainerReading(
      Packing.archive(format, [("cut.pcap", cut), ("good.pcap", PcapFileTests.file().all)]))
    #expect(reading.errors.map(\.failure) == [.truncated])
    #expect(reading.errors.first?.member == Array("cut.pcap".utf8))
    #expect(reading.captures.map(\.frames.count) == [1, 2])
  }

  @Test(arguments: formats)
  func `every cut of an archive ends, with captures of the archive`(format: Int32) {
    let whole = Packing.archive(format, Self.members)
    let good = ContainerReading(whole).captures
    for length in 1..<whole.count {
      let reading = ContainerReading(Array(whole[..<length]))
      #expect(reading.captures.count <= good.count)
      for (one, other) in zip(reading.captures, good) {
        let isPrefix = one.frames.elementsEqual(other.frames.prefix(one.frames.count))
        #expect(one.member == other.member && isPrefix, "\(length) of \(whole.count)")
      }
      #expect(!reading.captures.isEmpty || !reading.errors.isEmpty, "\(length) of \(whole.count)")
    }
  }

  @Test(arguments: formats)
  func `no change of an archive's bytes traps or hangs`(format: Int32) {
    let whole = Packing.archive(format, Self.members)
    var random = Seeded(UInt64(UInt32(bitPattern: format)))
    var captures = 0
    var errors = 0
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      let reading = ContainerReading(bytes)
      captures += reading.captures.count
      errors += reading.errors.count
    }
    #expect(errors > 10 && captures + errors > 100, "\(captures) \(errors)")
  }
}
