/// Whose port the watched one is in a flow.
public enum PortRole: String, Hashable, Sendable, CaseIterable {
  case server, client, both, unknown
}
