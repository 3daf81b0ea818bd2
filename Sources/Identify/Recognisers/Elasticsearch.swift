import Flows
import Packets

extension Recogniser {
  /// Elasticsearch's and OpenSearch's transport between nodes: `ES`, a length, the request's number, a status and the
  /// version; a response repeats the number.
  static let elasticsearch = Recogniser(
    name: "elasticsearch", title: "Elasticsearch transport",
    specification: "Elasticsearch source, org.elasticsearch.transport.TcpHeader and InboundDecoder",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect(Array("ES".utf8))
      let length = try walk.uint32()
      // A ping is the marker and a length of -1.
      if length == .max { return 6 }
      guard (13...0x4000_0000).contains(length) else { throw .wrong }
      return Int(length) + 6
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(2)
      if try walk.uint32() == .max { return nil }
      let number = try walk.uint64()
      let status = try walk.uint8()
      let version = Int(try walk.uint32())
      // OpenSearch has a bit of its own in the version (Version.MASK).
      let release = version & ~0x0800_0000
      guard status < 16, (1_000_000..<100_000_000).contains(release), release % 100 <= 99 else {
        throw .wrong
      }
      var saying = Saying(
        part: status & 1 == 0 ? .request : .response,
        what: "message header with length, request number, status and version")
      saying.echo = number
      saying.isSufficient = message.isWhole
      let parts = [release / 1_000_000, release / 10_000 % 100, release / 100 % 100]
      saying.facts = [Fact(.version, parts.map(String.init).joined(separator: "."))]
      return saying
    })
}
