public import Confine
import Glibc
public import Sockets

/// The process that keeps what needs rights while a parser, which has none, takes packets apart: it names owners and
/// opens files. It never sees a packet, and reads nothing of the parser but requests of a fixed size.
public final class Helper {
  /// What the user asks of the running capture.
  public enum Wish: Sendable {
    /// To end normally; the second time at once.
    case end
    /// Counters, a flush, a new file.
    case counters, flush, reopen
  }

  /// How it went out.
  public enum Ending: Hashable {
    /// The parser ended by itself with this exit status.
    case status(Int32)
    /// The parser was ended by this signal.
    case killed(Int32)
    /// The user asked a second time, and the parser was ended at once.
    case abandoned
    /// The parser sent what is no request, and was ended.
    case betrayed
  }

  /// Requests answered before signals have their turn.
  private static let batch = 64
  /// How long it sleeps at most, in milliseconds.
  private static let tick: Int32 = 200

  /// How often devices are looked for, in milliseconds.
  private static let lookInterval: Int64 = 200

  /// Requests to end that come so soon after the first, in milliseconds, are the first: timeout(1) signals the command and
  /// then the group that it is in, and nobody presses a key twice so fast.
  private static let sameRequest: Int64 = 100

  private let parser: ChildProcess
  private let socket: RoleSocket
  private let files: OutputFiles?
  /// Does what neither may, until it has ended.
  private var runner: Runner?
  private var openData: (() -> Int32)?
  private var allowance = Allowance(port: 0, devices: 0)
  /// An answer that found no room; until it is sent, no other request is read.
  private var unsent: (message: HelperMessage, descriptor: Int32)?
  /// What the parser is told of its own accord.
  private var news: [HelperMessage] = []
  private var devices: [UInt16: KeptDevice] = [:]
  private var looked: Int64 = 0
  /// When the end was asked for first; nil before.
  private var endAsked: Int64?
  private var hasParserLeft = false
  private var isBetrayed = false

  init(parser: ChildProcess, socket: RoleSocket, files: OutputFiles?, runner: Runner?) {
    self.parser = parser
    self.socket = socket
    self.files = files
    self.runner = runner
  }

  /// The parser, for a confinement that lets it be signalled.
  public var signalled: Confinement.Signalled {
    Confinement.Signalled(process: parser.number, descriptor: parser.descriptor)
  }

  /// Helps until the parser has ended.
  ///
  /// - Parameters:
  ///   - finder: answers who is at the ends of flows; its attributor is closed at the end.
  ///   - allowance: what the parser may ask for.
  ///   - openData: opens the file of standard output anew, negative with errno when it can't; nil where there is none.
  ///   - signals: becomes readable when the user wishes something.
  ///   - noteRunner: called when the runner has ended though nobody let it go; the capture goes on without it.
  ///   - nextWish: the next wish; nil when none waits.
  public func run(
    _ attributor: Attributor, _ finder: EndFinder, _ allowance: Allowance,
    openData: (() -> Int32)?, signals: Int32, noteRunner: () -> Void, nextWish: () -> Wish?
  ) -> Ending {
    self.openData = openData
    self.allowance = allowance
    defer { attributor.close() }
    send(.begin(attributor.obstacle))
    while true {
      wait(attributor, signals)
      // First of all: who opened a socket may be gone a moment later.
      attributor.take()
      while let wish = nextWish() { if note(wish) { return abandon() } }
      lookForDevices()
      if runner?.hasEnded == true {
        runner = nil
        noteRunner()
      }
      sendWaiting()
      answer(attributor, finder)
      if isBetrayed { return betrayal() }
      if hasParserLeft || isReadable(parser.descriptor), let end = parser.ended() {
        switch end {
        case .status(let status): return .status(status)
        case .signal(let signal): return .killed(signal)
        }
      }
    }
  }

  private func wait(_ attributor: Attributor, _ signals: Int32) {
    // What it still had to say is answered first; without its socket only its end is waited for.
    let events = unsent == nil && news.isEmpty ? POLLIN : POLLOUT
    var requests = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
    if !hasParserLeft {
      requests.append(pollfd(fd: socket.descriptor, events: Int16(events), revents: 0))
    }
    if parser.descriptor >= 0 {
      requests.append(pollfd(fd: parser.descriptor, events: Int16(POLLIN), revents: 0))
    }
    if let runner, runner.ending >= 0 {
      requests.append(pollfd(fd: runner.ending, events: Int16(POLLIN), revents: 0))
    }
    requests += attributor.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Without a descriptor of the process its end is looked for now and then.
    let tick = hasParserLeft && parser.descriptor < 0 ? 10 : Self.tick
    _ = unsafe poll(&requests, UInt(requests.count), tick)
  }

