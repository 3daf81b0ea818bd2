import Testing

@testable import Sockets

@Suite struct OpeningTableTests {
  private static let second: UInt64 = 1_000_000_000
  private static let here: [UInt8] = [127, 0, 0, 1]

  private func end(_ port: UInt16, _ address: [UInt8] = here) -> SocketEndpoint {
    SocketEndpoint(address: address, port: port)
  }

  private func state(
    _ time: UInt64, _ task: Int32, socket: UInt64 = 7, _ from: UInt64, _ to: UInt64,
    port: UInt16 = 0, peer: UInt16 = 3699, isInterrupted: Bool = false
  ) -> PortEvent {
    PortEvent(
      time: time, task: task, isInterrupted: isInterrupted,
      kind: .state(socket: socket, from: from, to: to), local: end(port), peer: end(peer))
  }

  private func route(_ time: UInt64, _ task: Int32, port: UInt16, from address: [UInt8] = here)
    -> PortEvent
  {
    PortEvent(
      time: time, task: task, isInterrupted: false, kind: .route, local: end(port, address),
      peer: end(3699))
  }

  private func table(_ events: [PortEvent]) -> OpeningTable {
    var table = OpeningTable()
    for event in events { table.note(event, witness: nil) }
    return table
  }

  private func openers(
    _ table: OpeningTable, _ port: UInt16, at time: UInt64, isDatagram: Bool = false
  ) -> [Int32] {
    table.openers(isDatagram: isDatagram, local: end(port), peer: end(3699), at: time).map(\.task)
  }

  @Test func `a connection gets its port from the socket's next event, whoever runs then`() {
    let begun = [state(Self.second, 10, 7, 2)]
    #expect(openers(table(begun), 40_000, at: Self.second) == [])
    let joined = table(
      begun + [
        state(Self.second + 9, 99, 2, 1, port: 40_000, isInterrupted: true)
      ])
    #expect(openers(joined, 40_000, at: Self.second + 5) == [10])
    #expect(openers(joined, 40_001, at: Self.second + 5) == [])
    // A packet from before the connection is another's.
    #expect(openers(joined, 40_000, at: Self.second / 2) == [])
  }

  @Test func `a socket ends with its closing, and its address is another's then`() {
    let table = table([
      state(Self.second, 10, 7, 2), state(Self.second + 9, 10, 2, 1, port: 40_000),
      state(2 * Self.second, 99, 5, 7, port: 40_000, isInterrupted: true),
      state(3 * Self.second, 11, 7, 2), state(3 * Self.second + 9, 11, 2, 1, port: 40_000),
    ])
    #expect(openers(table, 40_000, at: Self.second + 1) == [10])
    #expect(openers(table, 40_000, at: 2 * Self.second + Self.second / 2) == [])
    #expect(openers(table, 40_000, at: 3 * Self.second + 1) == [11])
  }

  @Test func `an event that comes late lends its port to nobody`() {
    let late = table([
      state(Self.second, 10, 7, 2), state(2 * Self.second, 11, 7, 2),
      state(Self.second + 9, 10, 2, 1, port: 40_000),
      state(2 * Self.second + 9, 11, 2, 1, port: 40_001),
    ])
    #expect(openers(late, 40_000, at: 2 * Self.second) == [])
    #expect(openers(late, 40_001, at: 2 * Self.second) == [11])
  }

  @Test func `what was joined to a socket whose event comes late is forgotten`() {
    // The end of the first and the beginning of the second socket at the address come after the second's port.
    let late = table([
      state(Self.second, 10, 7, 2), state(2 * Self.second + 9, 11, 2, 1, port: 40_001),
      state(2 * Self.second, 11, 7, 2),
    ])
    #expect(late.count == 0 && openers(late, 40_001, at: 2 * Self.second) == [])
  }

