/// A product that is told beside the application that carries it (`Field.product`): an HTTP or gRPC service, or who made a
/// certificate. What is on the wire stays HTTP, gRPC or TLS.
public struct NamedProduct: Hashable, Sendable {
  /// What people call it.
  public let name: String
  /// Canonical names of the applications behind which it is told.
  public let carriers: [String]

  /// Every product, by name.
  public static let all: [NamedProduct] = {
    var carriers: [String: Set<String>] = [:]
    for name in HTTPProduct.names { carriers[name, default: []].formUnion(["http", "http2"]) }
    for name in HTTPProduct.namesOfServices { carriers[name, default: []].insert("grpc") }
    for name in CertificateProduct.allNames { carriers[name, default: []].insert("tls") }
    return carriers.map { NamedProduct(name: $0.key, carriers: $0.value.sorted()) }
      .sorted { $0.name.lowercased() < $1.name.lowercased() }
  }()
}
