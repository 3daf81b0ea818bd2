import Captures
import Glibc
import Testing

@Suite struct HostileFileTests {
  @Test(arguments: 0..<5)
  func `no change of bytes traps, hangs or fills the memory`(part: Int) throws {
    let goods =
      [UInt32(0xa1b2_c3d4), 0xa1b2_3c4d, 0xa1b2_cd34].map { PcapFileTests.file($0).all }
      + [PcapFileTests.file(bigEndian: true, minor: 3).all]
      + [false, true].map { PcapngFileTests.file(bigEndian: $0).all }
    let scratch = Scratch()
    var random = Seeded(UInt64(3699 + part))
    var frames = 0
    var errors = 0
    for turn in 0..<10_000 {
      var bytes = goods[turn % goods.count]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[place] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 4))
        default: bytes.insert(contentsOf: bytes.prefix(place % 32), at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      scratch.fill(bytes)
      do {
        var file = try CaptureFile(descriptor: scratch.again(), name: "bytes")
        while try file.read(
          most: 100,
          { frame in
            frames += 1
            #expect(frame.bytes.count <= bytes.count && frame.length >= frame.bytes.count)
            _ = frame.comments.count + (frame.processThread == nil ? 0 : 1)
            return true
          }) > 0
        {}
        #expect(try file.read(most: 1) { _ in true } == 0)
      } catch {
        errors += 1
        #expect((error.offset ?? 0) <= UInt64(bytes.count))
      }
    }
    // Both outcomes occur, or the changes were none.
    #expect(frames > 1000 && errors > 1000)
  }

  @Test func `a block that claims gigabytes is not held`() {
    var file = PcapngBytes()
    file.section()
    file.interface()
    var claim = Bytes()
    claim.add(UInt32(6))
    claim.add(UInt32(0xffff_fffc))
    #expect(
      Reading(file.all + claim.all + [UInt8](repeating: 0, count: 64)).error?.failure
        == .damaged(.blockLength(0xffff_fffc)))
    claim = Bytes()
    claim.add(UInt32(77))
    claim.add(UInt32(0xffff_fffc))
    let error = Reading(file.all + claim.all + [UInt8](repeating: 0, count: 64)).error
    #expect(
      error?.failure == .damaged(.blockLength(0xffff_fffc))
        && error?.offset == UInt64(file.all.count))
  }
}
