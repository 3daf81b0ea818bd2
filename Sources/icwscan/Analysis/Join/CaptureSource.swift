import Captures
import Packets
import Report

/// The port's packets of a capture or of an archive's members.
final class CaptureSource: EventSource {
  private var container: CaptureContainer
  private var file: CaptureFile?
  private let port: UInt16
  private let keepsFrames: Bool
  private var filters: FilterSet
  private var decoder: PortDecoder
  private var sieve: PortSieve
  private var fragments = HeldFragments()
  private var origin = Origin()
  private var claims = ProcessClaims()
  private var lastLink = LinkType.ethernet
  private var span: FrameSpan?
  private var waiting: ArraySlice<JoinedEvent> = []
  private let input: InputList.Input
  /// Captures that were opened, and members that could not be.
  private var tried = 0
  private var hasEnded = false
  /// What went wrong while only the first frame's time was asked for.
  private var deferred: (any Error)?
  /// What went wrong while an archive was read ahead, told before its packets.
  private var failures: ArraySlice<any Error> = []
  /// Whether the archive was read ahead, or is none.
  private var hasGathered = false
  private let readAhead: ReadAhead
  /// What this source holds of it.
  private var ahead = 0
  /// Bytes of whole frames that are held for the written capture, and how many may be.
  private var framesAhead = 0
  private static let mostFramesAhead = 256 * 1024 * 1024
  /// The most that is read at a time, in frames and in bytes.
  private static let mostFrames = 4_096
  private static let mostBytes: UInt64 = 1024 * 1024
  /// After so many reads without a packet of the port the run is asked whether to go on.
  private static let patience = 4
  private let interrupt: Interrupt
  /// What the captures that are over came to.
  private var done = AnalysisTotals()

  /// Opens an input. With `keepsFrames` events carry the frames that they came in.
  ///
  /// - Throws: `CaptureError` when it can't be opened.
  init(
    _ input: InputList.Input, port: UInt16, expression: String?, keepsFrames: Bool,
    interrupt: Interrupt, meter: ByteMeter, readAhead: ReadAhead
  ) throws(CaptureError) {
    self.interrupt = interrupt
    self.readAhead = readAhead
    container = try CaptureContainer(path: input.path, interrupt: interrupt, meter: meter)
    self.input = input
    self.port = port
    self.keepsFrames = keepsFrames
    filters = FilterSet(expression)
    decoder = PortDecoder(port: port)
    sieve = PortSieve(port: port)
  }

  /// What the input came to so far, with the capture that is being read: a run may end in the middle of it.
  var totals: AnalysisTotals {
    var totals = done
    // Of the one that is being read nobody knows yet whether it is empty.
    if file != nil {
      totals.filesRead += 1
      totals.add(counters)
    }
    return totals
  }

  /// What was counted of the capture that is being read.
  private var counters: DropsRecord {
    var counters = decoder.counters()
    counters.span = span
    return counters
  }

  /// Whether the same path gives the same bytes once more.
  var isRepeatable: Bool { container.isRepeatable }

  /// The time of the input's first frame, as far as one can be had without reading on; the source then begins with it.
  func firstTime() -> Timestamp? {
    var time: Timestamp?
    do {
      guard try openNext() else { return nil }
      while time == nil, file?.hasEnded == false {
        if interrupt.asksToEnd() { throw interrupted }
        try read(most: 1) { time = Timestamp(nanoseconds: $0.nanoseconds ?? 0) }
      }
    } catch {
      deferred = error
    }
    return time
  }

  func next() throws -> JoinedEvent? {
    if let error = deferred {
      deferred = nil
      throw error
    }
    if container.isArchive { try gather() }
    if let error = failures.popFirst() { throw error }
    var reads = 0
    while waiting.isEmpty {
      readAhead.give(ahead)
      ahead = 0
      if reads == Self.patience || reads > 0 && interrupt.asksToEnd() { throw interrupted }
      reads += 1
      if file == nil, try !openNext() { return nil }
      try read(most: Self.mostFrames) { _ in }
      if file?.hasEnded == true { endFile() }
    }
    return waiting.popFirst()
  }

  private var interrupted: CaptureError {
    CaptureError(source: container.name, failure: .interrupted)
  }

  /// Reads an archive's captures ahead, as far as memory allows: they lie in it in any order, and a flow that goes on from
  /// one to the next does so in the order of time. What is behind that is taken in the archive's order.
  private func gather() throws {
    guard !hasGathered else { return }
    hasGathered = true
    var gathered = GatheredEvents()
    var behind: ArraySlice<JoinedEvent> = []
    defer {
      ahead += gathered.size
      waiting = gathered.takeOrdered()[...] + behind
    }
    func add() {
      for (index, event) in zip(waiting.indices, waiting) {
        guard readAhead.hasRoom, framesAhead < Self.mostFramesAhead else {
          behind = waiting[index...]
          break
        }
        readAhead.take(gathered.add(event))
        framesAhead += event.frames.reduce(0) { $0 + $1.bytes.count }
      }
      waiting = []
    }
    // The first frame may have been asked for by its time.
    add()
    while behind.isEmpty, readAhead.hasRoom, !interrupt.asksToEnd() {
      do {
        if file == nil, try !openNext() { return }
        try read(most: Self.mostFrames) { _ in }
        let isOver = file?.hasEnded == true
        if isOver { endFile() }
        add()
        if isOver { gathered.endCapture() }
      } catch let error as CaptureError where error.failure == .interrupted {
        add()
        throw error
      } catch {
        add()
        gathered.endCapture()
        failures.append(error)
      }
    }
  }