  private func isReadable(_ descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Passes a wish on; whether the user asked for the end a second time.
  private func note(_ wish: Wish) -> Bool {
    switch wish {
    case .end:
      let now = RoleClock.milliseconds
      if let endAsked, now - endAsked > Self.sameRequest { return true }
      endAsked = endAsked ?? now
      // From a terminal the parser has the signal, too: one more changes nothing.
      parser.send(SIGTERM)
    case .counters: news.append(.counters)
    case .flush: news.append(.flush)
    case .reopen:
      allowance.noteReopening()
      news.append(.reopen)
    }
    return false
  }

  private func lookForDevices() {
    let now = RoleClock.milliseconds
    guard now - looked >= Self.lookInterval else { return }
    looked = now
    for (place, device) in devices {
      switch device.look() {
      case nil: break
      case .gone: news.append(.deviceGone(place))
      case .back(let hardware): news.append(.deviceBack(place, hardware: hardware))
      }
    }
  }

  private func abandon() -> Ending {
    parser.send(SIGKILL)
    _ = parser.ended(waits: true)
    return .abandoned
  }

  private func betrayal() -> Ending {
    parser.send(SIGKILL)
    _ = parser.ended(waits: true)
    return .betrayed
  }

  private func sendWaiting() {
    if let (message, descriptor) = unsent {
      unsent = nil
      send(message, descriptor: descriptor)
    }
    while unsent == nil, !news.isEmpty { send(news.removeFirst()) }
  }

  /// Sends a message; a descriptor is closed once it is the parser's.
  private func send(_ message: HelperMessage, descriptor: Int32 = -1) {
    switch hasParserLeft ? .end : socket.send(message.bytes, descriptor: descriptor) {
    case .full:
      unsent = (message, descriptor)
      return
    case .end: hasParserLeft = true
    case .done: break
    }
    if descriptor >= 0 { close(descriptor) }
  }

  private func answer(_ attributor: Attributor, _ finder: EndFinder) {
    for _ in 0..<Self.batch where unsent == nil && !hasParserLeft {
      switch socket.receive() {
      case .nothing: return
      case .end: hasParserLeft = true
      case .message(let bytes, let descriptor):
        guard let request = ParserRequest(bytes), allowance.takes(request),
          keep(descriptor, for: request)
        else {
          if descriptor >= 0 { close(descriptor) }
          isBetrayed = true
          return
        }
        answer(request, attributor, finder)
      }
    }
  }

  private func answer(_ request: ParserRequest, _ attributor: Attributor, _ finder: EndFinder) {
    switch request {
    case .owner(let number, let question, let mayBeListeners):
      let answer = finder.answer(question, mayBeListeners: mayBeListeners)
      send(.owner(number: number, answer))
    case .own(let number, let address):
      send(.own(number: number, attributor.isOwn(address)))
    case .nextFile: nextFile()
    case .sameFile: send(files?.again() ?? .refused(EINVAL))
    case .sameData:
      let opened = openData.map { $0() } ?? -1
      send(opened >= 0 ? .descriptor(opened) : .refused(openData == nil ? EINVAL : errno))
    case .device: break
    }
  }

  /// Keeps the socket of a device. False when a descriptor comes that belongs to nothing, or none where one belongs.
  private func keep(_ descriptor: Int32, for request: ParserRequest) -> Bool {
    guard case .device(let place, let isPromiscuous) = request else { return descriptor < 0 }
    guard descriptor >= 0, devices[place] == nil else { return false }
    // What is no device that can go (`any`) is not kept.
    devices[place] = KeptDevice(place: place, owning: descriptor, isPromiscuous: isPromiscuous)
    news.append(.deviceKept(place))
    return true
  }

  private func nextFile() {
    let ended = files?.presentName ?? []
    let opened = files?.next() ?? .refused(EINVAL)
    send(opened)
    switch opened {
    case .descriptor, .last: runner?.note(ended: ended)
    case .stands, .refused: break
    }
  }

  private func send(_ opened: OutputFiles.Opened) {
    switch opened {
    case .descriptor(let descriptor): send(.file, descriptor: descriptor)
    case .stands: send(.fileStands)
    case .last: send(.lastFile)
    case .refused(let number): send(.fileRefused(number))
    }
  }
}
