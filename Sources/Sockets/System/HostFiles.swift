/// What looking at the host keeps open.
public enum HostFiles {
  /// Closes all of it: for a process that was forked and looks at nothing any more. Whatever looks later finds nothing.
  public static func leave() { RootDirectory.leave() }
}
