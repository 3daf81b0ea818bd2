import Flows

/// The product behind an HTTP server, when a header field that only it sends names it. The application stays `http`: the
/// product is what the server claims, and the field is the evidence.
struct HTTPProduct {
  /// What it is called.
  let name: String
  /// The bytes that name it.
  let ground: Ground

  /// The product that a response names, or that a request of one product's own form got an answer for.
  init?(_ request: (HTTPRequestLine, HTTPHead)?, _ response: (HTTPStatusLine, HTTPHead)?) {
    guard let (line, head) = response else { return nil }
    if let found = Self.product(in: head.fields.map { ($0.name, $0.value) }), !found.value.isEmpty {
      name = found.name
      ground = Ground(
        .server, found.value.startIndex, found.value.count, "header field " + found.field)
      return
    }
    guard let (asked, fields) = request, (200...299).contains(line.status) || line.status == 401
    else { return nil }
    for (field, mark, title) in Self.requests {
      guard let value = fields[field], !value.isEmpty,
        mark.isEmpty || value.containsIgnoringCase(mark)
      else { continue }
      name = title
      ground = Ground(.client, value.startIndex, value.count, "header field " + field)
      return
    }
    // Another "Looking Glass", whose requests have paths of their own.
    guard asked.method == "POST", ["/confuse", "/deconfuse"].contains(asked.target.asText) else {
      return nil
    }
    name = Self.lookingGlass
    ground = Ground(.client, fields.offset, asked.length, "request line")
  }

  /// The product that one of these fields names: its name, the field, and the field's value.
  static func product<Value: Collection<UInt8>>(
    in fields: [(name: String, value: Value)]
  ) -> (name: String, field: String, value: Value)? {
    for (field, mark, title) in responses {
      for found in fields where found.name == field {
        guard mark.isEmpty || found.value.containsIgnoringCase(mark) else { continue }
        return (title, field, found.value)
      }
    }
    return nil
  }

  /// The product whose service a gRPC path names: `/package.Service/Method`.
  static func product(ofService path: String) -> String? {
    services.first { path.hasPrefix("/" + $0.prefix) }?.title
  }

  /// Every product that a field of HTTP tells.
  static var names: [String] { (requests + responses).map(\.title) + [lookingGlass] }

  /// Every product that a gRPC service's name tells.
  static var namesOfServices: [String] { services.map(\.title) }

  private static let lookingGlass = "Looking Glass v2"

  /// Fields of requests that are of one product, or of a protocol inside of HTTP: field, part of its value, name.
  private static let requests: [(field: String, mark: String, title: String)] = [
    ("content-type", "application/ipp", "IPP"), ("soapaction", "onvif.org", "ONVIF"),
    ("content-type", "onvif.org", "ONVIF"), ("soapaction", "", "SOAP"),
    ("content-type", "application/soap+xml", "SOAP"), ("x-plex-client-identifier", "", "Plex"),
    ("x-vault-request", "true", "HashiCorp Vault"), ("x-nomad-token", "", "HashiCorp Nomad"),
    ("x-consul-token", "", "Consul"),
  ]

