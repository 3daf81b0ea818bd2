import Captures
import Testing

/// Reading with a sieve gives what reading without one gives, whatever the file holds.
@Suite struct SiftingTests {
  /// What reading with a sieve gave: frames by their number.
  private struct Sifted {
    var frames: [(number: Int, shown: Shown)] = []
    var walked = 0
    var last: LastFrame?
    var error: CaptureError?

    init(
      most: Int, limit: Int = .max, _ open: () throws(CaptureError) -> CaptureFile,
      picks: (Span<UInt8>, Int32) -> Bool
    ) {
      var opened: CaptureFile?
      do {
        opened = try open()
      } catch {
        self.error = error
      }
      guard var file = opened.take() else { return }
      do {
        var goesOn = true
        while goesOn {
          let count = try file.read(
            most: most,
            sifting: { batch, picked in
              for index in 0..<batch.count
              where picks(batch.bytes(index), batch.linkType(index)) {
                picked.append(index)
              }
            }
          ) { frame in
            frames.append((frame.number, Shown(frame)))
            goesOn = frames.count < limit
            return goesOn
          }
          #expect(count <= most)
          if count == 0 { break }
        }
      } catch {
        self.error = error
      }
      walked = file.frameCount
      last = file.last
    }
  }

  /// Compares both ways on one input.
  private func compare(
    _ name: String, _ open: () throws(CaptureError) -> CaptureFile
  ) {
    let plain = Reading(open)
    let all = Sifted(most: .max, open) { _, _ in true }
    #expect(all.frames.map(\.shown) == plain.frames, "\(name)")
    #expect(all.error == plain.error, "\(name)")
    #expect(all.frames.map(\.number) == plain.frames.indices.map { $0 + 1 })
    let some = Sifted(most: 97, open) { bytes, link in (bytes.count &+ Int(link)) % 5 == 0 }
    #expect(some.error == plain.error, "\(name)")
    #expect(some.walked == plain.frames.count, "\(name)")
    if let last = plain.frames.last {
      #expect(some.last?.nanoseconds == last.nanoseconds, "\(name)")
      #expect(some.last?.linkType == last.linkType, "\(name)")
    }
    // Every frame that the sieve wants is there, each as it is without a sieve.
    var numbers: Set<Int> = []
    for (number, shown) in some.frames {
      #expect(plain.frames.indices.contains(number - 1) && plain.frames[number - 1] == shown)
      numbers.insert(number)
    }
    #expect(numbers.count == some.frames.count)
    for (index, frame) in plain.frames.enumerated()
    where (frame.bytes.count &+ Int(frame.linkType)) % 5 == 0 {
      #expect(numbers.contains(index + 1), "\(name) frame \(index + 1)")
    }
  }

  private static let goods: [[UInt8]] =
    [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d, 0xa1b2_cd34].map { PcapFileTests.file($0).all }
    + [UInt16(2), 3, 4].map { PcapFileTests.file(bigEndian: true, minor: $0).all }
    + [false, true].map { PcapngFileTests.file(bigEndian: $0).all }

  @Test func `every kind of file gives the same frames with a sieve`() {
    let scratch = Scratch()
    for (index, bytes) in Self.goods.enumerated() {
      scratch.fill(bytes)
      compare("kind \(index)") { () throws(CaptureError) in
        try CaptureFile(descriptor: scratch.again(), name: "bytes")
      }
    }
  }

  @Test(arguments: 0..<8) func `every truncation gives the same error with a sieve`(kind: Int) {
    let scratch = Scratch()
    let bytes = Self.goods[kind]
    for count in 0..<bytes.count {
      scratch.fill(Array(bytes.prefix(count)))
      compare("kind \(kind) cut at \(count)") { () throws(CaptureError) in
        try CaptureFile(descriptor: scratch.again(), name: "bytes")
      }
    }
  }

  @Test(arguments: 0..<4) func `changed files give the same frames and errors`(part: Int) {
    let scratch = Scratch()
    var random = Seeded(UInt64(7_000 + part))
    for turn in 0..<1_000 {
      var bytes = Self.goods[turn % Self.goods.count]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = .random(in: 0...255, using: &random)
      }
      scratch.fill(bytes)
      compare("part \(part) turn \(turn)") { () throws(CaptureError) in
        try CaptureFile(descriptor: scratch.again(), name: "bytes")
      }
    }
  }

  @Test func `reading stops behind the frame that was the last wanted`() {
    var file = PcapBytes()
    for index in 0..<3_000 {
      file.record(1, 0, [UInt8](repeating: 7, count: index % 60), length: 60)
    }
    let scratch = Scratch()
    scratch.fill(file.all)
    let open = { () throws(CaptureError) in
      try CaptureFile(descriptor: scratch.again(), name: "bytes")
    }
    let sifted = Sifted(most: .max, limit: 3, open) { bytes, _ in bytes.count == 41 }
    #expect(sifted.frames.map(\.number) == [42, 102, 162])
    #expect(sifted.walked == 162)
  }

  @Test(.enabled(if: CorpusTests.folder != nil, "needs ICWSCAN_CORPUS"))
  func `labelled and hostile captures give the same frames with a sieve`() {
    for path in CorpusTests.paths("index.tsv") + CorpusTests.paths("hostile/index.tsv") {
      compare(path) { () throws(CaptureError) in try CaptureFile(path: path) }
    }
  }
}