  /// Opens the next capture of the input; false when there is none.
  private func openNext() throws -> Bool {
    guard !hasEnded else { return false }
    guard let next = try nextFile() else {
      try end()
      return false
    }
    tried += 1
    origin = Origin(
      file: RawPath.bytes(next.name), member: next.member, digits: next.isNanosecond ? 9 : 6)
    decoder = PortDecoder(port: port)
    sieve = PortSieve(port: port)
    fragments = HeldFragments()
    span = nil
    file = consume next
    return true
  }

  /// The next capture; nil at the end, also where what a folder holds turns out to be none.
  private func nextFile() throws(CaptureError) -> CaptureFile? {
    do throws(CaptureError) {
      return try container.next()
    } catch {
      if error.failure != .interrupted { tried += 1 }
      guard input.isPassedOver(error) else { throw error }
      done.skipped += 1
      return nil
    }
  }

  /// Nothing is left of the input. An archive without captures is told, or counted where a folder holds it.
  private func end() throws(CaptureError) {
    hasEnded = true
    if tried > 0 { done.skipped += container.passedOver }
    guard container.isArchive, tried == 0 else { return }
    guard !input.isFound else {
      done.skipped += 1
      return
    }
    throw CaptureError(source: container.name, failure: .empty)
  }

  /// Reads some frames; none where a record is looked for behind damage, or where the capture has ended.
  private func read(most: Int, _ look: (borrowing Frame) -> Void) throws {
    guard var file = file.take() else { return }
    var pending: (any Error)?
    var sieve = sieve
    do {
      try file.read(
        most: most, before: file.bytesRead + Self.mostBytes, sifting: { sieve.pick($0, &$1) }
      ) { frame in
        look(frame)
        do { try take(frame) } catch { pending = error }
        return pending == nil
      }
    } catch {
      notePassed(file)
      if error.failure == .interrupted { self.file = consume file } else { endFile() }
      throw error
    }
    self.sieve = sieve
    notePassed(file)
    if let pending {
      endFile()
      throw pending
    }
    self.file = consume file
  }

  /// Counts the frames that the sieve left out.
  private func notePassed(_ file: borrowing CaptureFile) {
    decoder.pass(upTo: file.frameCount)
    note(FrameSpan(file))
    lastLink = LinkType(number: file.last.linkType) ?? lastLink
  }

  private func note(_ other: FrameSpan?) { span = span?.with(other) ?? other }

  private func take(_ frame: borrowing Frame) throws {
    let filter = try filters.filter(linkType: frame.linkType)
    let link = LinkType(number: frame.linkType)
    let bytes = frame.bytes
    let (length, linkType) = (frame.length, frame.linkType)
    let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
    lastLink = link ?? lastLink
    if time.nanoseconds != 0 { note(FrameSpan(time, time)) }
    decoder.pass(upTo: frame.number - 1)
    let found = decoder.take(
      bytes, length: length, time: time, link: link, number: frame.number,
      matches: { filter?.passes(bytes, length: length, linkType: linkType) ?? true },
      fragments: fragments)
    let content: PortEvent.Content
    var wireLength = length
    var frames: [HeldFragments.Held] = []
    switch found {
    case .nothing: return
    case .held:
      fragments.keep(
        bytes, number: frame.number, length: length, time: time, interface: frame.interface,
        matched: filter?.passes(bytes, length: length, linkType: linkType) ?? true)
      return
    case .packet(let packet, reassembled: let whole?, fragments: let numbers):
      content = .packet(packet, payload: Array(whole[packet.payload]))
      wireLength = packet.ip.totalLength
      frames = fragments.take(numbers)
    case .packet(let packet, reassembled: nil, fragments: _):
      content = .packet(packet, payload: [UInt8](copying: bytes.extracting(packet.payload)))
    case .error(let error): content = .error(error)
    }
    var event = PortEvent(
      content: content, time: time, number: frame.number, link: lastLink, wireLength: wireLength,
      interface: frame.interface)
    if case .packet = content { event.claim = claims.claim(of: frame) }
    event.remarks = FrameRemarks(frame)
    var joined = JoinedEvent(event: event, origin: origin)
    if keepsFrames {
      joined.linkType = linkType
      joined.frames =
        frames + [
          HeldFragments.Held(
            number: frame.number, bytes: [UInt8](copying: bytes), length: length, time: time,
            interface: frame.interface, matched: true)
        ]
    }
    waiting.append(joined)
  }

  /// The capture is over: what of its fragments was never complete is told, and its counters are added.
  private func endFile() {
    file = nil
    for unfinished in decoder.takeUnfinished(all: true, fragments: fragments) {
      waiting.append(
        JoinedEvent(event: PortEvent(unfinished, link: lastLink), origin: origin))
    }
    done.addFile(counters)
  }
}
