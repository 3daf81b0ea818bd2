/// The parts of the kernel's program. X holds the offset of the header that is looked at, counted
/// from the end of a cooked capture's link header: that header exists only in user space, and
/// libpcap takes its length off every offset when it hands a program to the kernel, so each load
/// behind X adds it.
struct KernelFilterBuilder {
  var code = BPFAssembler()
  private let port: UInt32
  private let snapshotLength: UInt32
  private let cooked: UInt32
  let accept: BPFAssembler.Label
  let refuse: BPFAssembler.Label
  let ipv4: BPFAssembler.Label
  let ipv6: BPFAssembler.Label
  let mpls: BPFAssembler.Label
  let ppp: BPFAssembler.Label
  let ports: BPFAssembler.Label

  /// `cooked` is the length of the cooked link header, 0 for a real one.
  init(port: UInt32, snapshotLength: UInt32, cooked: UInt32 = 0) {
    self.port = port
    self.cooked = cooked
    self.snapshotLength = snapshotLength
    accept = code.label()
    refuse = code.label()
    ipv4 = code.label()
    ipv6 = code.label()
    mpls = code.label()
    ppp = code.label()
    ports = code.label()
  }

  mutating func setX(_ offset: UInt32) { code.setX(offset - min(cooked, offset)) }
  mutating func load(byteBehindX offset: UInt32) { code.load(byteBehindX: offset + cooked) }
  mutating func load(shortBehindX offset: UInt32) { code.load(shortBehindX: offset + cooked) }

  /// X becomes a fixed offset, and the program goes on elsewhere.
  mutating func enter(_ here: BPFAssembler.Label, _ next: BPFAssembler.Label, at offset: UInt32) {
    code.place(here)
    setX(offset)
    code.jump(to: next)
  }

  /// X grows, and the program goes on elsewhere.
  mutating func enter(_ here: BPFAssembler.Label, _ next: BPFAssembler.Label, after count: UInt32) {
    code.place(here)
    code.advanceX(count)
    code.jump(to: next)
  }

  /// The shared parts and the two answers.
  mutating func finish() -> [BPFInstruction] {
    pointToPoint()
    labelStack()
    versionFour()
    versionSix()
    code.place(ports)
    load(shortBehindX: 0)
    code.jump(to: accept, ifEqual: port)
    load(shortBehindX: 2)
    code.jump(to: accept, ifEqual: port)
    code.place(refuse)
    code.answer(0)
    code.place(accept)
    code.answer(snapshotLength)
    return code.assembled()
  }
}
