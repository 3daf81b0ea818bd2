import Testing

@testable import Sockets

@Suite struct SocketsTests {}
