/// Reading on behind damage.
///
/// Where a disk or a copy lost or changed some bytes, nothing tells where the next sound record begins. It is taken to
/// begin where more records follow one another than a frame of an Ethernet has room for, as it may hold a capture itself, or
/// where records follow one another up to the end of the file.
extension CaptureFile {
  /// So many records, of so many bytes, have to follow one another for the first to be taken for one.
  private static let manyRecords = 32
  private static let manyBytes = 1_600
  /// So many are enough where the file ends inside of the next one, unless the damage may be that end itself.
  private static let fewRecords = 4
  /// Bytes that are looked at to tell whether a record begins.
  private static let farthest = 1024 * 1024
  /// A longer record is not looked for.
  private static let longestSought = PcapLayout.longestRecord + 4096
  /// A record that claims no more may well be one with a frame, of 64 KiB and headers, that the end of the file cuts: what lies
  /// in it is that frame's, whatever it looks like.
  private static let longestOrdinary = 66_000
  /// So many zeros are passed at once; few, so that bytes among which zeros are rare cost little more.
  private static let manyZeros = 256
  /// Ten years: a capture of one port may have seen nothing for long.
  private static let mostSecondsApart: UInt32 = 10 * 365 * 86_400

  /// The first damage that reading went past; nil while the capture is sound.
  public var passedDamage: CaptureError? { damage.error.map { placed($0) } }

  /// Notes what was met at the input's offset; false when it is nothing that can be gone past.
  mutating func note(damage error: CaptureError) -> Bool {
    // A file that grows may be damaged by half a write, which is no reason to wait for much more.
    guard damage.isPassed, !input.isFollowed else { return false }
    let begin = error.offset ?? input.offset
    let isCut = error.failure == .truncated
    if !isCut {
      guard case .damaged = error.failure else { return false }
    } else if begin != input.offset || input.hasShrunk || claimed <= Self.longestOrdinary {
      // What the record claims to hold was passed, or has been taken away; or the file was cut there.
      return false
    }
    damage.add(error, at: begin, mayBeEnd: isCut)
    return true
  }

  /// How many bytes the record claims to hold that lies ahead; zero where none does.
  private var claimed: Int {
    guard let layout = pcap else {
      return input.available < 8 ? 0 : Int(number(input.uint32(at: 4)))
    }
    return input.available < layout.headerLength ? 0 : PcapRecord(at: input, 0, layout).captured
  }

  /// The error of a file that ends inside of a record: where there was damage before, that, with what is cut left out, too.
  mutating func joined(cut error: CaptureError) -> CaptureError {
    guard let first = damage.error, first != error else { return error }
    damage.add(error, at: error.offset ?? input.offset, mayBeEnd: true)
    input.skip(input.available)
    damage.end(at: input.offset)
    return damage.error ?? error
  }

  /// Goes to where a record begins behind the damage that was met, if there is some; false when none was found before
  /// `end`, where the next call goes on.
  ///
  /// - Throws: The first damage when no record is found up to the end of the file.
  mutating func searchBehindDamage(before end: UInt64) throws(CaptureError) -> Bool {
    guard let begin = damage.begin else { return true }
    if input.offset == begin { input.skip(1) }
    let header = pcap?.headerLength ?? PcapngBlock.other.shortest
    while try input.require(header) {
      if input.offset >= end { return false }
      if input.beginsWithZeros(Self.manyZeros) {
        // They are no header, but the last of them may be the first bytes of one.
        input.skip(min(Self.manyZeros - header + 1, Int(clamping: end - input.offset)))
        continue
      }
      if try beginsRecords() {
        damage.end(at: input.offset)
        return true
      }
      input.skip(1)
    }
    input.skip(input.available)
    // Behind the first damage there is nothing: it stands by itself.
    if damage.error?.leftOut != nil { damage.end(at: input.offset) }
    throw damage.error ?? error(.truncated)
  }

  /// What is known of records that follow one another.
  private struct Chain {
    /// The seconds of the last one of a pcap file.
    var seconds: UInt32?
    /// The byte order of the section that they are in.
    var isBigEndian: Bool
    /// Whether that section begins among them, or describes another interface.
    var describes = false
  }

  /// Whether records follow one another from the input's offset on, long enough.
  private mutating func beginsRecords() throws(CaptureError) -> Bool {
    let header = pcap?.headerLength ?? PcapngBlock.other.shortest
    var place = 0
    var count = 0
    var chain = Chain(isBigEndian: section.isBigEndian)
    while count < Self.manyRecords || place < Self.manyBytes {
      guard try input.require(place + header) else {
        // The file ends with the last record, or inside of the next one.
        return place == input.available && count > 0
          || !damage.mayBeEnd && count >= Self.fewRecords
      }
      guard let next = try endOfSought(place, &chain) else { return false }
      place = next
      count += 1
      if place >= Self.farthest, count >= Self.fewRecords { return true }
    }
    return true
  }

  /// Where the record at `place` ends, if it can be one.
  private mutating func endOfSought(
    _ place: Int, _ chain: inout Chain
  ) throws(CaptureError) -> Int? {
    if let layout = pcap {
      guard
        let next = endOfRecord(
          place, layout, &chain.seconds, most: Self.mostSecondsApart, isSought: true),
        next - place <= Self.longestSought
      else { return nil }
      return next
    }
    // The byte-order magic of a section, and the fields of a packet.
    _ = try input.require(place + PcapngPacket.enhancedHeader)
    guard let length = lengthOfSought(place, &chain), length <= Self.longestSought else {
      return nil
    }
    // The length at its end tells only where it lies ready: the file may end inside of the block.
    if try input.require(place + length),
      number(place + length - 4, chain.isBigEndian) != UInt32(length)
    {
      return nil
    }
    return place + length
  }

  private func number(_ place: Int, _ isBigEndian: Bool) -> UInt32 {
    let value = input.uint32(at: place)
    return isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
  }

  /// The length of the block at `place`, if it can be one: a section's header tells its own byte order, and a packet names
  /// an interface that is described.
  private func lengthOfSought(_ place: Int, _ chain: inout Chain) -> Int? {
    if input.uint32(at: place) == PcapngSection.header {
      let magic = input.uint32(at: place + 8)
      guard let isBigEndian = PcapngSection.isBigEndian(magic: magic) else { return nil }
      chain.isBigEndian = isBigEndian
      chain.describes = true
    }
    let kind = PcapngBlock(type: number(place, chain.isBigEndian))
    let length = Int(number(place + 4, chain.isBigEndian))
    guard length >= kind.shortest, length % 4 == 0 else { return nil }
    switch kind {
    case .interface: chain.describes = true
    case .enhancedPacket:
      let captured = Int(number(place + 20, chain.isBigEndian))
      let isDescribed =
        chain.describes || Int(number(place + 8, chain.isBigEndian)) < section.clocks.count
      guard isDescribed, captured <= length - kind.shortest else { return nil }
    case .sectionHeader, .obsoletePacket, .simplePacket, .custom, .appleProcess, .other: break
    }
    return length
  }
}
