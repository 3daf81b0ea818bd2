/// Who or what started a process, by its ancestors and its control group.
public enum ProcessOrigin: Hashable, Sendable {
  /// A session of sshd; the address is what SSH_CONNECTION says, which a user can change. Raw.
  case ssh(client: [UInt8]?)
  /// A terminal, `/dev/pts/3`.
  case terminal(String)
  /// A cron daemon, by its executable's name; raw.
  case cron([UInt8])
  /// at(1)'s daemon.
  case at
  /// A unit that has a timer unit; both raw.
  case timer(unit: [UInt8], timer: [UInt8])
  /// A systemd unit; raw.
  case unit([UInt8])
  /// A container.
  case container
}