  @Test func `a connection without its port may be any to its peer, until it has it or ends`() {
    let begun = [state(Self.second, 10, 7, 2)]
    let joined = begun + [state(Self.second + 9, 10, 2, 1, port: 40_000)]
    let refused = begun + [state(Self.second + 9, 10, 2, 7)]
    #expect(table(begun).isPending(to: end(3699), at: Self.second))
    #expect(!table(begun).isPending(to: end(3699), at: Self.second / 2))
    #expect(!table(begun).isPending(to: end(3699, [127, 0, 0, 2]), at: Self.second))
    #expect(!table(joined).isPending(to: end(3699), at: Self.second))
    #expect(!table(refused).isPending(to: end(3699), at: Self.second))
  }

  @Test func `an opening in an interrupt names nobody`() {
    let table = table([
      state(Self.second, 10, 7, 2, isInterrupted: true),
      state(Self.second + 9, 10, 2, 1, port: 40_000),
    ])
    #expect(table.count == 0 && openers(table, 40_000, at: Self.second + 5) == [])
  }

  @Test func `two sockets that fit are both given: namespaces have the same addresses`() {
    let table = table([
      state(Self.second, 10, socket: 7, 7, 2), state(Self.second + 2, 11, socket: 8, 7, 2),
      state(Self.second + 9, 10, socket: 7, 2, 1, port: 40_000),
      state(Self.second + 9, 11, socket: 8, 2, 1, port: 40_000),
    ])
    #expect(openers(table, 40_000, at: Self.second + 5) == [10, 11])
  }

  @Test func `datagrams fit by port and peer, from the address that they name or any`() {
    let table = table([
      route(Self.second, 10, port: 50_000, from: [0, 0, 0, 0]),
      route(Self.second + 1, 11, port: 50_001, from: [127, 0, 0, 2]),
    ])
    #expect(openers(table, 50_000, at: Self.second + 5, isDatagram: true) == [10])
    #expect(openers(table, 50_001, at: Self.second + 5, isDatagram: true) == [])
    #expect(openers(table, 50_000, at: Self.second + 5) == [])
    #expect(openers(table, 50_000, at: 12 * Self.second, isDatagram: true) == [])
  }

  @Test func `a sender of many datagrams is one opening that lasts`() {
    let many = (0..<20_000).map { route(Self.second + UInt64($0) * 1_000_000, 10, port: 50_000) }
    let table = table(many)
    #expect(table.count == 1)
    #expect(openers(table, 50_000, at: 15 * Self.second, isDatagram: true) == [10])
  }

  @Test func `a listener takes what comes to its address while it listens`() {
    let table = table([
      state(Self.second, 10, socket: 7, 7, 10, port: 3699, peer: 0),
      state(3 * Self.second, 10, socket: 7, 10, 7, port: 3699, peer: 0),
    ])
    let address = end(3699)
    #expect(table.listeners(on: address, at: 2 * Self.second).map(\.task) == [10])
    #expect(table.listeners(on: address, at: 4 * Self.second).isEmpty)
    #expect(table.listeners(on: end(3699, [127, 0, 0, 2]), at: 2 * Self.second).isEmpty)
  }

  @Test func `lost events leave nothing that could be wrong`() {
    var table = table([
      state(Self.second, 10, 7, 2), route(Self.second, 11, port: 50_000),
    ])
    table.noteLoss()
    table.note(state(Self.second + 9, 10, 2, 1, port: 40_000), witness: nil)
    #expect(table.count == 0 && openers(table, 40_000, at: Self.second + 5) == [])
    #expect(openers(table, 50_000, at: Self.second + 5, isDatagram: true) == [])
  }

  @Test func `it stays small, the latest stay known`() {
    var table = OpeningTable()
    for number in 0..<UInt64(OpeningTable.limit * 3) {
      let port = UInt16(1_024 + number % 60_000)
      let time = Self.second + number * 1_000
      table.note(state(time, Int32(number + 1), socket: number, 7, 2), witness: nil)
      table.note(state(time + 1, 1, socket: number, 2, 1, port: port), witness: nil)
    }
    #expect(table.count == OpeningTable.limit)
    let last = UInt64(OpeningTable.limit * 3 - 1)
    #expect(
      openers(table, UInt16(1_024 + last % 60_000), at: Self.second + last * 1_000) == [
        Int32(last + 1)
      ])
  }
}
