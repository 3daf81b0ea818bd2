/// The kinds of records that go out, as `icwscan.record` names them.
public enum RecordKind: String, Hashable, Sendable, CaseIterable {
  case flow, call, socket, packet, drops, file, group, summary, error
}