  /// Fields of responses: field in lower case, part of its value (none: the field is enough), product.
  private static let responses: [(field: String, mark: String, title: String)] = [
    ("x-etcd-cluster-id", "", "etcd"), ("x-etcd-index", "", "etcd"),
    ("x-consul-index", "", "Consul"), ("x-consul-knownleader", "", "Consul"),
    ("x-consul-default-acl-policy", "", "Consul"), ("x-nomad-index", "", "HashiCorp Nomad"),
    ("x-influxdb-version", "", "InfluxDB"), ("x-influxdb-build", "", "InfluxDB"),
    ("x-elastic-product", "Elasticsearch", "Elasticsearch"),
    ("x-couch-request-id", "", "CouchDB"), ("server", "CouchDB/", "CouchDB"),
    ("server", "Couchbase Server", "Couchbase"), ("server", "Docker/", "Docker API"),
    ("docker-distribution-api-version", "", "Docker registry"),
    ("docker-experimental", "", "Docker API"),
    ("x-kubernetes-pf-flowschema-uid", "", "Kubernetes API"),
    ("x-clickhouse-summary", "", "ClickHouse"),
    ("x-clickhouse-server-display-name", "", "ClickHouse"), ("server", "ArangoDB", "ArangoDB"),
    ("server", "MinIO", "MinIO"),
    ("www-authenticate", "RabbitMQ Management", "RabbitMQ management"),
    ("daap-server", "", "DAAP"), ("server", "OwnTone/", "OwnTone"),
    ("content-type", "application/x-dmap-tagged", "DAAP"),
    ("content-type", "application/ipp", "IPP"), ("x-plex-protocol", "", "Plex"),
    ("x-jenkins", "", "Jenkins"), ("x-hudson", "", "Jenkins"),
    ("x-transmission-session-id", "", "Transmission"), ("x-syncthing-id", "", "Syncthing"),
    ("x-ipfs-path", "", "IPFS gateway"), ("x-artifactory-id", "", "Artifactory"),
    ("server", "Nexus/", "Nexus Repository"), ("x-teamcity-node-id", "", "TeamCity"),
    ("x-confluence-request-time", "", "Confluence"), ("x-gitlab-meta", "", "GitLab"),
    ("x-owa-version", "", "Outlook on the web"),
    ("microsoftsharepointteamservices", "", "SharePoint"), ("server", "Splunkd", "Splunk"),
    ("icy-metaint", "", "Icecast or Shoutcast"), ("icy-name", "", "Icecast or Shoutcast"),
    ("server", "Icecast", "Icecast or Shoutcast"), ("server", "AirTunes/", "AirPlay"),
    ("application-url", "", "DIAL"), ("server", "Prometheus", "Prometheus"),
    ("content-type", "version=0.0.4", "Prometheus metrics"),
    ("content-type", "application/openmetrics-text", "Prometheus metrics"),
    ("server", "gSOAP", "SOAP"), ("content-type", "application/soap+xml", "SOAP"),
    ("server", "webfs/", "webfs"), ("dav", "1", "WebDAV"),
  ]

  /// Beginnings of gRPC's full service names.
  private static let services: [(prefix: String, title: String)] = [
    ("etcdserverpb.", "etcd"), ("v3lockpb.", "etcd"), ("v3electionpb.", "etcd"),
    ("hashicorp.consul.", "Consul"), ("containerd.services.", "containerd"),
    ("runtime.v1.RuntimeService/", "Kubernetes container runtime"),
    ("runtime.v1.ImageService/", "Kubernetes container runtime"), ("moby.buildkit.", "BuildKit"),
    ("milvus.proto.", "Milvus"), ("qdrant.", "Qdrant"), ("weaviate.", "Weaviate"),
    ("envoy.service.", "Envoy xDS"), ("opentelemetry.proto.collector.", "OpenTelemetry collector"),
    ("jaeger.api", "Jaeger"), ("tensorflow.serving.", "TensorFlow Serving"),
    ("inference.GRPCInferenceService", "KServe inference"), ("lnrpc.", "LND"),
    ("temporal.api.", "Temporal"), ("api.Dgraph/", "Dgraph"), ("tikvpb.", "TiKV"),
    ("pdpb.", "TiDB placement driver"), ("vtgateservice.", "Vitess"), ("cosmos.", "Cosmos SDK"),
    ("gnmi.gNMI/", "gNMI"), ("frostfs.", "FrostFS"), ("influxdata.", "InfluxDB"),
    ("arrow.flight.protocol.", "Arrow Flight"), ("spark.connect.", "Spark Connect"),
    ("zipkin.proto3.", "Zipkin"), ("authzed.api.", "SpiceDB"), ("flyteidl.", "Flyte"),
  ]
}
