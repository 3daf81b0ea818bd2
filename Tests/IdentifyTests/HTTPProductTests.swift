import Packets
import Testing

@testable import Flows
@testable import Identify

/// Products behind HTTP, gRPC and TLS are facts below the application, and rest on what the server says.
@Suite struct HTTPProductTests {
  private static let request = Exchange.Saying.client("GET /v1/a HTTP/1.1\r\nHost: a\r\n\r\n")

  private static func answer(_ field: String) -> Exchange {
    Exchange(
      .tcp, request,
      .server("HTTP/1.1 200 OK\r\n\(field)\r\nContent-Length: 2\r\n\r\n{}"))
  }

  @Test(arguments: [
    ("X-Etcd-Cluster-Id: cdf818194e3a8c32", "etcd"), ("X-Consul-Index: 17", "Consul"),
    ("X-Influxdb-Version: 1.8.10", "InfluxDB"), ("Server: CouchDB/3.2 (Erlang OTP/24)", "CouchDB"),
    ("DAAP-Server: iTunes/7.6", "DAAP"), ("X-Jenkins: 2.401", "Jenkins"),
    ("X-elastic-product: Elasticsearch", "Elasticsearch"),
    ("Server: Docker/24.0 (linux)", "Docker API"),
    ("WWW-Authenticate: Basic realm=\"RabbitMQ Management\"", "RabbitMQ management"),
    ("X-Plex-Protocol: 1.0", "Plex"),
    ("Content-Type: text/plain; version=0.0.4", "Prometheus metrics"),
    ("Server: Couchbase Server", "Couchbase"), ("DAV: 1,2", "WebDAV"),
  ])
  func `a field that only one product sends names it`(field: String, product: String) throws {
    let exchange = Self.answer(field)
    let found = try #require(exchange.identification.recognition)
    #expect(found.application == "http")
    #expect(exchange.fact(.product) == product)
    let ground = try #require(found.grounds.last)
    #expect(ground.side == .server && ground.what.hasPrefix("header field "))
    let shown = exchange.conversation.server.bytes[ground.offset..<ground.offset + ground.length]
    #expect(field.hasSuffix(String(decoding: shown, as: UTF8.self)))
  }

  @Test(arguments: [
    "Server: nginx", "X-Consul-Index: ", "Server: docker", "Content-Type: text/plain; version=1.0",
    "X-Etcd: 1", "DAV: no",
  ])
  func `a field that resembles one names nothing`(field: String) {
    #expect(Self.answer(field).name == "http")
    #expect(Self.answer(field).fact(.product) == nil)
  }

  @Test(arguments: [
    ("POST /ipp/print HTTP/1.1\r\nHost: a\r\nContent-Type: application/ipp", "IPP"),
    (
      "POST /onvif HTTP/1.1\r\nHost: a\r\nSOAPAction: \"http://www.onvif.org/ver10/device\"",
      "ONVIF"
    ),
    ("POST /s HTTP/1.1\r\nHost: a\r\nSOAPAction: \"urn:a\"", "SOAP"),
    ("POST /deconfuse HTTP/1.1\r\nHost: a", "Looking Glass v2"),
  ])
  func `a request of one protocol's form names it once it is answered`(
    head: String, product: String
  ) {
    let asked = Exchange.Saying.client(head + "\r\n\r\n")
    let served = Exchange(.tcp, asked, .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    #expect(served.fact(.product) == product)
    let refused = Exchange(
      .tcp, asked, .server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
    #expect(refused.name == "http" && refused.fact(.product) == nil)
    #expect(Exchange(.tcp, asked).fact(.product) == nil)
  }

  @Test(arguments: [
    ("/etcdserverpb.KV/Range", "etcd"), ("/milvus.proto.milvus.MilvusService/Connect", "Milvus"),
    ("/containerd.services.version.v1.Version/Version", "containerd"),
  ])
  func `a gRPC service names its product`(path: String, product: String) {
    #expect(HTTPProduct.product(ofService: path) == product)
    #expect(HTTPProduct.product(ofService: String(path.dropFirst())) == nil)
  }

  @Test(arguments: [
    ("AnyDesk Client", "AnyDesk Client", "AnyDesk"), ("*.abc.plex.direct", "R3", "Plex"),
    ("www.bq7v2kqsl3.net", "www.ab5cdefghijk.com", "perhaps a Tor relay"),
  ])
  func `a certificate's names tell who made it`(subject: String, issuer: String, product: String) {
    #expect(CertificateProduct.name(subject: subject, issuer: issuer) == product)
  }

  @Test(arguments: [
    ("www.example.net", "www.example.com"), ("www.bq7v2kqsl3.net", "R3"), ("AnyDesk", "AnyDesk"),
    ("www.bq7v.net", "www.ab5c.com"), ("", ""),
  ])
  func `other names tell nothing`(subject: String, issuer: String) {
    #expect(CertificateProduct.name(subject: subject, issuer: issuer) == nil)
  }
}
