/// The seam between the kernel and everything that builds and parses messages: bytes out, bytes in.
protocol NetlinkChannel: ~Copyable {
  /// Sends one request.
  mutating func send(_ request: [UInt8]) throws(NetlinkError)
  /// Waits for the next datagram of the kernel.
  mutating func receive() throws(NetlinkError) -> [UInt8]
}
